// FaultPlan: everything the gate decided about one request, once, as a plain value.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/engine/conditions.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// A raw answer, as from a proxy between (effect `http`).
struct RawAnswer {
  int status = 502;
  HeaderList headers;
  std::string body;
};

// An error answer that a rule composed: the error, its status if overridden, members to merge last, headers to add.
struct ForcedError {
  ApiError error;
  std::optional<int> status;
  boost::json::object members;
  HeaderList headers;
  std::shared_ptr<const void> owner;  // keeps alive what the views in error.code() point into
};

// Waits until a rule is released, or `at_most` has passed; owned by the rule, shared with the waiting request.
class HoldGate {
 public:
  HoldGate() = default;
  HoldGate(const HoldGate&) = delete;
  HoldGate& operator=(const HoldGate&) = delete;
  virtual ~HoldGate() = default;
  // Blocks outside every lock; returns when released, timed out or `stop` says that the server ends.
  virtual void wait(Duration at_most, std::stop_token stop) = 0;
};
struct Hold {
  std::shared_ptr<HoldGate> gate;
  Duration at_most{0};
};

struct FaultPlan {
  std::vector<std::string> fired;  // names of the rules that fired, in order: header X-Fickle-Fired and the journal
  // Before the work, in this order of effect: waits, then one of refuse / raw / wire-before.
  Duration delay_before{0};
  std::vector<Hold> holds_before;
  std::optional<ForcedError> refuse;
  std::optional<RawAnswer> raw_before;
  // The connection dies before the work is done (at beforeCommit). The answer's wire plan when the work is done is `wire`.
  std::optional<WirePlan> wire_before;
  // Ride into the session.
  Conditions conditions;
  // After the work succeeded.
  Duration delay_after{0};
  std::vector<Hold> holds_after;
  std::optional<ForcedError> disown;
  std::optional<RawAnswer> raw_after;
  WirePlan wire;  // truncate, drip, bad_checksum always; reset, close, hang... when at is afterCommit
  Duration date_skew{0};
  // Rules whose effect depends on what the engine finds (Effects): by position in `fired`. The gate is told afterwards.
  std::uint64_t ticket = 0;  // identifies the plan to Gate::report
};

}  // namespace fickle
