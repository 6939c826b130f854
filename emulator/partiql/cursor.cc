#include "emulator/partiql/cursor.hh"

#include <algorithm>
#include <array>

#include "emulator/api/error.hh"
#include "emulator/core/text.hh"
#include "emulator/partiql/malformed.hh"

namespace fickle::partiql {

namespace {

constexpr std::array<std::string_view, 29> kKeywords = {
    "SELECT", "FROM",    "WHERE",  "ORDER",  "BY",        "ASC",    "DESC", "INSERT", "INTO",    "VALUE",
    "UPDATE", "SET",     "REMOVE", "DELETE", "RETURNING", "AND",    "OR",   "NOT",    "BETWEEN", "IN",
    "IS",     "MISSING", "NULL",   "TRUE",   "FALSE",     "EXISTS", "LIKE", "AS",     "VALUES",
};

}  // namespace

const Token& Cursor::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Cursor::take() {
  const Token& token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool Cursor::at_word(std::string_view word, std::size_t ahead) const {
  const Token& token = peek(ahead);
  return token.kind == TokenKind::word && equals_ignoring_case(token.text, word);
}

bool Cursor::at_symbol(std::string_view symbol, std::size_t ahead) const {
  const Token& token = peek(ahead);
  return token.kind == TokenKind::symbol && token.text == symbol;
}

bool Cursor::accept_word(std::string_view word) {
  const bool here = at_word(word);
  if (here) take();
  return here;
}

bool Cursor::accept_symbol(std::string_view symbol) {
  const bool here = at_symbol(symbol);
  if (here) take();
  return here;
}

void Cursor::expect_word(std::string_view word) {
  if (!accept_word(word)) refuse();
}

void Cursor::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) refuse();
}

Value Cursor::take_parameter() {
  take();
  if (used_ >= parameters_.size()) throw_parameter_count();
  return parameters_[used_++];
}

void Cursor::refuse() const {
  const Token& token = peek();
  const bool keyword = token.kind == TokenKind::word && is_keyword(token.text);
  throw_malformed(keyword ? "Unexpected keyword" : "Unexpected token");
}

bool is_keyword(std::string_view word) {
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view keyword) { return equals_ignoring_case(keyword, word); });
}

void throw_parameter_count() {
  throw_validation("Number of parameters in request and statement don't match.");
}

}  // namespace fickle::partiql
