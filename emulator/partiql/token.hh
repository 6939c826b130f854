// The tokens of PartiQL statements. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace fickle::partiql {

enum class TokenKind : std::uint8_t {
  word,       // a keyword, function or bare name: letter, _ or $, then letters, digits, _ and $
  quoted,     // "name": `text` is the name without quotes, "" undone
  string,     // 'text': likewise
  number,     // digits with point and exponent, without sign
  parameter,  // ?
  symbol,     // punctuation and operators, the longest that fits
  end,        // after the last token; empty
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;
  // Of the first character, from 1, counted in characters; `length` with quotes.
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t length = 0;
};

}  // namespace fickle::partiql
