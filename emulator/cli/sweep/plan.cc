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

using Calls = std::vector<SweepCall>;

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
constexpr std::array<std::string_view, 3> kTransactions{"TransactWriteItems", "TransactGetItems", "ExecuteTransaction"};
constexpr std::array<std::string_view, 5> kSingleWrites{"PutItem", "UpdateItem", "DeleteItem", "ExecuteStatement",
                                                        "BatchExecuteStatement"};
constexpr std::array<std::string_view, 2> kBatches{"BatchGetItem", "BatchWriteItem"};
constexpr std::array<std::string_view, 6> kLaggingReads{
    "GetItem", "Query", "Scan", "BatchGetItem", "ExecuteStatement", "BatchExecuteStatement"};
constexpr std::array<std::string_view, 4> kReadingVerbs{"Get", "List", "Describe", "Query"};

bool is_data(const SweepCall& call) {
  return is_one_of(kDataOperations, call);
}
bool has_common_table(const SweepCall& one, const SweepCall& other) {
  return std::any_of(one.tables.begin(), one.tables.end(), [&other](const std::string& table) {
    return std::find(other.tables.begin(), other.tables.end(), table) != other.tables.end();
  });
}

bool always(const SweepCall&, const Calls&) {
  return true;
}
bool throttles(const SweepCall& call, const Calls&) {
  return is_data(call);
}
bool throttles_elsewhere(const SweepCall& call, const Calls&) {
  return !is_data(call);
}
// A read that was done and one that was not look the same.
bool may_change(const SweepCall& call, const Calls&) {
  if (call.writes) return true;
  const bool reads = std::any_of(kReadingVerbs.begin(), kReadingVerbs.end(),
                                 [&call](std::string_view verb) { return call.operation.starts_with(verb); });
  return !reads && !is_data(call) && call.operation != "BatchExecuteStatement";
}
bool meets_conflict(const SweepCall& call) {
  return is_one_of(kTransactions, call) || (is_one_of(kSingleWrites, call) && call.writes);
}
// A transaction may meet any write. A write by itself meets transactions only, so one that writes to its table must be about.
bool can_conflict(const SweepCall& call, const Calls& calls) {
  if (is_one_of(kTransactions, call)) return true;
  return meets_conflict(call) && std::any_of(calls.begin(), calls.end(), [&call](const SweepCall& other) {
           return is_one_of(kTransactions, other) && other.writes && has_common_table(call, other);
         });
}
bool is_batch(const SweepCall& call, const Calls&) {
  return is_one_of(kBatches, call);
}
bool meets_lag(const SweepCall& call) {
  return call.eventual && is_one_of(kLaggingReads, call);
}
bool can_lag(const SweepCall& call, const Calls&) {
  return meets_lag(call);
}
bool every(const SweepCall&) {
  return true;
}

constexpr std::array kFaults = {
    SweepFault{"throttle", "throttled before anything is done", R"({"effect":{"throttle":{}}})", throttles, every},
    SweepFault{"throttle", "throttled before anything is done",
               R"({"effect":{"error":{"code":"ThrottlingException"}}})", throttles_elsewhere, every},
    SweepFault{"500-before", "InternalServerError, nothing is done",
               R"({"effect":{"error":{"code":"InternalServerError"}}})", always, every},
    SweepFault{"500-after", "InternalServerError, though it was done",
               R"({"effect":{"error":{"code":"InternalServerError"}},"at":"afterCommit"})", may_change, every},
    SweepFault{"lost-answer", "it was done, then the connection breaks",
               R"({"effect":{"connection":"reset"},"at":"afterCommit"})", always, every},
    SweepFault{"conflict", "another transaction holds the item", R"({"effect":{"transactionConflict":{}}})",
               can_conflict, meets_conflict},
    SweepFault{"partial-batch", "half of the batch comes back unprocessed",
               R"({"effect":{"partialBatch":{"unprocessed":0.5}}})", is_batch, every},
    SweepFault{"stale-read", "sees the version before the last write", R"({"effect":{"staleRead":{"versions":1}}})",
               can_lag, meets_lag},
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
      if (wanted && fault.applies(calls[i], calls)) trials.push_back({i, &fault});
    }
  }
  std::stable_sort(trials.begin(), trials.end(),
                   [&calls](const Trial& a, const Trial& b) { return calls[a.call].ordinal < calls[b.call].ordinal; });
  return trials;
}

boost::json::object rule_of(const Trial& trial, const std::vector<SweepCall>& calls) {
  const SweepCall& call = calls[trial.call];
  const auto before =
      std::count_if(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(trial.call),
                    [&](const SweepCall& one) { return call.rule_matches(one) && trial.fault->meets(one); });
  boost::json::object rule = boost::json::parse(trial.fault->rule).as_object();
  rule["name"] = kTrialRule;
  rule["when"] = call.when();
  rule["schedule"] = boost::json::object{{"skip", before}, {"times", 1}};
  return rule;
}

}  // namespace fickle::cli
