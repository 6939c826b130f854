// The shape rules of KeyConditionExpression (behaviour reference 5.8): a conjunction of tests, each of one attribute against values.
// Pure. Precondition: the checks of check.hh found nothing.
#pragma once

#include "emulator/core/result.hh"
#include "emulator/expr/compile.hh"
#include "emulator/expr/syntax_tree.hh"

namespace fickle::expr {

[[nodiscard]] Result<KeyCondition, ExpressionError> bind_key_condition(const SyntaxTree& tree,
                                                                       const Bindings& bindings);

}  // namespace fickle::expr
