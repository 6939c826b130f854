// Gate: decides the FaultPlan of each request, after its own validation and before its table is looked up. Implemented by faults/;
// the default lets everything pass. Called under the universe's mutex.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "emulator/api/call.hh"
#include "emulator/core/dice.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/service/fault_plan.hh"
#include "emulator/store/models.hh"

namespace fickle {

struct GateContext {
  std::string_view universe;
  Instant now{};  // the universe's virtual clock
  Dice& dice;
  const Models& models;  // latency model
  std::string_view marker;
  // Names of the table's primary key, partition key first; empty when there is no such table. For counters kept per key and for rivals.
  std::function<std::vector<std::string>(std::string_view table)> key_names;
};

// What became of the request, for counters (`effective`) and the log line of a fired fault.
struct GateReport {
  const FaultPlan* plan = nullptr;
  Effects effects;
  int status = 0;
  std::string error;              // code without prefix, or empty
  bool failed_by_itself = false;  // the work was begun and ended in an error of its own: nothing was disowned or cut
  const Call* call = nullptr;
  const Prepared* prepared = nullptr;
};

class Gate {
 public:
  Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  virtual ~Gate() = default;
  // Quick answer for the hot path: nothing can fire in this universe, no latency model is on, and this call carries no X-Fickle-Fault.
  [[nodiscard]] virtual bool idle(std::string_view universe, const Call& call, const Models& models) const = 0;
  [[nodiscard]] virtual FaultPlan plan(const Call& call, const Prepared& prepared, const GateContext& context) = 0;
  // How far the clock that judges the request's date is off, asked under --auth verify only; spends nothing. Without --auth verify the
  // plan itself refuses dates that a skewed clock finds more than 15 minutes off.
  [[nodiscard]] virtual Duration clock_skew(const Call& call, const GateContext& context) = 0;
  // Which effects of the plan had something to change: names of rules (of plan.fired) that did not.
  [[nodiscard]] virtual std::vector<std::string> report(const GateReport& report, const GateContext& context) = 0;
  // Universe life cycle: a fork copies the rules of the baseline; reset goes back to the baseline's rules; drop forgets. `now` is the new
  // universe's clock (windows of rules begin there); `models`, its own, is told how much history the rules in force need.
  virtual void universe_created(const std::string& name, const std::string& forked_from, Instant now,
                                Models& models) = 0;
  virtual void universe_reset(const std::string& name, bool keep_faults, Instant now, Models& models) = 0;
  virtual void universe_dropped(const std::string& name) = 0;
};

}  // namespace fickle
