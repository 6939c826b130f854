#include "faults/effects/cancellation.hh"

#include "emulator/api/error_models.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

struct Text {
  std::string_view code, text;
};
constexpr Text kTexts[] = {
    {"None", ""},
    {"ConditionalCheckFailed", "The conditional request failed"},
    {"ItemCollectionSizeLimitExceeded", "Collection size exceeded."},
    {"TransactionConflict", "Transaction is ongoing for the item"},
    {"ProvisionedThroughputExceeded",
     "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning "
     "level with the UpdateTable API"},
    {"ThrottlingError",
     "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or "
     "index so please try again shortly. If exceptions persist, check if you have a hot key: "
     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html"},
    {"ValidationError", "Item size to update has exceeded the maximum allowed size"},
    {"DuplicateItem", "Duplicate primary key exists in table"},
    {"AccessDenied", "User is not authorized to perform this operation on the resource"},
};

}  // namespace

std::optional<std::string_view> cancellation_text(std::string_view code) {
  for (const Text& entry : kTexts) {
    if (entry.code == code) return entry.text;
  }
  return std::nullopt;
}

ForcedError canceled(const std::vector<CancellationReason>& reasons) {
  std::string list;
  std::string codes;
  for (const CancellationReason& reason : reasons) {
    if (!list.empty()) list += ',';
    if (!codes.empty()) codes += ", ";
    codes += reason.code;
    list += R"({"Code":)";
    append_json_string(list, reason.code);
    const std::string text =
        reason.message.empty() ? std::string(cancellation_text(reason.code).value_or("")) : reason.message;
    if (reason.code != "None" && !text.empty()) {
      list += R"(,"Message":)";
      append_json_string(list, text);
    }
    list += '}';
  }
  return {ApiError("TransactionCanceledException",
                   "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
                   "\"CancellationReasons\":[" + list + "]"),
          {},
          {},
          {},
          nullptr};
}

bool is_cancellable(std::string_view operation) {
  return model_lists(operation, "TransactionCanceledException");
}

}  // namespace fickle
