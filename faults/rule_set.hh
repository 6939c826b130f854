// RuleSet: the rules of one universe in their order, with what has been counted for each, and the rules of its baseline (from documents
// and --faults), to which a reset goes back. Thread-safe: one mutex, never held while somebody else's code waits.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults/rule.hh"

namespace fickle {

// What the set knows of the world around it.
struct RuleServices {
  const PreparePort& operations;
  std::string account;
};

class RuleSet {
 public:
  RuleSet() = default;
  // A fork: the baseline's rules, fresh.
  RuleSet(const RuleSet& origin, Instant now);
  RuleSet& operator=(const RuleSet&) = delete;

  // Adds all or none; 409 for a name that is taken. Returns what they are called.
  std::vector<std::string> add(const std::vector<ParsedRule>& rules, Instant now);
  // Rules of a document: a reset goes back to them. A rule of the same name is replaced in its place.
  void add_baseline(const std::vector<ParsedRule>& rules, Instant now);
  // Replaces in place, or adds at the end.
  void put(RulePtr rule, Instant now);
  [[nodiscard]] bool remove(std::string_view name);
  void clear();
  void release_all();
  void reset(Instant now);  // back to the baseline's rules, counters zero

  [[nodiscard]] json::array show() const;
  [[nodiscard]] std::optional<json::object> show(std::string_view name) const;
  [[nodiscard]] std::optional<std::size_t> release(
      std::string_view name);                              // how many were let go; nullopt: no such rule
  [[nodiscard]] std::vector<std::string> unfired() const;  // not parked, never fired with effect
  [[nodiscard]] bool empty() const;
  [[nodiscard]] HistoryNeeds history() const;

  // Decides one request: the one-off first, then the rules in order; those before may have `decided` already. Whether it is decided now.
  bool plan(FaultPlan& plan, const Call& call, const Prepared& prepared, const GateContext& context,
            const RuleServices& services, const RulePtr& one_off, bool decided);
  // How far the clock is off for this call, judged without its body.
  [[nodiscard]] Duration clock_skew(const Call& call, const GateContext& context) const;
  // Of the plan's rules, those whose effect found nothing to change.
  [[nodiscard]] std::vector<std::string> report(const GateReport& report);
  [[nodiscard]] RulePtr find(std::string_view name) const;

 private:
  struct Entry {
    RulePtr rule;
    Instant set_at{};
    std::uint64_t matched = 0, fired = 0, effective = 0;
    ScopedCounters counters;
    std::shared_ptr<EffectState> state;
  };
  struct Match {
    bool fires = false;
    std::vector<std::size_t> members;
  };
  [[nodiscard]] static Entry entry_of(RulePtr rule, Instant now);
  [[nodiscard]] static json::object shown(const Entry& entry);
  [[nodiscard]] Entry* entry(std::string_view name);
  [[nodiscard]] const Entry* entry(std::string_view name) const;
  [[nodiscard]] RulePtr named(RulePtr rule, const std::vector<ParsedRule>& beside);
  void place(RulePtr rule, Instant now);
  [[nodiscard]] static Match decide(Entry& entry, const Call& call, const Prepared& prepared,
                                    const GateContext& context, std::vector<std::size_t> members);

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::vector<RulePtr> baseline_;
  std::uint64_t next_number_ = 1;
};

}  // namespace fickle
