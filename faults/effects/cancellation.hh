// Composes TransactionCanceledException: one reason per member, in order. Source: behaviour reference 8.4. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/service/fault_plan.hh"

namespace fickle {

struct CancellationReason {
  std::string code = "None";
  std::string message;  // empty: the code's own text
};

// What the service says for a cancellation code; nullopt when there is no such code.
[[nodiscard]] std::optional<std::string_view> cancellation_text(std::string_view code);
[[nodiscard]] ForcedError canceled(const std::vector<CancellationReason>& reasons);
// Whether the operation answers trouble with TransactionCanceledException.
[[nodiscard]] bool is_cancellable(std::string_view operation);

}  // namespace fickle
