#include "faults/sweep_watch.hh"

#include <algorithm>

namespace fickle {
namespace {

constexpr std::size_t kSeenMax = 100'000;

std::vector<std::string> tables_of(const Prepared& prepared) {
  std::vector<std::string> tables;
  for (const Touch& touch : prepared.touches) {
    if (!touch.table.empty() && std::find(tables.begin(), tables.end(), touch.table) == tables.end())
      tables.push_back(touch.table);
  }
  return tables;
}

json::array texts(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& text : list) array.emplace_back(text);
  return array;
}

}  // namespace

bool SweepWatch::plan(FaultPlan& plan, const Call& call, const Prepared& prepared, const GateContext& context,
                      const RuleServices& services) {
  const bool decided = rules_.plan(plan, call, prepared, context, services, nullptr, false);
  note({.operation = call.operation,
        .invocation = std::string(call.invocation()),
        .tables = tables_of(prepared),
        .attempt = std::max(call.attempt, 1),
        .eventual = !prepared.consistent_read.value_or(true),
        .writes = std::any_of(prepared.touches.begin(), prepared.touches.end(),
                              [](const Touch& touch) { return touch.write; }),
        .faults = plan.fired});
  return decided;
}

void SweepWatch::note(Seen seen) {
  const std::lock_guard lock(mutex_);
  if (seen_.size() < kSeenMax) {
    seen_.push_back(std::move(seen));
  } else {
    ++dropped_;
  }
}

json::object SweepWatch::show() const {
  const auto without = rules_.unfired();
  json::array rules = rules_.show();
  for (json::value& rule : rules) {
    const std::string_view name = rule.at("name").get_string();
    rule.get_object()["effective"] = std::find(without.begin(), without.end(), name) == without.end();
  }
  const std::lock_guard lock(mutex_);
  json::array calls;
  for (const Seen& seen : seen_) {
    calls.push_back(json::object{{"operation", seen.operation},
                                 {"tables", texts(seen.tables)},
                                 {"invocation", seen.invocation},
                                 {"attempt", seen.attempt},
                                 {"eventual", seen.eventual},
                                 {"writes", seen.writes},
                                 {"faults", texts(seen.faults)}});
  }
  return {{"rules", std::move(rules)}, {"calls", std::move(calls)}, {"dropped", dropped_}};
}

}  // namespace fickle
