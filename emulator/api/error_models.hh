// What can go wrong with which operation: the errors each operation's API model lists, and those that may hit any of them. The fault
// layer refuses rules that no operation could show. Constant data, thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace fickle {

struct OperationErrors {
  std::string_view operation;
  std::string_view codes;  // separated by blanks, in name order
};

// Every operation of DynamoDB and DynamoDB Streams, in name order.
[[nodiscard]] std::span<const OperationErrors> operation_errors();
[[nodiscard]] bool model_lists(std::string_view operation, std::string_view code);
// Internal errors, throttling, and the authorization, serialization and validation families.
[[nodiscard]] bool may_hit_any_operation(std::string_view code);
[[nodiscard]] bool can_fail_with(std::string_view operation, std::string_view code);  // either of the two above

}  // namespace fickle
