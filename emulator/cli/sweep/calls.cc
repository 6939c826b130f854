#include "emulator/cli/sweep/calls.hh"

#include <algorithm>
#include <set>

#include "emulator/cli/json_view.hh"

namespace fickle::cli {

namespace json = boost::json;

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

// A rule names one table; without any it matches all requests of the operation.
bool SweepCall::rule_matches(const SweepCall& other) const {
  return operation == other.operation &&
         (tables.empty() || std::find(other.tables.begin(), other.tables.end(), tables.front()) != other.tables.end());
}

std::vector<SweepCall> calls_in(const json::array& requests) {
  std::vector<SweepCall> calls;
  std::set<std::string> seen;  // invocations
  for (const json::value& entry : requests) {
    const json::object& request = object_in(entry);
    const std::string invocation = shown(request, "invocation");
    if (number_in(request, "attempt") > 1) continue;
    if (!invocation.empty() && !seen.insert(invocation).second) continue;
    SweepCall call{.operation = shown(request, "operation"),
                   .tables = {},
                   .eventual = shown(request, "eventual") == "true",
                   .writes = shown(request, "writes") == "true"};
    for (const json::value& table : list_in(entry, "tables")) call.tables.push_back(shown(table));
    std::sort(call.tables.begin(), call.tables.end());
    for (const SweepCall& before : calls) {
      if (before.operation == call.operation && before.tables == call.tables) ++call.ordinal;
    }
    calls.push_back(std::move(call));
  }
  return calls;
}

}  // namespace fickle::cli
