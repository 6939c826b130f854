#include "emulator/cli/sweep/stage.hh"

#include <unistd.h>

#include <algorithm>

#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

// Never fires; while it is there, the server keeps the versions that a stale read would see.
constexpr std::string_view kHistoryRule =
    R"({"name":"sweep-history","when":{"operation":"read"},"schedule":{"after":"876000h"},"effect":{"staleRead":{"versions":1}}})";

// A rule as it was set, without its counters.
json::object definition_of(const json::value& shown_rule) {
  json::object rule;
  for (const char* member : {"name", "enabled", "when", "schedule", "effect", "at", "force"}) {
    if (const json::value* value = object_in(shown_rule).if_contains(member)) rule[member] = *value;
  }
  return rule;
}

bool touched_by(const json::value& request, std::string_view rule) {
  const json::array& faults = list_in(request, "faults");
  return std::any_of(faults.begin(), faults.end(), [rule](const json::value& fault) { return shown(fault) == rule; });
}

}  // namespace

Stage::Stage(const Control& control) : control_(control), snapshot_("sweep-" + std::to_string(::getpid())) {
  // Moves nothing, but makes a universe that nobody has used yet.
  const json::object clock = object_in(control_.ask("POST", "/clock").body);
  const bool frozen = shown(clock, "mode") == "frozen";
  if (frozen || number_in(clock, "offsetSeconds") != 0) {
    clock_before_ = json::object{{"set", shown(clock, "now")}};
    if (frozen) (*clock_before_)["freeze"] = true;
  }
  const Reply rules = control_.call("GET", "/faults");
  if (!rules.ok()) throw Failure{"this server knows no fault rules: " + rules.problem()};
  for (const json::value& rule : list_in(rules.body, "faults")) rules_before_.push_back(definition_of(rule));
  (void)control_.ask("PUT", "/snapshots/" + snapshot_);
}

Stage::~Stage() {
  try {
    restore();
  } catch (const Failure&) {  // the server is gone, and its state with it
  }
}

void Stage::prepare(const json::array& rules) const {
  (void)control_.ask("POST", "/reset", json_text(json::object{{"to", snapshot_}, {"keep", json::array{"simulation"}}}));
  (void)control_.ask("DELETE", "/faults");
  if (clock_before_) (void)control_.ask("POST", "/clock", json_text(*clock_before_));
  json::array all = rules;
  all.push_back(json::parse(kHistoryRule));
  (void)control_.ask("POST", "/faults", json_text(all));
}

json::array Stage::requests() const {
  const Reply rules = control_.ask("GET", "/faults");
  const json::array& list = list_in(rules.body, "faults");
  const std::string history = shown(json::parse(kHistoryRule).at("name"));
  const bool there = std::any_of(list.begin(), list.end(),
                                 [&](const json::value& rule) { return shown(object_in(rule), "name") == history; });
  if (!there)
    throw Failure{"the command resets the server or its fault rules: a sweep needs both, so leave that out of it"};
  const Reply journal = control_.ask("GET", "/requests");
  if (number_in(object_in(journal.body), "dropped") > 0)
    throw Failure{"the command makes more requests than the journal holds: start the server with a larger --journal"};
  return list_in(journal.body, "requests");
}

TablesData Stage::tables(const std::set<std::string>& names) const {
  TablesData found;
  for (const std::string& name : names) {
    const Reply reply = control_.call("GET", "/fixtures/" + percent_encoded(name));
    if (!reply.ok() && reply.status != 404) throw Failure{reply.problem()};
    found[name] = reply.ok() ? table_data(reply.body, name) : std::nullopt;
  }
  return found;
}

void Stage::restore() {
  if (restored_) return;
  restored_ = true;
  (void)control_.ask("POST", "/reset", json_text(json::object{{"to", snapshot_}, {"keep", json::array{"simulation"}}}));
  (void)control_.ask("DELETE", "/faults");
  if (clock_before_) (void)control_.ask("POST", "/clock", json_text(*clock_before_));
  if (!rules_before_.empty()) (void)control_.ask("POST", "/faults", json_text(rules_before_));
  (void)control_.ask("DELETE", "/snapshots/" + snapshot_);
}

std::set<std::string> tables_in(const json::array& requests) {
  std::set<std::string> names;
  for (const json::value& request : requests) {
    for (const json::value& table : list_in(request, "tables")) names.insert(shown(table));
  }
  return names;
}

FaultTrace trace_of(const json::array& requests, std::string_view rule) {
  FaultTrace trace;
  std::string invocation;
  for (const json::value& entry : requests) {
    if (!touched_by(entry, rule)) continue;
    trace.fired = true;
    trace.effective = shown(object_in(entry), "effective") != "false";
    trace.attempts = 1;
    invocation = shown(object_in(entry), "invocation");
    break;
  }
  if (invocation.empty()) return trace;
  trace.attempts =
      static_cast<std::size_t>(std::count_if(requests.begin(), requests.end(), [&](const json::value& entry) {
        return shown(object_in(entry), "invocation") == invocation;
      }));
  return trace;
}

}  // namespace fickle::cli
