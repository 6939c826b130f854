// Tokens -> unbound tree, for the three grammars. Pure; iterative, so that 4,096 bytes of parentheses need no more stack than one.
// The only error is a syntax error; everything else that may be wrong is found by the checks (check.hh).
#pragma once

#include <string_view>

#include "emulator/core/result.hh"
#include "emulator/expr/expression_error.hh"
#include "emulator/expr/syntax_tree.hh"
#include "emulator/expr/token_cursor.hh"

namespace fickle::expr {

// Conditions, filters and key conditions.
[[nodiscard]] Result<SyntaxTree, ExpressionError> parse_condition(std::string_view text);
[[nodiscard]] Result<ProjectionSyntax, ExpressionError> parse_projection(std::string_view text);
[[nodiscard]] Result<UpdateSyntax, ExpressionError> parse_update(std::string_view text);

// The right-hand side of SET, up to the first token that cannot belong to it; the cursor then stands on that token.
[[nodiscard]] std::optional<NodeId> parse_set_value(TokenCursor& cursor, SyntaxTree& tree);

}  // namespace fickle::expr
