#include "emulator/ops/item_files.hh"

#include <algorithm>

#include "emulator/core/base64.hh"
#include "emulator/core/json_parse.hh"
#include "emulator/core/text.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kErrorTextsMax = 100;

void note_error(ReadItems& read, std::string_view record) {
  ++read.errors;
  if (read.error_texts.size() < kErrorTextsMax) read.error_texts.emplace_back(record);
}

// Takes the record; false when it is none.
bool take_line(ReadItems& read, std::string_view line) {
  auto document = parse_json(line);
  if (!document || !document.value().is_object()) return false;
  json::object record = std::move(document).value().as_object();
  const auto* given = record.if_contains("Item");
  if (given == nullptr || !given->is_object()) return false;
  auto item = read_item(given->as_object());
  if (!item) return false;
  json::object condition;
  for (const std::string_view member : kConditionMembers) {
    if (json::value* value = record.if_contains(member)) condition[member] = std::move(*value);
  }
  if (!condition.empty()) read.conditions.emplace(read.items.size(), std::move(condition));
  read.items.push_back(std::move(item).value());
  return true;
}

std::string unquoted(std::string_view field) {
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return std::string(field);
  std::string text;
  for (std::size_t i = 1; i + 1 < field.size(); ++i) {
    text += field[i];
    if (field[i] == '"' && field[i + 1] == '"') ++i;
  }
  return text;
}

// The fields of one record, and where the next begins. A quoted field may hold delimiters and line ends.
std::vector<std::string> next_record(std::string_view text, std::size_t& at, char delimiter) {
  std::vector<std::string> fields;
  std::size_t start = at;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted || (c != delimiter && c != '\n')) continue;
    std::string_view field = text.substr(start, at - start);
    if (c == '\n' && field.ends_with('\r')) field.remove_suffix(1);
    fields.push_back(unquoted(field));
    start = at + 1;
    if (c == '\n') break;
  }
  if (at >= text.size() && start < text.size()) fields.push_back(unquoted(text.substr(start)));
  if (at < text.size()) ++at;
  return fields;
}

std::optional<Value> typed_value(const std::string& text, const CsvRules& rules, const std::string& name) {
  const auto typed = std::find_if(rules.typed.begin(), rules.typed.end(),
                                  [&name](const KeyAttribute& attribute) { return attribute.name == name; });
  if (typed == rules.typed.end() || typed->type == Type::S) return Value::string(text);
  if (typed->type == Type::N) {
    const auto number = Number::parse(text);
    return number ? std::optional(Value::number(number.value())) : std::nullopt;
  }
  auto bytes = base64_decode(text);
  return bytes ? std::optional(Value::binary(std::move(bytes).value())) : std::nullopt;
}

}  // namespace

std::string json_line(const Item& item) {
  std::string line = R"({"Item":)";
  append_json(line, item);
  return line + "}\n";
}

std::string json_line(const ChangeRecord& record) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(record.written.time_since_epoch()).count();
  std::string line = R"({"Metadata":{"WriteTimestampMicros":{"N":")" + std::to_string(micros) + R"("}},"Keys":)";
  append_json(line, record.keys);
  const auto image = [&line](std::string_view name, const ItemPtr& item) {
    if (!item) return;
    line.append(",\"").append(name).append("\":");
    append_json(line, *item);
  };
  image("OldImage", record.before);
  image("NewImage", record.after);
  return line + "}\n";
}

ReadItems read_json_lines(std::string_view text) {
  ReadItems read;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!take_line(read, line)) note_error(read, line);
  }
  return read;
}

ReadItems read_csv(std::string_view text, const CsvRules& rules) {
  ReadItems read;
  std::size_t at = 0;
  std::vector<std::string> header = rules.header;
  if (header.empty()) header = next_record(text, at, rules.delimiter);
  while (at < text.size()) {
    const std::size_t start = at;
    const std::vector<std::string> fields = next_record(text, at, rules.delimiter);
    if (fields.empty() || (fields.size() == 1 && fields[0].empty())) continue;
    Item item;
    bool legal = fields.size() <= header.size();
    for (std::size_t i = 0; legal && i < fields.size(); ++i) {
      if (fields[i].empty()) continue;  // an empty field is no attribute
      auto value = typed_value(fields[i], rules, header[i]);
      legal = value.has_value();
      if (legal) item.set(header[i], std::move(*value));
    }
    if (legal) {
      read.items.push_back(std::move(item));
    } else {
      note_error(read, text.substr(start, at - start));
    }
  }
  return read;
}

}  // namespace fickle
