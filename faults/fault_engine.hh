// FaultEngine: the Gate of faults/ - the rule sets of all universes, sweeps, one-off faults, the latency model, and the log of what fired.
// Thread-safe: the map of universes has a lock, each rule set has its own. Nothing here calls out while holding one.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

#include "emulator/service/gate.hh"
#include "faults/rule_set.hh"
#include "faults/sweep_watch.hh"

namespace fickle {

class FaultEngine final : public Gate {
 public:
  // `log` takes one line per fired fault, without a newline; empty: quiet.
  FaultEngine(RuleServices services, std::function<void(const std::string& line)> log);

  [[nodiscard]] bool idle(std::string_view universe, const Call& call, const Models& models) const override;
  [[nodiscard]] FaultPlan plan(const Call& call, const Prepared& prepared, const GateContext& context) override;
  [[nodiscard]] Duration clock_skew(const Call& call, const GateContext& context) override;
  [[nodiscard]] std::vector<std::string> report(const GateReport& report, const GateContext& context) override;
  void universe_created(const std::string& name, const std::string& forked_from, Instant now, Models& models) override;
  void universe_reset(const std::string& name, bool keep_faults, Instant now, Models& models) override;
  void universe_dropped(const std::string& name) override;

  // The rules of a universe, made when missing.
  [[nodiscard]] std::shared_ptr<RuleSet> rules(std::string_view universe);
  // The sweep that is under way in a universe, or nullptr. Survives resets, not the universe.
  [[nodiscard]] std::shared_ptr<SweepWatch> sweep(std::string_view universe) const;
  void set_sweep(std::string_view universe, std::shared_ptr<SweepWatch> watch);
  // To be called after every change of a universe's rules or sweep: what the universe must remember, and whether requests need to be
  // planned at all.
  void changed(std::string_view universe, Models& models);
  [[nodiscard]] const RuleServices& services() const { return services_; }

 private:
  [[nodiscard]] std::shared_ptr<RuleSet> find(std::string_view universe) const;
  void note_whether_any();

  RuleServices services_;
  std::function<void(const std::string&)> log_;
  std::atomic<bool> any_rules_{false};
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<RuleSet>, std::less<>> by_universe_;
  std::map<std::string, std::shared_ptr<SweepWatch>, std::less<>> sweeps_;
};

}  // namespace fickle
