// A place in a row of tokens, and what all grammars share: paths and syntax errors. Used by one parser at a time.
// Convention of the parsers: when something does not fit, the cursor stays on the offending token and the caller asks for the error.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/expr/expression_error.hh"
#include "emulator/expr/syntax_tree.hh"
#include "emulator/expr/token.hh"

namespace fickle::expr {

class TokenCursor {
 public:
  explicit TokenCursor(std::string_view text);

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  [[nodiscard]] TokenKind next_kind() const;  // of the token after this one
  [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
  const Token& take();  // stays on the end token
  bool take_if(TokenKind kind);

  // path := (name | #ref) ( '.' (name | #ref) | '[' index ']' )*
  [[nodiscard]] std::optional<NodeId> parse_path(SyntaxTree& tree);
  // The `.x` and `[0]` after a parenthesised path.
  [[nodiscard]] std::optional<NodeId> continue_path(SyntaxTree& tree, NodeId base);

  // The error on the current token: the token, and the text from the token before it to the token after it.
  [[nodiscard]] ExpressionError syntax_error() const;

 private:
  [[nodiscard]] bool parse_element(SyntaxTree& tree);
  [[nodiscard]] std::optional<NodeId> finish_path(SyntaxTree& tree, std::size_t first, std::optional<NodeId> base);

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace fickle::expr
