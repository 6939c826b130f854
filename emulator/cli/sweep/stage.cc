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
  const Reply simulation = control_.ask("GET", "/simulation");
  simulation_before_ = simulation.body;
  (void)control_.ask("PUT", "/snapshots/" + snapshot_);
}

Stage::~Stage() {
  try {
    restore();
  } catch (const Failure&) {  // the server is gone, and its state with it
  }
}

// The command may have set rules and models of its own, or moved the clock.
void Stage::go_back() const {
  (void)control_.ask("POST", "/reset", json_text(json::object{{"to", snapshot_}}));
  (void)control_.ask("DELETE", "/faults");
  (void)control_.ask("PUT", "/simulation", json_text(simulation_before_));
  if (clock_before_) (void)control_.ask("POST", "/clock", json_text(*clock_before_));
}

void Stage::prepare(const json::array& rules) const {
  go_back();
  json::array all = rules;
  all.push_back(json::parse(kHistoryRule));
  (void)control_.ask("PUT", "/sweep", json_text(json::object{{"rules", all}}));
}

Stage::Watched Stage::watched() const {
  const Reply reply = control_.call("GET", "/sweep");
  if (reply.status == 404) throw Failure{"the command ends the sweep, or drops its universe: leave that out of it"};
  if (!reply.ok()) throw Failure{reply.problem()};
  if (number_in(object_in(reply.body), "dropped") > 0)
    throw Failure{"the command makes more calls than a sweep can remember: sweep a part of it"};
  return {list_in(reply.body, "calls"), list_in(reply.body, "rules")};
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
  (void)control_.call("DELETE", "/sweep");  // there is none before the first run
  go_back();
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

FaultTrace trace_of(const Stage::Watched& watched, std::string_view rule) {
  FaultTrace trace;
  for (const json::value& entry : watched.rules) {
    const json::object& one = object_in(entry);
    if (shown(one, "name") == rule) trace.effective = shown(one, "effective") == "true";
  }
  const auto& requests = watched.requests;
  const auto hit = std::find_if(requests.begin(), requests.end(),
                                [rule](const json::value& entry) { return touched_by(entry, rule); });
  if (hit == requests.end()) return {};
  trace.fired = true;
  const std::string invocation = shown(object_in(*hit), "invocation");
  const auto same = std::count_if(requests.begin(), requests.end(), [&invocation](const json::value& entry) {
    return shown(object_in(entry), "invocation") == invocation;
  });
  trace.attempts = invocation.empty() ? 1 : static_cast<std::size_t>(same);
  return trace;
}

}  // namespace fickle::cli
