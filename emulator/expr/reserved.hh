// DynamoDB's reserved words, which may not stand bare in an expression.
#pragma once
#include <string_view>

namespace fickle::expr {
[[nodiscard]] bool is_reserved(std::string_view word);  // any case
}  // namespace fickle::expr
