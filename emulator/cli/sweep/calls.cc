#include "emulator/cli/sweep/calls.hh"

#include <algorithm>
#include <set>

#include "emulator/cli/json_view.hh"

namespace fickle::cli {

namespace json = boost::json;

namespace {

bool names(const json::array& faults, std::string_view rule) {
  return std::any_of(faults.begin(), faults.end(), [rule](const json::value& fault) {
    return fault.is_string() && std::string_view(fault.get_string()) == rule;
  });
}

// A rule names one table; without any it matches all requests of the operation.
bool rule_for_matches(const SweepCall& target, const SweepCall& other) {
  return target.operation == other.operation &&
         (target.tables.empty() ||
          std::find(other.tables.begin(), other.tables.end(), target.tables.front()) != other.tables.end());
}

}  // namespace

json::array probe_rules() {
  const json::object nothing{{"latency", "0s"}};
  return {
      json::object{{"name", kGateProbe}, {"effect", nothing}},
      json::object{{"name", kEventualProbe}, {"when", json::object{{"consistentRead", false}}}, {"effect", nothing}}};
}

std::string SweepCall::label() const {
  std::string text = operation;
  for (const std::string& table : tables) text += (&table == &tables.front() ? " " : "+") + table;
  return text + " #" + std::to_string(ordinal);
}

json::object SweepCall::when() const {
  json::object when{{"operation", operation}, {"attempt", 1}};
  if (!tables.empty()) when["table"] = tables.front();
  return when;
}

std::vector<SweepCall> calls_in(const json::array& requests) {
  std::vector<SweepCall> calls;
  std::set<std::string> seen;  // invocations
  for (const json::value& entry : requests) {
    const json::object& request = object_in(entry);
    const json::array& faults = list_in(entry, "faults");
    const std::string invocation = shown(request, "invocation");
    if (!names(faults, kGateProbe) || number_in(request, "attempt") > 1) continue;
    if (!invocation.empty() && !seen.insert(invocation).second) continue;
    SweepCall call{shown(request, "operation"), {}, 1, 0, names(faults, kEventualProbe)};
    for (const json::value& table : list_in(entry, "tables")) call.tables.push_back(shown(table));
    std::sort(call.tables.begin(), call.tables.end());
    for (const SweepCall& before : calls) {
      if (before.operation == call.operation && before.tables == call.tables) ++call.ordinal;
      if (rule_for_matches(call, before)) ++call.matches_before;
    }
    calls.push_back(std::move(call));
  }
  return calls;
}

}  // namespace fickle::cli
