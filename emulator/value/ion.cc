#include "emulator/value/ion.hh"

#include <utility>
#include <vector>

#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"

namespace fickle {

namespace {

constexpr std::string_view kSetPrefix = "$dynamodb_";

void print(std::string& out, const Value& value);

template <class Members, class Print>
void print_list(std::string& out, const Members& members, Print print_one) {
  out += '[';
  bool first = true;
  for (const auto& member : members) {
    if (!first) out += ',';
    first = false;
    print_one(member);
  }
  out += ']';
}

void print_number(std::string& out, const Number& number) {
  const std::string text = number.to_string();
  out += text;
  if (text.find('.') == std::string::npos) out += '.';  // a decimal, not an integer
}

void print_blob(std::string& out, std::string_view bytes) {
  out.append("{{").append(base64_encode(bytes)).append("}}");
}

void print(std::string& out, const Value& value) {
  const auto text = [&out](const std::string& member) { append_json_string(out, member); };
  switch (value.type()) {
    case Type::S: text(*value.as_string()); return;
    case Type::N: print_number(out, *value.as_number()); return;
    case Type::B: print_blob(out, *value.as_binary()); return;
    case Type::BOOL: out += *value.as_bool() ? "true" : "false"; return;
    case Type::NULL_: out += "null"; return;
    case Type::SS: out += "$dynamodb_SS::"; return print_list(out, value.as_string_set()->members, text);
    case Type::NS:
      out += "$dynamodb_NS::";
      return print_list(out, value.as_number_set()->members, [&out](const Number& one) { print_number(out, one); });
    case Type::BS:
      out += "$dynamodb_BS::";
      return print_list(out, value.as_binary_set()->members, [&out](const std::string& one) { print_blob(out, one); });
    case Type::L: return print_list(out, *value.as_list(), [&out](const Value& one) { print(out, one); });
    case Type::M: return append_ion(out, *value.as_map());
  }
}

}  // namespace

std::optional<Value> ion_set(std::string_view annotation, const List& members) {
  if (!annotation.starts_with(kSetPrefix) || members.empty()) return std::nullopt;
  const std::string_view kind = annotation.substr(kSetPrefix.size());
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

void append_ion(std::string& out, const AttributeMap& map) {
  out += '{';
  bool first = true;
  for (const Attribute& attribute : map) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, attribute.name);
    out += ':';
    print(out, attribute.value);
  }
  out += '}';
}

void visit_ion(std::string_view bytes, const IonVisit& visit) {
  bytes.starts_with(kIonBinaryMark) ? visit_ion_binary(bytes, visit) : visit_ion_text(bytes, visit);
}

}  // namespace fickle
