#include "faults/rule_set.hh"

#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

bool ever_selects(const Rule& rule) {
  return rule.when.selects_members() || rule.schedule.per() == Scope::key || rule.schedule.per() == Scope::table;
}

// The text that names a member's key: the key attributes where the table is known, else those that the rule names, else all it carries.
std::string key_scope(const Touch& touch, const GateContext& context, const Rule& rule) {
  std::string scope = touch.table;
  if (touch.carried == nullptr) return scope;
  std::vector<std::string> names;
  if (context.key_names) names = context.key_names(touch.table);
  if (names.empty()) names = rule.when.key_names();
  if (names.empty()) {
    scope += ' ';
    append_json(scope, *touch.carried);
    return scope;
  }
  for (const std::string& name : names) {
    scope += ' ';
    if (const Value* value = touch.carried->find(name)) append_json(scope, *value);
  }
  return scope;
}

// A one-off has no entry: what its report needs travels in the plan's ticket. 0: no one-off.
constexpr std::uint64_t kAfterCommitBit = 256;
std::uint64_t ticket_of(const Rule& one_off) {
  return 1 + static_cast<std::uint64_t>(one_off.effect->evidence()) +
         (one_off.at == At::after_commit ? kAfterCommitBit : 0);
}
Evidence evidence_of(std::uint64_t ticket) {
  return static_cast<Evidence>(ticket % kAfterCommitBit - 1);
}
At at_of(std::uint64_t ticket) {
  return ticket >= kAfterCommitBit ? At::after_commit : At::before_commit;
}

bool had_effect(Evidence evidence, At at, const GateReport& report) {
  switch (evidence) {
    case Evidence::always: return at == At::before_commit || !report.failed_by_itself;
    case Evidence::stale: return report.effects.stale;
    case Evidence::shortened: return report.effects.shortened;
    case Evidence::contended: return report.effects.contended;
    case Evidence::forced: return report.effects.forced;
  }
  return true;
}

}  // namespace

RuleSet::RuleSet(const RuleSet& origin, Instant now) {
  const std::lock_guard lock(origin.mutex_);
  baseline_ = origin.baseline_;
  for (const RulePtr& rule : baseline_) entries_.push_back(std::make_unique<Entry>(entry_of(rule, now)));
}

RuleSet::Entry RuleSet::entry_of(RulePtr rule, Instant now) {
  auto state = rule->effect->make_state();
  return {std::move(rule), now, 0, 0, 0, {}, std::move(state)};
}

RuleSet::Entry* RuleSet::entry(std::string_view name) {
  for (const auto& entry : entries_) {
    if (entry->rule->name == name) return entry.get();
  }
  return nullptr;
}

const RuleSet::Entry* RuleSet::entry(std::string_view name) const {
  return const_cast<RuleSet*>(this)->entry(name);
}

// The rule with a name: its own, or the next free one, which no rule added `beside` it has either.
RulePtr RuleSet::named(RulePtr rule, const std::vector<ParsedRule>& beside) {
  if (!rule->name.empty()) return rule;
  auto copy = std::make_shared<Rule>(*rule);
  bool taken = true;
  while (taken) {
    copy->name = "fault-" + std::to_string(next_number_++);
    taken = entry(copy->name) != nullptr || std::any_of(beside.begin(), beside.end(), [&copy](const ParsedRule& other) {
              return other.rule->name == copy->name;
            });
  }
  return copy;
}

// In the place of the rule of that name, or at the end.
void RuleSet::place(RulePtr rule, Instant now) {
  auto fresh = std::make_unique<Entry>(entry_of(std::move(rule), now));
  for (auto& entry : entries_) {
    if (entry->rule->name != fresh->rule->name) continue;
    entry = std::move(fresh);
    return;
  }
  entries_.push_back(std::move(fresh));
}

std::vector<std::string> RuleSet::add(const std::vector<ParsedRule>& rules, Instant now) {
  check_names(rules);
  const std::lock_guard lock(mutex_);
  for (const ParsedRule& parsed : rules) {
    const std::string& name = parsed.rule->name;
    if (!name.empty() && entry(name) != nullptr) {
      refuse(parsed.pointer + "/name", "there is a rule named " + name + " already", 409);
    }
  }
  std::vector<std::string> names;
  for (const ParsedRule& parsed : rules) {
    RulePtr rule = named(parsed.rule, rules);
    names.push_back(rule->name);
    place(std::move(rule), now);
  }
  return names;
}

void RuleSet::add_baseline(const std::vector<ParsedRule>& rules, Instant now) {
  check_names(rules);
  const std::lock_guard lock(mutex_);
  for (const ParsedRule& parsed : rules) {
    const RulePtr rule = named(parsed.rule, rules);
    const auto same = std::find_if(baseline_.begin(), baseline_.end(),
                                   [&rule](const RulePtr& other) { return other->name == rule->name; });
    if (same != baseline_.end()) {
      *same = rule;
    } else {
      baseline_.push_back(rule);
    }
    place(rule, now);
  }
}

void RuleSet::put(RulePtr rule, Instant now) {
  const std::lock_guard lock(mutex_);
  place(std::move(rule), now);
}

void RuleSet::release_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : entries_) {
    if (entry->state != nullptr) entry->state->release();
  }
}

bool RuleSet::remove(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto count = entries_.size();
  entries_.erase(
      std::remove_if(entries_.begin(), entries_.end(), [name](const auto& entry) { return entry->rule->name == name; }),
      entries_.end());
  return entries_.size() != count;
}

void RuleSet::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

void RuleSet::reset(Instant now) {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  next_number_ = 1;
  for (const RulePtr& rule : baseline_) entries_.push_back(std::make_unique<Entry>(entry_of(rule, now)));
}

json::object RuleSet::shown(const Entry& entry) {
  json::object rule;
  rule["name"] = entry.rule->name;
  rule["enabled"] = entry.rule->enabled;
  for (const auto& member : entry.rule->document) rule.insert(member);  // those that are there stay
  rule["matched"] = entry.matched;
  rule["fired"] = entry.fired;
  const auto times = entry.rule->schedule.times();
  rule["remaining"] = times ? json::value(*times > entry.fired ? *times - entry.fired : 0) : json::value(nullptr);
  rule["waiting"] = entry.state != nullptr ? entry.state->waiting() : 0;
  return rule;
}

json::array RuleSet::show() const {
  const std::lock_guard lock(mutex_);
  json::array list;
  for (const auto& entry : entries_) list.push_back(shown(*entry));
  return list;
}

std::optional<json::object> RuleSet::show(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const Entry* found = entry(name);
  return found != nullptr ? std::optional(shown(*found)) : std::nullopt;
}

std::optional<std::size_t> RuleSet::release(std::string_view name) {
  const std::lock_guard lock(mutex_);
  Entry* found = entry(name);
  if (found == nullptr) return std::nullopt;
  return found->state != nullptr ? found->state->release() : 0;
}

std::vector<std::string> RuleSet::unfired() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& entry : entries_) {
    if (entry->rule->enabled && entry->effective == 0) names.push_back(entry->rule->name);
  }
  return names;
}

bool RuleSet::empty() const {
  const std::lock_guard lock(mutex_);
  return entries_.empty();
}

RulePtr RuleSet::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const Entry* found = entry(name);
  return found != nullptr ? found->rule : nullptr;
}

HistoryNeeds RuleSet::history() const {
  const std::lock_guard lock(mutex_);
  HistoryNeeds most;
  for (const auto& entry : entries_) {
    const HistoryNeeds needs = entry->rule->effect->history();
    most.age = std::max(most.age, needs.age);
    most.versions = std::max(most.versions, needs.versions);
  }
  return most;
}

RuleSet::Match RuleSet::decide(Entry& entry, const Call& call, const Prepared& prepared, const GateContext& context,
                               std::vector<std::size_t> members) {
  const Schedule& schedule = entry.rule->schedule;
  if (!schedule.is_open(entry.set_at, context.now)) return {};
  const auto advance = [&](const std::string& scope, std::string_view source) {
    return schedule.advance(entry.counters.of(scope), context.now, context.dice, source);
  };
  const std::string& name = entry.rule->name;
  switch (schedule.per()) {
    case Scope::rule:
    case Scope::universe: return {advance("", name), std::move(members)};
    case Scope::invocation:
      // Without an id each request is an invocation of its own, of which nothing needs to be remembered. The dice are the rule's: ids
      // differ from run to run.
      if (call.invocation().empty()) {
        ScopeCounters alone;
        return {schedule.advance(alone, context.now, context.dice, name), std::move(members)};
      }
      return {advance(std::string(call.invocation()), name), std::move(members)};
    case Scope::table:
    case Scope::key: break;
  }
  // Each table or key of the request advances its own counter, once; its members fire together.
  Match match;
  std::vector<std::pair<std::string, bool>> scopes;
  if (members.empty()) return {advance("", name), {}};
  for (const std::size_t position : members) {
    const Touch& touch = prepared.touches[position];
    std::string scope = schedule.per() == Scope::table ? touch.table : key_scope(touch, context, *entry.rule);
    auto known = std::find_if(scopes.begin(), scopes.end(), [&scope](const auto& seen) { return seen.first == scope; });
    if (known == scopes.end()) {
      const bool fires = advance(scope, name + "@" + scope);
      scopes.emplace_back(std::move(scope), fires);
      known = scopes.end() - 1;
    }
    if (known->second) match.members.push_back(position);
  }
  match.fires = !match.members.empty();
  return match;
}

bool RuleSet::plan(FaultPlan& plan, const Call& call, const Prepared& prepared, const GateContext& context,
                   const RuleServices& services, const RulePtr& one_off, bool decided) {
  const std::lock_guard lock(mutex_);
  const auto fire = [&](const Rule& rule, EffectState* state, std::vector<std::size_t> members) {
    rule.effect->apply(plan, {call, prepared, context, services.operations, services.account, rule.name,
                              std::move(members), ever_selects(rule), rule.at, rule.force, state});
    plan.fired.push_back(rule.name);
    decided = decided || !rule.effect->waits();
  };
  if (one_off != nullptr && (!decided || one_off->effect->waits())) {
    std::vector<std::size_t> all(prepared.touches.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    Entry* parked = entry(one_off->name);
    if (parked != nullptr) {
      ++parked->matched;
      ++parked->fired;
      fire(*parked->rule, parked->state.get(), std::move(all));
    } else {
      const auto state = one_off->effect->make_state();
      fire(*one_off, state.get(), std::move(all));
      plan.ticket = ticket_of(*one_off);
    }
  }
  if (entries_.empty()) return decided;
  const Subject subject = subject_of(call, prepared, context.marker);
  for (const auto& entry : entries_) {
    const Rule& rule = *entry->rule;
    if (!rule.enabled || (decided && !rule.effect->waits()) || !rule.concerns(call.operation)) continue;
    if (!rule.effect->may_meet(call, prepared)) continue;
    auto members = rule.when.match(subject);
    if (!members) continue;
    ++entry->matched;
    Match match;
    if (rule.effect->goes_on(call, prepared, context.now, entry->state.get())) {
      match = {true, *std::move(members)};
    } else {
      match = decide(*entry, call, prepared, context, *std::move(members));
    }
    if (!match.fires) continue;
    ++entry->fired;
    fire(rule, entry->state.get(), std::move(match.members));
  }
  return decided;
}

Duration RuleSet::clock_skew(const Call& call, const GateContext& context) const {
  const std::lock_guard lock(mutex_);
  const Prepared unknown;
  const Subject subject = subject_of(call, unknown, context.marker);
  for (const auto& entry : entries_) {
    const Rule& rule = *entry->rule;
    if (!rule.enabled || rule.effect->date_skew() == Duration{0} || rule.when.selects_members()) continue;
    if (!rule.schedule.is_open(entry->set_at, context.now) || !rule.when.match(subject)) continue;
    return rule.effect->date_skew();
  }
  return Duration{0};
}

std::vector<std::string> RuleSet::report(const GateReport& report) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> without;
  for (const std::string& name : report.plan->fired) {
    Entry* found = entry(name);
    if (found == nullptr) {  // the one-off, or removed meanwhile
      const std::uint64_t ticket = name == kOneOffName ? report.plan->ticket : 0;
      if (ticket != 0 && !had_effect(evidence_of(ticket), at_of(ticket), report)) without.push_back(name);
      continue;
    }
    if (had_effect(found->rule->effect->evidence(), found->rule->at, report)) {
      ++found->effective;
    } else {
      without.push_back(name);
    }
  }
  return without;
}

}  // namespace fickle
