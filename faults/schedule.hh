// Schedule: when a rule fires among the requests it matches. The Schedule is immutable; what has been counted lives in Counters, one per
// scope (`per`). Tests in this order: window (after, for, flap), skip, every, sequence / then, rate, probability, times. Outside the
// window nothing advances. All time is the universe's virtual clock, all chance the universe's dice, keyed by the rule.
// Source: control API, "Fault rules", schedule. Counters are guarded by their owner (the rule set's mutex).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "emulator/core/dice.hh"
#include "faults/node.hh"

namespace fickle {

// What the counters are kept for. `rule` and `universe` are one: rules are never shared between universes.
enum class Scope { rule, table, key, invocation, universe };

struct ScopeCounters {
  std::uint64_t seen = 0;       // matches inside the window
  std::uint64_t sequenced = 0;  // of these, past skip and every
  std::uint64_t fired = 0;
  // rate: requests let through, newest last, by instant; only those of the current window are kept.
  std::deque<std::pair<Instant, std::uint64_t>> let_through;
  std::uint64_t let_through_count = 0;  // sum of these
};

class Schedule {
 public:
  Schedule() = default;                                   // every match
  [[nodiscard]] static Schedule parse(const Node& node);  // throws ControlError

  // Whether the window is open at `now` for a rule set at `set_at`.
  [[nodiscard]] bool is_open(Instant set_at, Instant now) const;
  // Counts one match inside the window and says whether it fires. `source` keys the dice.
  [[nodiscard]] bool advance(ScopeCounters& counters, Instant now, Dice& dice, std::string_view source) const;

  [[nodiscard]] Scope per() const { return per_; }
  [[nodiscard]] std::optional<std::uint64_t> times() const { return times_; }

 private:
  struct Flap {
    Duration period{0}, active{0};
  };
  struct Rate {
    std::uint64_t count = 0;
    Duration window{0};
  };
  enum class Then { pass, fail, repeat };
  [[nodiscard]] bool in_sequence(std::uint64_t nth) const;
  [[nodiscard]] bool exceeds_rate(ScopeCounters& counters, Instant now) const;

  std::optional<Duration> after_, for_;
  std::optional<Flap> flap_;
  std::uint64_t skip_ = 0;
  std::uint64_t every_ = 1;
  std::vector<bool> sequence_;  // true: fail
  Then then_ = Then::pass;
  std::optional<Rate> rate_;
  std::optional<double> probability_;
  std::optional<std::uint64_t> times_;
  Scope per_ = Scope::rule;
};

// The counters of one rule by scope. Bounded: the scopes first seen go first once there are too many (invocations come and go).
class ScopedCounters {
 public:
  [[nodiscard]] ScopeCounters& of(const std::string& scope);
  void clear();
  [[nodiscard]] std::size_t size() const { return by_scope_.size(); }

 private:
  std::unordered_map<std::string, ScopeCounters> by_scope_;
  std::deque<std::string> order_;
};

}  // namespace fickle
