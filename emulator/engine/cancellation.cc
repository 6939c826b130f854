#include "emulator/engine/cancellation.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/core/text.hh"

namespace fickle {

CancelReason condition_failed_reason(std::string item_member) {
  return {"ConditionalCheckFailed", "The conditional request failed", std::move(item_member)};
}

CancelReason conflict_reason() {
  return {"TransactionConflict", "Transaction is ongoing for the item", {}};
}

CancelReason validation_reason(std::string message) {
  return {"ValidationError", std::move(message), {}};
}

CancelReason throttled_reason(const Throttled& throttled) {
  if (throttled.code == "ProvisionedThroughputExceededException") {
    std::string message = throttled.message;
    if (!message.empty() && message.back() == '.') message.pop_back();  // as a reason it has no full stop
    return {"ProvisionedThroughputExceeded", std::move(message), {}};
  }
  const bool index = throttled.reason.starts_with("Index");
  return {"ThrottlingError",
          index ? "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is "
                  "automatically scaling your index so please try again shortly."
                : throttled.message,
          {}};
}

bool any_reason(const std::vector<CancelReason>& reasons) {
  return std::any_of(reasons.begin(), reasons.end(), [](const auto& reason) { return reason.says_something(); });
}

void throw_cancelled(const std::vector<CancelReason>& reasons) {
  std::string list;
  std::vector<std::string> codes;
  for (const CancelReason& reason : reasons) {
    codes.push_back(reason.code);
    list += list.empty() ? "{\"Code\":" : ",{\"Code\":";
    append_json_string(list, reason.code);
    if (!reason.item_member.empty()) list += "," + reason.item_member;
    if (reason.says_something() && !reason.message.empty()) {
      list += ",\"Message\":";
      append_json_string(list, reason.message);
    }
    list += '}';
  }
  throw ApiError(
      "TransactionCanceledException",
      "Transaction cancelled, please refer cancellation reasons for specific reasons [" + join(codes, ", ") + "]",
      "\"CancellationReasons\":[" + list + "]");
}

bool concerns(const Conditions& conditions, std::size_t position) {
  if (!conditions.members) return true;
  return std::find(conditions.members->begin(), conditions.members->end(), position) != conditions.members->end();
}

}  // namespace fickle
