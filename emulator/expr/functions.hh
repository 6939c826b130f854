// The functions of expressions: where each may stand and how many operands it takes. Constant data.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "emulator/expr/ast.hh"

namespace fickle::expr {

struct Function {
  enum class Use { condition, operand_of_condition, set_value };
  std::string_view name;  // case matters
  Use use{};
  std::size_t operands = 0;
  Test test{};  // of conditions
};

inline constexpr std::array<Function, 8> kFunctions{{
    {"attribute_exists", Function::Use::condition, 1, Test::attribute_exists},
    {"attribute_not_exists", Function::Use::condition, 1, Test::attribute_not_exists},
    {"attribute_type", Function::Use::condition, 2, Test::attribute_type},
    {"begins_with", Function::Use::condition, 2, Test::begins_with},
    {"contains", Function::Use::condition, 2, Test::contains},
    {"size", Function::Use::operand_of_condition, 1},
    {"if_not_exists", Function::Use::set_value, 2},
    {"list_append", Function::Use::set_value, 2},
}};

// nullptr when there is no such function.
[[nodiscard]] constexpr const Function* find_function(std::string_view name) {
  for (const auto& function : kFunctions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

}  // namespace fickle::expr
