// Literals and paths.
#include <algorithm>
#include <optional>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/text.hh"
#include "emulator/partiql/malformed.hh"
#include "emulator/partiql/parser.hh"
#include "emulator/value/item_size.hh"

namespace fickle::partiql {

namespace {

constexpr std::size_t kPathDepthLimit = 32;
constexpr long long kListIndexLimit = 2147483647;

[[noreturn]] void refuse_value(ValueError::Kind kind, std::string text = {}) {
  throw_validation(words(ValueError{.kind = kind, .number_error = {}, .text = std::move(text)}));
}

Value parse_nested(Cursor& cursor, int depth);

Value parse_number(Cursor& cursor) {
  const bool negative = cursor.at_symbol("-");
  if (negative || cursor.at_symbol("+")) cursor.take();
  if (cursor.peek().kind != TokenKind::number) cursor.refuse();
  const std::string text = (negative ? "-" : "") + cursor.take().text;
  const auto number = Number::parse(text);
  if (!number) throw_validation(words(number.error(), text));
  return Value::number(number.value());
}

List parse_elements(Cursor& cursor, std::string_view close, int depth) {
  List elements;
  if (cursor.accept_symbol(close)) return elements;
  do {
    elements.push_back(parse_nested(cursor, depth + 1));
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol(close);
  return elements;
}

Value parse_map(Cursor& cursor, int depth) {
  std::vector<Attribute> attributes;
  if (cursor.accept_symbol("}")) return Value::map({});
  do {
    if (cursor.peek().kind != TokenKind::string) cursor.refuse();
    std::string name = cursor.take().text;
    if (name.empty()) refuse_value(ValueError::Kind::empty_name);
    cursor.expect_symbol(":");
    attributes.push_back({std::move(name), parse_nested(cursor, depth + 1)});
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol("}");
  return Value::map(Map::from(std::move(attributes)));
}

template <class T>
bool has_duplicates(std::vector<T> members) {
  std::sort(members.begin(), members.end());
  return std::adjacent_find(members.begin(), members.end()) != members.end();
}

// <<'a', 'b'>>: members of one type, strings, numbers or (as parameters) binaries.
Value parse_set(Cursor& cursor, int depth) {
  const List members = parse_elements(cursor, ">>", depth);
  if (members.empty()) refuse_value(ValueError::Kind::empty_string_set);
  std::vector<std::string> strings;
  std::vector<Number> numbers;
  std::vector<std::string> binaries;
  for (const Value& member : members) {
    if (const auto* text = member.as_string()) strings.push_back(*text);
    if (const auto* number = member.as_number()) numbers.push_back(*number);
    if (const auto* bytes = member.as_binary()) binaries.push_back(*bytes);
  }
  if (strings.size() == members.size()) {
    if (has_duplicates(strings)) refuse_value(ValueError::Kind::duplicate_strings, join(strings, ", "));
    return Value::string_set(std::move(strings));
  }
  if (numbers.size() == members.size()) {
    if (has_duplicates(numbers)) refuse_value(ValueError::Kind::duplicate_numbers);
    return Value::number_set(std::move(numbers));
  }
  if (binaries.size() == members.size()) {
    if (has_duplicates(binaries)) refuse_value(ValueError::Kind::duplicate_binaries);
    return Value::binary_set(std::move(binaries));
  }
  throw_malformed("Unexpected term");
}

// Recursive, a level per bracket; `depth` counts the documents around.
Value parse_nested(Cursor& cursor, int depth) {
  if (depth > kNestingLimit) refuse_value(ValueError::Kind::too_deep);
  const Token& token = cursor.peek();
  if (token.kind == TokenKind::string) return Value::string(cursor.take().text);
  if (token.kind == TokenKind::parameter) return cursor.take_parameter();
  if (cursor.accept_symbol("[")) return Value::list(parse_elements(cursor, "]", depth));
  if (cursor.accept_symbol("{")) return parse_map(cursor, depth);
  if (cursor.accept_symbol("<<")) return parse_set(cursor, depth);
  if (cursor.accept_word("TRUE")) return Value::boolean(true);
  if (cursor.accept_word("FALSE")) return Value::boolean(false);
  if (cursor.accept_word("NULL")) return Value();
  return parse_number(cursor);
}

std::string take_name(Cursor& cursor) {
  const Token& token = cursor.take();
  if (token.kind == TokenKind::quoted && token.text.empty())
    throw_validation("Path component cannot be an empty string");
  return token.text;
}

expr::PathElement take_subscript(Cursor& cursor) {
  if (cursor.peek().kind == TokenKind::string) {
    std::string name = cursor.take().text;
    cursor.expect_symbol("]");
    return name;
  }
  if (cursor.peek().kind != TokenKind::number) cursor.refuse();
  const std::string digits = cursor.peek().text;
  const bool whole = digits.find_first_not_of("0123456789") == std::string::npos;
  if (!whole) cursor.refuse();
  cursor.take();
  const auto index = parse_integer(digits);
  if (!index || *index > kListIndexLimit)
    throw_validation("List index is not within the allowable range; index: [" + digits + "]");
  cursor.expect_symbol("]");
  return static_cast<std::uint32_t>(*index);
}

}  // namespace

bool at_value(const Cursor& cursor) {
  const Token& token = cursor.peek();
  switch (token.kind) {
    case TokenKind::string:
    case TokenKind::number:
    case TokenKind::parameter: return true;
    case TokenKind::word: return cursor.at_word("TRUE") || cursor.at_word("FALSE") || cursor.at_word("NULL");
    case TokenKind::symbol:
      return token.text == "[" || token.text == "{" || token.text == "<<" || token.text == "-" || token.text == "+";
    case TokenKind::quoted:
    case TokenKind::end: return false;
  }
  return false;
}

Value parse_value(Cursor& cursor) {
  Value value = parse_nested(cursor, 1);
  if (depth_of(value) > kNestingLimit) refuse_value(ValueError::Kind::too_deep);  // a deep parameter in a literal
  return value;
}

Item parse_item(Cursor& cursor) {
  if (!cursor.at_symbol("{") && cursor.peek().kind != TokenKind::parameter) cursor.refuse();
  const Value value = cursor.accept_symbol("{") ? parse_map(cursor, 0) : cursor.take_parameter();
  const Map* map = value.as_map();
  if (map == nullptr) throw_malformed("Unexpected term");
  for (const Attribute& attribute : *map) {
    if (depth_of(attribute.value) > kNestingLimit) refuse_value(ValueError::Kind::too_deep);
  }
  return *map;
}

bool at_path(const Cursor& cursor) {
  const Token& token = cursor.peek();
  return token.kind == TokenKind::quoted || (token.kind == TokenKind::word && !is_keyword(token.text));
}

expr::Path parse_path(Cursor& cursor) {
  if (!at_path(cursor)) cursor.refuse();
  expr::Path path;
  path.elements.emplace_back(take_name(cursor));
  while (cursor.at_symbol(".") || cursor.at_symbol("[")) {
    if (cursor.take().text == "[") {
      path.elements.push_back(take_subscript(cursor));
      continue;
    }
    const TokenKind kind = cursor.peek().kind;
    if (kind != TokenKind::word && kind != TokenKind::quoted) cursor.refuse();
    path.elements.emplace_back(take_name(cursor));
  }
  if (path.elements.size() > kPathDepthLimit) {
    throw_validation("The document path has too many nesting levels; nesting levels: " +
                     std::to_string(path.elements.size()));
  }
  return path;
}

}  // namespace fickle::partiql
