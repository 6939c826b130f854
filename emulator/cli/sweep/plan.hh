// Plan: which fault is tried on which call, and in which order. Pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/cli/sweep/calls.hh"

namespace fickle::cli {

struct SweepFault {
  std::string_view name;
  std::string_view description;
  std::string_view rule;  // JSON: effect, and at
  // Whether it is worth trying on a call of those that the command makes: the service could answer so, and it makes a difference.
  bool (*applies)(const SweepCall& call, const std::vector<SweepCall>& calls);
  // Whether a rule with this effect meets such a call at all, and so counts it.
  bool (*meets)(const SweepCall& call);
};
[[nodiscard]] std::span<const SweepFault> sweep_faults();

struct Trial {
  std::size_t call = 0;  // position
  const SweepFault* fault = nullptr;
};

// "OPERATION/FAULT", both globs, either may be left out: "PutItem", "*/lost-answer", "/throttle".
struct Only {
  std::string operation = "*", fault = "*";
};
[[nodiscard]] Only parse_only(std::string_view text);
// Whether the fault's part names any fault at all: a typing mistake must not pass as "nothing to do".
[[nodiscard]] bool names_a_fault(const Only& only);

// First every fault on the first call of each kind, then on the second ...: a budget that ends early has then seen the most kinds.
// `only` empty: all.
[[nodiscard]] std::vector<Trial> plan_trials(const std::vector<SweepCall>& calls, const std::vector<Only>& only);

// The rule of a trial, hitting the first attempt of that call once.
inline constexpr std::string_view kTrialRule = "sweep";
[[nodiscard]] boost::json::object rule_of(const Trial& trial, const std::vector<SweepCall>& calls);

}  // namespace fickle::cli
