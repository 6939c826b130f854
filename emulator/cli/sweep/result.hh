// Results of a sweep: what became of each trial, and of all. Plain values.
#pragma once

#include <string>
#include <vector>

#include "emulator/cli/sweep/data.hh"
#include "emulator/cli/sweep/plan.hh"
#include "emulator/core/units.hh"

namespace fickle::cli {

struct TrialResult {
  Trial trial;
  bool passed = false;     // the command, within its time
  std::string end;         // "passed", "exit 1", "timed out"
  bool fired = false;      // the fault reached its call
  bool effective = false;  // and found something to change
  std::size_t attempts = 0;
  std::string difference;  // of the data, empty: none
  std::string last_line;   // of what the command printed
  std::string output;
  Duration lasted{0};

  [[nodiscard]] bool survived() const { return passed && difference.empty(); }
};

struct SweepResult {
  std::vector<std::string> command;
  std::string endpoint, seed;
  std::vector<SweepCall> calls;
  std::vector<TrialResult> trials;  // in the order of the calls
  std::size_t planned = 0;
  LeftOut left_out;
  bool interrupted = false;
  Duration lasted{0};

  [[nodiscard]] std::size_t failures() const;
};

// "survived", "did not survive", "not reached", "no effect"
[[nodiscard]] std::string verdict_of(const TrialResult& result);

[[nodiscard]] std::string sweep_text(const SweepResult& result);  // tables for a terminal
[[nodiscard]] boost::json::object sweep_json(const SweepResult& result);
[[nodiscard]] std::string sweep_junit(const SweepResult& result);  // JUnit's XML

}  // namespace fickle::cli
