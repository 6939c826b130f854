#include "emulator/cli/sweep/plan.hh"

#include <algorithm>
#include <array>

#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& names, const SweepCall& call) {
  return std::find(names.begin(), names.end(), call.operation) != names.end();
}

// Operations whose model lists ProvisionedThroughputExceededException.
constexpr std::array<std::string_view, 12> kDataOperations{"GetItem",
                                                           "PutItem",
                                                           "UpdateItem",
                                                           "DeleteItem",
                                                           "Query",
                                                           "Scan",
                                                           "BatchGetItem",
                                                           "BatchWriteItem",
                                                           "TransactGetItems",
                                                           "TransactWriteItems",
                                                           "ExecuteStatement",
                                                           "ExecuteTransaction"};
constexpr std::array<std::string_view, 8> kReads{
    "GetItem",          "Query",         "Scan",       "BatchGetItem",
    "TransactGetItems", "DescribeTable", "ListTables", "DescribeTimeToLive"};
constexpr std::array<std::string_view, 6> kConflicting{
    "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "TransactGetItems", "ExecuteTransaction"};
constexpr std::array<std::string_view, 2> kBatches{"BatchGetItem", "BatchWriteItem"};
constexpr std::array<std::string_view, 6> kLaggingReads{
    "GetItem", "Query", "Scan", "BatchGetItem", "ExecuteStatement", "BatchExecuteStatement"};

bool always(const SweepCall&) {
  return true;
}
bool is_data(const SweepCall& call) {
  return is_one_of(kDataOperations, call);
}
bool is_other(const SweepCall& call) {
  return !is_data(call);
}
// A read that was done and one that was not look the same.
bool may_change(const SweepCall& call) {
  return !is_one_of(kReads, call) && !call.operation.starts_with("List") && !call.operation.starts_with("Describe") &&
         !call.operation.starts_with("Get");
}
bool can_conflict(const SweepCall& call) {
  return is_one_of(kConflicting, call);
}
bool is_batch(const SweepCall& call) {
  return is_one_of(kBatches, call);
}
bool can_lag(const SweepCall& call) {
  return call.eventual && is_one_of(kLaggingReads, call);
}

constexpr std::array kFaults = {
    SweepFault{"throttle", "throttled before anything is done", R"({"effect":{"throttle":{}}})", is_data},
    SweepFault{"throttle", "throttled before anything is done",
               R"({"effect":{"error":{"code":"ThrottlingException"}}})", is_other},
    SweepFault{"500-before", "InternalServerError, nothing is done",
               R"({"effect":{"error":{"code":"InternalServerError"}}})", always},
    SweepFault{"500-after", "InternalServerError, though it was done",
               R"({"effect":{"error":{"code":"InternalServerError"}},"at":"afterCommit"})", may_change},
    SweepFault{"lost-answer", "it was done, then the connection breaks",
               R"({"effect":{"connection":"reset"},"at":"afterCommit"})", always},
    SweepFault{"conflict", "another transaction holds the item", R"({"effect":{"transactionConflict":{}}})",
               can_conflict},
    SweepFault{"partial-batch", "half of the batch comes back unprocessed",
               R"({"effect":{"partialBatch":{"unprocessed":0.5}}})", is_batch},
    SweepFault{"stale-read", "sees the version before the last write", R"({"effect":{"staleRead":{"versions":1}}})",
               can_lag},
};

}  // namespace

std::span<const SweepFault> sweep_faults() {
  return kFaults;
}

Only parse_only(std::string_view text) {
  Only only;
  const std::size_t slash = text.find('/');
  const std::string_view operation = text.substr(0, slash);
  const std::string_view fault = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  if (!operation.empty()) only.operation = std::string(operation);
  if (!fault.empty()) only.fault = std::string(fault);
  return only;
}

bool names_a_fault(const Only& only) {
  return std::any_of(kFaults.begin(), kFaults.end(),
                     [&only](const SweepFault& fault) { return glob_match(only.fault, fault.name); });
}

std::vector<Trial> plan_trials(const std::vector<SweepCall>& calls, const std::vector<Only>& only) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    for (const SweepFault& fault : kFaults) {
      const bool wanted = only.empty() || std::any_of(only.begin(), only.end(), [&](const Only& one) {
                            return glob_match(one.operation, calls[i].operation) && glob_match(one.fault, fault.name);
                          });
      if (wanted && fault.applies(calls[i])) trials.push_back({i, &fault});
    }
  }
  std::stable_sort(trials.begin(), trials.end(),
                   [&calls](const Trial& a, const Trial& b) { return calls[a.call].ordinal < calls[b.call].ordinal; });
  return trials;
}

boost::json::object rule_of(const Trial& trial, const SweepCall& call) {
  boost::json::object rule = boost::json::parse(trial.fault->rule).as_object();
  rule["name"] = kTrialRule;
  rule["when"] = call.when();
  rule["schedule"] = boost::json::object{{"skip", call.matches_before}, {"times", 1}};
  return rule;
}

}  // namespace fickle::cli
