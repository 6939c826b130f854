// The part of Ion's text form that DynamoDB's exports use: structs of strings, decimals, blobs, booleans, nulls, lists and
// annotated sets. Depth is bounded. Source: developer guide, "Amazon Ion" of export data formats; the Ion specification.
#include <algorithm>

#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"
#include "emulator/ops/item_files.hh"

namespace fickle {

namespace {

constexpr int kDepthMax = 33;
constexpr std::string_view kVersion = "$ion_1_0";

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

void print_struct(std::string& out, const AttributeMap& map) {
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
    case Type::M: return print_struct(out, *value.as_map());
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  // The next top-level value; nullopt at a mistake, after which nothing more can be read.
  std::optional<Value> next() { return value(0); }
  [[nodiscard]] bool at_end() {
    skip_blanks();
    while (text_.substr(at_).starts_with(kVersion)) {
      at_ += kVersion.size();
      skip_blanks();
    }
    return at_ >= text_.size();
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  std::string_view word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n,:]}[{\"").find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(start, at_ - start);
  }
  std::optional<std::string> quoted(char quote);
  std::optional<std::string> name();
  std::optional<std::string> blob();
  std::optional<Value> value(int depth);
  std::optional<Value> scalar();
  std::optional<List> list(int depth);
  std::optional<Value> structure(int depth);
  std::optional<Value> set();

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<std::string> Reader::quoted(char quote) {
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    char c = text_[at_];
    if (c == quote) {
      ++at_;
      return out;
    }
    if (c == '\\' && at_ + 1 < text_.size()) {
      constexpr std::string_view kEscapes = "nrt0";
      constexpr std::string_view kMeant = std::string_view("\n\r\t\0", 4);
      c = text_[++at_];
      if (const auto found = kEscapes.find(c); found != std::string_view::npos) c = kMeant[found];
    }
    out += c;
  }
  return std::nullopt;
}

std::optional<std::string> Reader::name() {
  skip_blanks();
  if (at_ >= text_.size()) return std::nullopt;
  if (text_[at_] == '"' || text_[at_] == '\'') return quoted(text_[at_]);
  const std::string_view plain = word();
  return plain.empty() ? std::nullopt : std::optional(std::string(plain));
}

std::optional<std::string> Reader::blob() {
  const std::size_t end = text_.find("}}", at_);
  if (end == std::string_view::npos) return std::nullopt;
  auto bytes = base64_decode(trim(text_.substr(at_, end - at_)));
  at_ = end + 2;
  return bytes ? std::optional(std::move(bytes).value()) : std::nullopt;
}

std::optional<Value> Reader::scalar() {
  std::string text(word());
  if (text == "true" || text == "false") return Value::boolean(text == "true");
  if (text == "null") return Value();
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == 'd' || c == 'D'; }, 'E');
  if (text.ends_with('.')) text.pop_back();
  if (const auto point = text.find(".E"); point != std::string::npos) text.erase(point, 1);
  const auto number = Number::parse(text);
  return number ? std::optional(Value::number(number.value())) : std::nullopt;
}

std::optional<List> Reader::list(int depth) {
  List members;
  if (take("]")) return members;
  while (true) {
    auto member = value(depth + 1);
    if (!member) return std::nullopt;
    members.push_back(std::move(*member));
    if (take("]")) return members;
    if (!take(",")) return std::nullopt;
    if (take("]")) return members;
  }
}

std::optional<Value> Reader::structure(int depth) {
  Map map;
  if (take("}")) return Value::map(std::move(map));
  while (true) {
    auto key = name();
    if (!key || !take(":")) return std::nullopt;
    auto member = value(depth + 1);
    if (!member) return std::nullopt;
    map.set(std::move(*key), std::move(*member));
    if (take("}")) return Value::map(std::move(map));
    if (!take(",")) return std::nullopt;
    if (take("}")) return Value::map(std::move(map));
  }
}

// After "$dynamodb_": the kind of set, then its members.
std::optional<Value> Reader::set() {
  const std::string_view kind = text_.substr(at_, 2);
  at_ = std::min(at_ + 2, text_.size());
  if (!take("::") || !take("[")) return std::nullopt;
  const auto members = list(kDepthMax - 1);
  if (!members || members->empty()) return std::nullopt;
  std::vector<std::string> texts;
  std::vector<Number> numbers;
  for (const Value& member : *members) {
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

std::optional<Value> Reader::value(int depth) {
  if (depth > kDepthMax) return std::nullopt;
  if (take("{{")) {
    auto bytes = blob();
    return bytes ? std::optional(Value::binary(std::move(*bytes))) : std::nullopt;
  }
  if (take("{")) return structure(depth);
  if (take("$dynamodb_")) return set();
  if (take("[")) {
    auto members = list(depth);
    return members ? std::optional(Value::list(std::move(*members))) : std::nullopt;
  }
  if (at_ < text_.size() && text_[at_] == '"') {
    auto text = quoted('"');
    return text ? std::optional(Value::string(std::move(*text))) : std::nullopt;
  }
  return scalar();
}

}  // namespace

std::string ion_line(const Item& item) {
  std::string line(kVersion);
  line += " {Item:";
  print_struct(line, item);
  return line + "}\n";
}

std::string ion_line(const ChangeRecord& record) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(record.written.time_since_epoch()).count();
  std::string line(kVersion);
  line += " {Record:{Keys:";
  print_struct(line, record.keys);
  line.append(",Metadata:{WriteTimestampMicros:").append(std::to_string(micros)).append(".}");
  const auto image = [&line](std::string_view name, const ItemPtr& item) {
    if (!item) return;
    line.append(",").append(name).append(":");
    print_struct(line, *item);
  };
  image("OldImage", record.before);
  image("NewImage", record.after);
  return line + "}}\n";
}

ReadItems read_ion(std::string_view text) {
  ReadItems read;
  Reader reader(text);
  while (!reader.at_end()) {
    const auto record = reader.next();
    const Map* outer = record ? record->as_map() : nullptr;
    const Value* item = outer != nullptr ? outer->find("Item") : nullptr;
    if (item != nullptr && item->is(Type::M)) {
      read.items.push_back(*item->as_map());
      continue;
    }
    ++read.errors;
    if (!record) break;  // where the next record would begin is not known
  }
  return read;
}

}  // namespace fickle
