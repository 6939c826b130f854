// TransactionCanceledException: one reason per member of a transaction, in order (behaviour reference 8.4). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/capacity_gate.hh"
#include "emulator/engine/conditions.hh"

namespace fickle {

struct CancelReason {
  std::string code = "None";
  std::string message;
  std::string item_member;  // `"Item":{...}`, or empty

  [[nodiscard]] bool says_something() const { return code != "None"; }
};

[[nodiscard]] CancelReason condition_failed_reason(std::string item_member);
[[nodiscard]] CancelReason conflict_reason();
[[nodiscard]] CancelReason validation_reason(std::string message);
[[nodiscard]] CancelReason throttled_reason(const Throttled& throttled);

[[nodiscard]] bool any_reason(const std::vector<CancelReason>& reasons);
[[noreturn]] void throw_cancelled(const std::vector<CancelReason>& reasons);

// Whether the conditions concern this member.
[[nodiscard]] bool concerns(const Conditions& conditions, std::size_t position);

}  // namespace fickle
