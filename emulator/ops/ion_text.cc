// Ion's text form as far as attribute values go: structs of strings, numbers, blobs, booleans, nulls, lists and annotated sets. Depth is
// bounded. Source: developer guide, "Amazon Ion" of export data formats; the Ion specification.
#include <algorithm>
#include <charconv>

#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"
#include "emulator/ops/ion.hh"

namespace fickle {

namespace {

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

void append_utf8(std::string& out, std::uint32_t code) {
  const auto tail = [&out, code](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | ((code >> 18U) & 0x07U));
    tail(12);
    tail(6);
    tail(0);
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
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (std::string_view(" \t\r\n\v\f").find(rest[0]) != std::string_view::npos) {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
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
  std::optional<Value> set(bool quoted);
  std::optional<std::string> long_text();
  std::optional<std::uint32_t> hex(std::size_t digits);
  std::optional<std::string> escape();

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<std::uint32_t> Reader::hex(std::size_t digits) {
  const std::string_view text = text_.substr(std::min(at_, text_.size()), digits);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code, 16);
  if (text.size() != digits || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  at_ += digits;
  return code;
}

// What the escape after a backslash stands for, in UTF-8.
std::optional<std::string> Reader::escape() {
  constexpr std::string_view kEscapes = "abtnfrv0\"'?/\\";
  constexpr std::string_view kMeant("\a\b\t\n\f\r\v\0\"'?/\\", 13);
  if (at_ >= text_.size()) return std::nullopt;
  const char c = text_[at_++];
  if (c == '\n') return "";  // the line goes on
  if (const auto found = kEscapes.find(c); found != std::string_view::npos) return std::string(1, kMeant[found]);
  const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  auto code = digits == 0 ? std::nullopt : hex(digits);
  constexpr std::uint32_t kHigh = 0xD800, kLow = 0xDC00, kBeyond = 0xE000;
  if (code && *code >= kHigh && *code < kLow) {  // the first half of a pair
    if (!text_.substr(at_).starts_with("\\u")) return std::nullopt;
    at_ += 2;
    const auto low = hex(4);
    if (!low || *low < kLow || *low >= kBeyond) return std::nullopt;
    code = 0x10000 + ((*code - kHigh) << 10U) + (*low - kLow);
  }
  if (!code) return std::nullopt;
  std::string text;
  append_utf8(text, *code);
  return is_valid_utf8(text) ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> Reader::quoted(char quote) {
  std::string out;
  for (++at_; at_ < text_.size();) {
    const char c = text_[at_++];
    if (c == quote) return out;
    if (c != '\\') {
      out += c;
      continue;
    }
    const auto meant = escape();
    if (!meant) return std::nullopt;
    out += *meant;
  }
  return std::nullopt;
}

// After the three quotes of a long text: pieces that follow each other are one text.
std::optional<std::string> Reader::long_text() {
  constexpr std::string_view kQuotes = "'''";
  std::string out;
  while (at_ < text_.size()) {
    if (text_.substr(at_).starts_with(kQuotes)) {
      at_ += kQuotes.size();
      if (!take(kQuotes)) return out;
      continue;
    }
    const char c = text_[at_++];
    if (c != '\\') {
      out += c;
      continue;
    }
    const auto meant = escape();
    if (!meant) return std::nullopt;
    out += *meant;
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
  if (text == "null" || text.starts_with("null.")) return Value();
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

// After the annotation's prefix: the kind of set, then its members. The annotation may be quoted.
std::optional<Value> Reader::set(bool quoted) {
  const std::string annotation = std::string(kIonSetPrefix) + std::string(text_.substr(at_, 2));
  at_ = std::min(at_ + 2, text_.size());
  if ((quoted && !take("'")) || !take("::") || !take("[")) return std::nullopt;
  const auto members = list(kIonDepthMax - 1);
  return members ? ion_set(annotation, *members) : std::nullopt;
}

std::optional<Value> Reader::value(int depth) {
  if (depth > kIonDepthMax) return std::nullopt;
  if (take("{{")) {
    auto bytes = blob();
    return bytes ? std::optional(Value::binary(std::move(*bytes))) : std::nullopt;
  }
  if (take("{")) return structure(depth);
  if (take(kIonSetPrefix)) return set(false);
  if (take("'" + std::string(kIonSetPrefix))) return set(true);
  if (take("'''")) {
    auto text = long_text();
    return text ? std::optional(Value::string(std::move(*text))) : std::nullopt;
  }
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

ReadItems read_ion_text(std::string_view text) {
  ReadItems read;
  Reader reader(text);
  while (!reader.at_end()) {
    const auto record = reader.next();
    add_ion_record(read, record ? &*record : nullptr);
    if (!record) break;  // where the next record would begin is not known
  }
  return read;
}

}  // namespace fickle
