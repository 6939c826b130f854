#include "emulator/ops/ion.hh"

#include <string>
#include <utility>
#include <vector>

namespace fickle {

std::optional<Value> ion_set(std::string_view annotation, const List& members) {
  if (!annotation.starts_with(kIonSetPrefix) || members.empty()) return std::nullopt;
  const std::string_view kind = annotation.substr(kIonSetPrefix.size());
  std::vector<std::string> texts;
  std::vector<Number> numbers;
  for (const Value& member : members) {
    if (kind == "SS" && member.is(Type::S)) {
      texts.push_back(*member.as_string());
    } else if (kind == "BS" && member.is(Type::B)) {
      texts.push_back(*member.as_binary());
    } else if (kind == "NS" && member.is(Type::N)) {
      numbers.push_back(*member.as_number());
    } else {
      return std::nullopt;
    }
  }
  if (kind == "NS") return Value::number_set(std::move(numbers));
  return kind == "SS" ? Value::string_set(std::move(texts)) : Value::binary_set(std::move(texts));
}

void add_ion_record(ReadItems& read, const Value* record) {
  const Map* outer = record == nullptr ? nullptr : record->as_map();
  const Value* item = outer == nullptr ? nullptr : outer->find("Item");
  if (item != nullptr && item->is(Type::M)) {
    read.items.push_back(*item->as_map());
  } else {
    ++read.errors;
  }
}

ReadItems read_ion(std::string_view text) {
  return text.starts_with(kIonBinaryMark) ? read_ion_binary(text) : read_ion_text(text);
}

}  // namespace fickle
