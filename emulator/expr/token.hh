// The tokens of all expressions. One lexer serves every kind, as in DynamoDB: a keyword of updates is a keyword in conditions too.
// Plain values; views into the text of the expression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fickle::expr {

enum class TokenKind : std::uint8_t {
  name,        // letter, then letters, digits, underscores
  name_ref,    // #x
  value_ref,   // :x
  index,       // 0, or digits that do not start with 0
  equal,       // =
  not_equal,   // <>
  less,        // <
  less_equal,  // <=
  greater,
  greater_equal,
  plus,
  minus,
  open,   // (
  close,  // )
  open_bracket,
  close_bracket,
  dot,
  comma,
  // Keywords, in any case.
  and_,
  or_,
  not_,
  between,
  in,
  set,
  remove,
  add,
  delete_,
  unknown,  // one character that starts no token
  end,      // after the last token; empty
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;  // offset of the first byte in the text
  std::string_view text;
  [[nodiscard]] std::size_t end() const { return begin + text.size(); }
};

}  // namespace fickle::expr
