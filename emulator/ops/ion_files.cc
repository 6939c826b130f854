#include "emulator/core/json_parse.hh"
#include "emulator/ops/item_files.hh"
#include "emulator/value/ion.hh"
#include "emulator/value/value_json.hh"

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

namespace {

namespace json = boost::json;

json::object names_of(const Map& map) {
  json::object names;
  for (const Attribute& name : map) {
    const std::string* text = name.value.as_string();
    names[name.name] = text == nullptr ? json::value() : json::value(*text);
  }
  return names;
}

// As a request would have it: texts as they are, values in DynamoDB JSON. What is neither stays as such and is refused with the condition.
json::value request_member(std::string_view member, const Value& value) {
  if (const std::string* text = value.as_string()) return json::value(*text);
  const Map* map = value.as_map();
  if (map != nullptr && member == "ExpressionAttributeNames") return names_of(*map);
  std::string text;
  if (map != nullptr) {
    append_json(text, *map);
  } else {
    append_json(text, value);
  }
  auto parsed = parse_json(text);
  return parsed ? std::move(parsed).value() : json::value(false);  // nested too deep
}

}  // namespace

ReadItems read_ion(std::string_view text) {
  ReadItems read;
  visit_ion(text, [&read](std::size_t, const Result<Value, std::string>& record) {
    const Map* outer = record ? record.value().as_map() : nullptr;
    const Value* item = outer == nullptr ? nullptr : outer->find("Item");
    if (item != nullptr && item->is(Type::M)) {
      json::object condition;
      for (const std::string_view member : kConditionMembers) {
        if (const Value* value = outer->find(member)) condition[member] = request_member(member, *value);
      }
      if (!condition.empty()) read.conditions.emplace(read.items.size(), std::move(condition));
      read.items.push_back(*item->as_map());
    } else {
      ++read.errors;
    }
  });
  return read;
}

}  // namespace fickle
