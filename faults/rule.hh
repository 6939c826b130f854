// Rule: a fault rule as it was set - when, schedule, effect, at. Immutable, shared by the universes that have it; its counters live in the
// rule set. Parsing is strict and happens in two steps: the shape of everything first, then whether it can happen at all.
// Source: control API, "Fault rules".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "faults/effect.hh"
#include "faults/match.hh"
#include "faults/node.hh"
#include "faults/schedule.hh"

namespace fickle {

struct Rule {
  std::string name;  // empty until the rule set gives it one
  bool enabled = true;
  Matcher when;
  Schedule schedule;
  const EffectKind* kind = nullptr;
  std::shared_ptr<const Effect> effect;
  At at = At::before_commit;
  bool at_given = false;
  bool force = false;
  json::object document;  // as set, presets resolved: what GET shows
  // Operations that could show the effect; empty when all that `when` admits can, and with force.
  std::vector<std::string_view> operations;

  // Whether the effect may happen to a request of this operation.
  [[nodiscard]] bool concerns(std::string_view operation) const;
};
using RulePtr = std::shared_ptr<const Rule>;

// The shape of one rule; throws ControlError. Members of a preset that the rule overrides are replaced whole.
[[nodiscard]] Rule parse_rule(const Node& node, const PreparePort& operations);
// Whether it can happen; throws ControlError at the member to blame. Fills in `operations`.
void check_feasible(Rule& rule, const std::string& pointer, const PreparePort& operations);
// One rule, an array of rules, or {"faults": [...]}: all shapes first, then all feasibility. Each rule comes with its pointer.
struct ParsedRule {
  RulePtr rule;
  std::string pointer;
};
[[nodiscard]] std::vector<ParsedRule> parse_rules(const Node& node, const PreparePort& operations);

// 409 when two of them have one name.
void check_names(const std::vector<ParsedRule>& rules);

// What a one-off is called where a rule's name stands.
inline constexpr std::string_view kOneOffName = "X-Fickle-Fault";
// {"<effect>":...}, {"effect":...,"at":...}: what the header X-Fickle-Fault holds.
[[nodiscard]] RulePtr parse_one_off(const Node& node, const PreparePort& operations);

}  // namespace fickle
