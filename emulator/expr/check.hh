// What may be wrong with an expression that parses, in the order in which DynamoDB reports it (behaviour reference 5.3, 5.5, 5.6).
// Static: looks at the text and the values, never at an item or a schema. Pure.
#pragma once

#include <optional>
#include <span>

#include "emulator/expr/compile.hh"
#include "emulator/expr/expression_error.hh"
#include "emulator/expr/syntax_tree.hh"

namespace fickle::expr {

using Finding = std::optional<ExpressionError>;

[[nodiscard]] Finding check_condition(const SyntaxTree& tree, const Bindings& bindings);
[[nodiscard]] Finding check_projection(const ProjectionSyntax& projection, const Bindings& bindings);
[[nodiscard]] Finding check_update(const UpdateSyntax& update, const Bindings& bindings);

// Parts that more than one kind of expression shares (check_common.cc).
[[nodiscard]] Finding unknown_function(const SyntaxTree& tree);
[[nodiscard]] Finding reserved_word(const SyntaxTree& tree);
[[nodiscard]] Finding undefined_name(const SyntaxTree& tree, const Node& path, const Bindings& bindings);
[[nodiscard]] Finding undefined_name(const SyntaxTree& tree, const Bindings& bindings);   // in any path
[[nodiscard]] Finding undefined_value(const SyntaxTree& tree, const Bindings& bindings);  // in any place
[[nodiscard]] Finding too_many_operators(const SyntaxTree& tree);
[[nodiscard]] Finding path_limits(const SyntaxTree& tree);  // depth, list indexes
// Two paths of which one is the other's beginning, else two that take one value for both a map and a list.
[[nodiscard]] Finding colliding_paths(std::span<const Path> paths);

}  // namespace fickle::expr
