// SweepWatch: what `fickledb sweep` has a universe do beside its own rules - the rule of the present run, and a list of the requests that
// reached the gate. Whatever the swept command does to the universe (resets, rules, journal, verdicts) leaves it alone, and it shows in
// none of these. Thread-safe.
#pragma once

#include <mutex>

#include "faults/rule_set.hh"

namespace fickle {

class SweepWatch {
 public:
  // Empty `rules` only watches. Throws ControlError for names that are given twice.
  SweepWatch(const std::vector<ParsedRule>& rules, Instant now) { (void)rules_.add(rules, now); }

  // Decides before all other rules; whether it decided.
  bool plan(FaultPlan& plan, const Call& call, const Prepared& prepared, const GateContext& context,
            const RuleServices& services);
  [[nodiscard]] std::vector<std::string> report(const GateReport& report) { return rules_.report(report); }
  [[nodiscard]] HistoryNeeds history() const { return rules_.history(); }
  void release_all() { rules_.release_all(); }

  // {"rules": [with counters and `effective`], "calls": [...], "dropped": n}
  [[nodiscard]] json::object show() const;

 private:
  struct Seen {
    std::string operation, invocation;
    std::vector<std::string> tables;
    int attempt = 1;
    bool eventual = false, writes = false;
    std::vector<std::string> faults;  // of the watch
  };
  void note(Seen seen);

  RuleSet rules_;
  mutable std::mutex mutex_;
  std::vector<Seen> seen_;
  std::uint64_t dropped_ = 0;
};

}  // namespace fickle
