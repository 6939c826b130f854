#include "emulator/ops/item_files.hh"
#include "emulator/value/ion.hh"

namespace fickle {

std::string ion_line(const Item& item) {
  std::string line(kIonTextMark);
  line += " {Item:";
  append_ion(line, item);
  return line + "}\n";
}

std::string ion_line(const ChangeRecord& record) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(record.written.time_since_epoch()).count();
  std::string line(kIonTextMark);
  line += " {Record:{Keys:";
  append_ion(line, record.keys);
  line.append(",Metadata:{WriteTimestampMicros:").append(std::to_string(micros)).append(".}");
  const auto image = [&line](std::string_view name, const ItemPtr& item) {
    if (!item) return;
    line.append(",").append(name).append(":");
    append_ion(line, *item);
  };
  image("OldImage", record.before);
  image("NewImage", record.after);
  return line + "}}\n";
}

ReadItems read_ion(std::string_view text) {
  ReadItems read;
  visit_ion(text, [&read](std::size_t, const Result<Value, std::string>& record) {
    const Map* outer = record ? record.value().as_map() : nullptr;
    const Value* item = outer == nullptr ? nullptr : outer->find("Item");
    if (item != nullptr && item->is(Type::M)) {
      read.items.push_back(*item->as_map());
    } else {
      ++read.errors;
    }
  });
  return read;
}

}  // namespace fickle
