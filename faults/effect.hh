// Effect: what a rule does to a request it fires on. One file per kind in effects/, one row in effects/effects.cc. An Effect is immutable
// and shared by every universe that has the rule; what it must remember lives in an EffectState, one per rule and universe.
// An effect fills in a FaultPlan and does nothing else: the pipeline, the engine and the transport carry it out.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/call.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/service/fault_plan.hh"
#include "emulator/service/gate.hh"
#include "emulator/service/prepare_port.hh"
#include "faults/match.hh"
#include "faults/node.hh"

namespace fickle {

enum class At { before_commit, after_commit };

// Thread-safety: guarded by the rule set's mutex, except where an effect says otherwise.
class EffectState {
 public:
  EffectState() = default;
  EffectState(const EffectState&) = delete;
  EffectState& operator=(const EffectState&) = delete;
  virtual ~EffectState() = default;
  [[nodiscard]] virtual std::size_t waiting() const { return 0; }  // requests held now
  virtual std::size_t release() { return 0; }                      // lets them go; how many there were
};

// One firing: a rule on a request.
struct Firing {
  const Call& call;
  const Prepared& prepared;
  const GateContext& gate;
  const PreparePort& operations;
  std::string_view account;
  std::string_view source;           // of dice: the rule's name
  std::vector<std::size_t> members;  // positions the rule fires on
  bool selected = false;             // the rule picks members: those left out are none of its business
  At at = At::before_commit;
  bool force = false;
  EffectState* state = nullptr;
};

// Which of the engine's findings says that the effect had something to change.
enum class Evidence { always, stale, shortened, contended, forced };

// How the effect goes with `at: afterCommit`.
enum class AfterCommit { refused, forced, allowed };

struct HistoryNeeds {
  Duration age{0};
  int versions = 0;
};

class Effect {
 public:
  Effect() = default;
  Effect(const Effect&) = delete;
  Effect& operator=(const Effect&) = delete;
  virtual ~Effect() = default;

  virtual void apply(FaultPlan& plan, const Firing& firing) const = 0;
  // Waits add up and decide nothing.
  [[nodiscard]] virtual bool waits() const { return false; }
  // Whether a request of this operation that `when` admits could show the effect.
  [[nodiscard]] virtual bool can_show(const OperationFacts& operation, const Matcher& when) const = 0;
  // Whether this very request could: what it is not meant for passes by, without being matched.
  [[nodiscard]] virtual bool may_meet(const Call&, const Prepared&) const { return true; }
  // The member to blame when none can, relative to the effect's parameters ("/code"), and why.
  [[nodiscard]] virtual std::string culprit() const { return ""; }
  [[nodiscard]] virtual AfterCommit after_commit() const { return AfterCommit::refused; }
  [[nodiscard]] virtual Evidence evidence() const { return Evidence::always; }
  // How far the service's clock is off while the rule stands (clockSkew).
  [[nodiscard]] virtual Duration date_skew() const { return Duration{0}; }
  [[nodiscard]] virtual HistoryNeeds history() const { return {}; }
  [[nodiscard]] virtual std::shared_ptr<EffectState> make_state() const { return nullptr; }
  // An earlier firing is still in force for this request: it fires again without asking the schedule.
  [[nodiscard]] virtual bool goes_on(const Call&, const Prepared&, Instant, const EffectState*) const { return false; }
};

struct EffectKind {
  std::string_view name;   // the member of `effect`
  std::string_view shows;  // one line: what the client sees
  // Throws ControlError at the pointer of a bad parameter.
  std::shared_ptr<const Effect> (*parse)(const Node& parameters, const PreparePort& operations);
};

// Every kind, in the order of the catalogue.
[[nodiscard]] std::span<const EffectKind* const> effect_kinds();
[[nodiscard]] const EffectKind* find_effect_kind(std::string_view name);  // nullptr when unknown

// For effects without parameters: {} or true.
void take_no_parameters(const Node& parameters, std::string_view effect);

}  // namespace fickle
