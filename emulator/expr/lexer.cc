#include "emulator/expr/lexer.hh"

#include <array>
#include <cstddef>
#include <utility>

#include "emulator/core/text.hh"

namespace fickle::expr {

namespace {

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// The longer symbols first.
constexpr std::array<Symbol, 14> kSymbols{{
    {"<>", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},
    {">=", TokenKind::greater_equal},
    {"=", TokenKind::equal},
    {"<", TokenKind::less},
    {">", TokenKind::greater},
    {"+", TokenKind::plus},
    {"-", TokenKind::minus},
    {"(", TokenKind::open},
    {")", TokenKind::close},
    {"[", TokenKind::open_bracket},
    {"]", TokenKind::close_bracket},
    {".", TokenKind::dot},
    {",", TokenKind::comma},
}};

constexpr std::array<Symbol, 9> kKeywords{{
    {"AND", TokenKind::and_},
    {"OR", TokenKind::or_},
    {"NOT", TokenKind::not_},
    {"BETWEEN", TokenKind::between},
    {"IN", TokenKind::in},
    {"SET", TokenKind::set},
    {"REMOVE", TokenKind::remove},
    {"ADD", TokenKind::add},
    {"DELETE", TokenKind::delete_},
}};

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_name_character(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

// Length of the run of characters from `from` on for which `accepts` holds.
template <class Accepts>
std::size_t run(std::string_view text, std::size_t from, Accepts accepts) {
  std::size_t end = from;
  while (end < text.size() && accepts(text[end])) ++end;
  return end - from;
}

TokenKind name_or_keyword(std::string_view word) {
  for (const auto& keyword : kKeywords) {
    if (equals_ignoring_case(keyword.text, word)) return keyword.kind;
  }
  return TokenKind::name;
}

// One whole UTF-8 character, so that an error message never holds half of one.
std::size_t character_length(std::string_view rest) {
  return 1 + run(rest, 1, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

// Kind and length of the token at the start of `rest`, which does not start with a blank.
std::pair<TokenKind, std::size_t> classify(std::string_view rest) {
  const char first = rest.front();
  if (is_letter(first)) {
    const auto length = run(rest, 0, is_name_character);
    return {name_or_keyword(rest.substr(0, length)), length};
  }
  if (is_digit(first)) return {TokenKind::index, first == '0' ? 1 : run(rest, 0, is_digit)};
  if (first == '#' || first == ':') {
    const auto length = run(rest, 1, is_name_character);
    if (length > 0) return {first == '#' ? TokenKind::name_ref : TokenKind::value_ref, 1 + length};
  }
  for (const auto& symbol : kSymbols) {
    if (rest.starts_with(symbol.text)) return {symbol.kind, symbol.text.size()};
  }
  return {TokenKind::unknown, character_length(rest)};
}

}  // namespace

std::vector<Token> lex(std::string_view text) {
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 3 + 2);
  std::size_t at = run(text, 0, is_blank);
  while (at < text.size()) {
    const auto [kind, length] = classify(text.substr(at));
    tokens.push_back({kind, at, text.substr(at, length)});
    at += length;
    at += run(text, at, is_blank);
  }
  tokens.push_back({TokenKind::end, text.size(), text.substr(text.size())});
  return tokens;
}

}  // namespace fickle::expr
