// Text of an expression -> bound AST. Three steps (lexer and parser, checks in DynamoDB's order, binder) behind one call each; pure but
// for the marks of which names and values were used.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "emulator/core/result.hh"
#include "emulator/expr/ast.hh"
#include "emulator/expr/expression_error.hh"

namespace fickle::expr {

// ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions used so far.
struct Bindings {
  std::map<std::string, std::string, std::less<>> names;  // "#n" -> attribute name
  std::map<std::string, Value, std::less<>> values;       // ":v" -> value
  std::set<std::string, std::less<>> used_names{};
  std::set<std::string, std::less<>> used_values{};
};

// `kind` is condition or filter: same grammar, the caller words the error.
[[nodiscard]] Result<Condition, ExpressionError> compile_condition(std::string_view text, Bindings& bindings);
[[nodiscard]] Result<KeyCondition, ExpressionError> compile_key_condition(std::string_view text, Bindings& bindings);
[[nodiscard]] Result<Projection, ExpressionError> compile_projection(std::string_view text, Bindings& bindings);
[[nodiscard]] Result<Update, ExpressionError> compile_update(std::string_view text, Bindings& bindings);

}  // namespace fickle::expr
