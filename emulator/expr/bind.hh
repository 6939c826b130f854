// The last step of compiling: a checked tree becomes the bound AST, with names resolved and values inlined, and the names and values
// it uses are marked. Precondition: the checks of check.hh found nothing.
#pragma once

#include "emulator/expr/ast.hh"
#include "emulator/expr/compile.hh"
#include "emulator/expr/syntax_tree.hh"

namespace fickle::expr {

[[nodiscard]] Condition bind_condition(const SyntaxTree& tree, Bindings& bindings);
[[nodiscard]] Projection bind_projection(const ProjectionSyntax& projection, Bindings& bindings);
[[nodiscard]] Update bind_update(const UpdateSyntax& update, Bindings& bindings);

// The `#n` and `:v` of a tree are used.
void mark_used(const SyntaxTree& tree, Bindings& bindings);

}  // namespace fickle::expr
