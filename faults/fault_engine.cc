#include "faults/fault_engine.hh"

#include <mutex>

#include "emulator/admin/router.hh"
#include "faults/fired_line.hh"
#include "faults/models/latency.hh"

namespace fickle {
namespace {

constexpr std::string_view kOneOffHeader = "x-fickle-fault";

[[noreturn]] void refuse_one_off(const std::string& why) {
  throw ApiError("ValidationException", "X-Fickle-Fault: " + why);
}

// The header's rule: an effect in JSON, or the name of a rule that is there.
RulePtr one_off_of(const Call& call, const RuleSet& rules, const PreparePort& operations) {
  const auto header = call.header(kOneOffHeader);
  if (!header) return nullptr;
  if (header->empty() || header->front() != '{') {
    RulePtr rule = rules.find(*header);
    if (rule == nullptr) refuse_one_off("there is no rule named " + std::string(*header));
    return rule;
  }
  json::error_code failed;
  const json::value document = json::parse(json::string_view(header->data(), header->size()), failed);
  if (failed) refuse_one_off("this is no JSON");
  RulePtr rule;
  try {
    rule = parse_one_off({document, ""}, operations);
  } catch (const ControlError& error) {
    refuse_one_off((error.pointer.empty() ? "" : error.pointer + " ") + error.detail);
  }
  if (!rule->concerns(call.operation)) refuse_one_off(call.operation + " cannot show " + std::string(rule->kind->name));
  return rule;
}

}  // namespace

FaultEngine::FaultEngine(RuleServices services, std::function<void(const std::string&)> log)
    : services_(std::move(services)), log_(std::move(log)) {}

std::shared_ptr<RuleSet> FaultEngine::find(std::string_view universe) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_universe_.find(universe);
  return found == by_universe_.end() ? nullptr : found->second;
}

std::shared_ptr<RuleSet> FaultEngine::rules(std::string_view universe) {
  if (auto found = find(universe)) return found;
  const std::unique_lock lock(mutex_);
  auto& slot = by_universe_[std::string(universe)];
  if (slot == nullptr) slot = std::make_shared<RuleSet>();
  return slot;
}

std::shared_ptr<SweepWatch> FaultEngine::sweep(std::string_view universe) const {
  const std::shared_lock lock(mutex_);
  const auto found = sweeps_.find(universe);
  return found == sweeps_.end() ? nullptr : found->second;
}

void FaultEngine::set_sweep(std::string_view universe, std::shared_ptr<SweepWatch> watch) {
  const std::unique_lock lock(mutex_);
  if (watch == nullptr) {
    const auto found = sweeps_.find(universe);
    if (found != sweeps_.end()) sweeps_.erase(found);
  } else {
    sweeps_.insert_or_assign(std::string(universe), std::move(watch));
  }
}

void FaultEngine::note_whether_any() {
  const std::shared_lock lock(mutex_);
  any_rules_.store(!sweeps_.empty() || std::any_of(by_universe_.begin(), by_universe_.end(),
                                                   [](const auto& universe) { return !universe.second->empty(); }));
}

void FaultEngine::changed(std::string_view universe, Models& models) {
  HistoryNeeds needs = rules(universe)->history();
  if (const auto watch = sweep(universe)) {
    const HistoryNeeds more = watch->history();
    needs = {std::max(needs.age, more.age), std::max(needs.versions, more.versions)};
  }
  models.history_age = needs.age;
  models.history_versions = needs.versions;
  note_whether_any();
}

bool FaultEngine::idle(std::string_view universe, const Call& call, const Models& models) const {
  if (models.latency.read || models.latency.write || call.header(kOneOffHeader)) return false;
  if (!any_rules_.load(std::memory_order_relaxed)) return true;
  const auto rules = find(universe);
  return (rules == nullptr || rules->empty()) && sweep(universe) == nullptr;
}

FaultPlan FaultEngine::plan(const Call& call, const Prepared& prepared, const GateContext& context) {
  FaultPlan plan;
  const auto set = rules(context.universe);
  const RulePtr one_off = one_off_of(call, *set, services_.operations);
  const auto watch = sweep(context.universe);
  const bool decided = watch != nullptr && watch->plan(plan, call, prepared, context, services_);
  set->plan(plan, call, prepared, context, services_, one_off, decided);
  plan.delay_before += model_wait(context.models.latency, prepared.groups, context.dice);
  return plan;
}

Duration FaultEngine::clock_skew(const Call& call, const GateContext& context) {
  const auto set = find(context.universe);
  return set != nullptr ? set->clock_skew(call, context) : Duration{0};
}

std::vector<std::string> FaultEngine::report(const GateReport& report, const GateContext& context) {
  std::vector<std::string> without;
  if (report.plan->fired.empty()) return without;
  if (const auto watch = sweep(context.universe)) without = watch->report(report);
  if (const auto set = find(context.universe)) {
    for (std::string& name : set->report(report)) {
      if (std::find(without.begin(), without.end(), name) == without.end()) without.push_back(std::move(name));
    }
  }
  if (log_) {
    for (const std::string& name : report.plan->fired) {
      const bool effective = std::find(without.begin(), without.end(), name) == without.end();
      log_(fired_line(name, report, context, effective));
    }
  }
  return without;
}

void FaultEngine::universe_created(const std::string& name, const std::string& forked_from, Instant now,
                                   Models& models) {
  const auto origin = find(forked_from);
  const auto fresh = origin != nullptr ? std::make_shared<RuleSet>(*origin, now) : std::make_shared<RuleSet>();
  {
    const std::unique_lock lock(mutex_);
    by_universe_[name] = fresh;
  }
  changed(name, models);
}

void FaultEngine::universe_reset(const std::string& name, bool keep_faults, Instant now, Models& models) {
  const auto set = rules(name);
  set->release_all();
  if (const auto watch = sweep(name)) watch->release_all();
  if (!keep_faults) set->reset(now);
  changed(name, models);
}

void FaultEngine::universe_dropped(const std::string& name) {
  {
    const std::unique_lock lock(mutex_);
    by_universe_.erase(name);
    sweeps_.erase(name);
  }
  note_whether_any();
}

}  // namespace fickle
