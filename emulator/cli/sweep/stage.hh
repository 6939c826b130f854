// Stage: the server's side of a sweep - a snapshot of the beginning, back to it before each run, which calls came, what the tables hold.
// The rules of a run and the list of its calls stand beside what the command can change (control calls /sweep): it may reset the server,
// set rules of its own and ask for verdicts. When the stage ends, the server is as it was at the beginning: data, rules, simulation,
// clock. Throws Failure when the server does not play along.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emulator/cli/control.hh"
#include "emulator/cli/sweep/data.hh"

namespace fickle::cli {

// What the rule of a run did.
struct FaultTrace {
  bool fired = false;
  bool effective = false;
  std::size_t attempts = 0;  // of the call it hit
};

class Stage {
 public:
  explicit Stage(const Control& control);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  Stage(Stage&&) = delete;
  Stage& operator=(Stage&&) = delete;

  // Back to the beginning, with these rules and no others; history is kept, draws are rewound.
  void prepare(const json::array& rules) const;
  // The requests since then, and the rules with what became of them. Fails when the command has ended the sweep, or made too many.
  struct Watched {
    json::array requests, rules;
  };
  [[nodiscard]] Watched watched() const;
  [[nodiscard]] TablesData tables(const std::set<std::string>& names) const;

  // Everything as it was, and the sweep ended. The destructor does it too, as far as it can.
  void restore();

 private:
  void go_back() const;

  const Control& control_;
  std::string snapshot_;
  json::array rules_before_;
  json::value simulation_before_;
  std::optional<json::object> clock_before_;  // only when it does not simply run with the wall clock
  bool restored_ = false;
};

[[nodiscard]] std::set<std::string> tables_in(const json::array& requests);
[[nodiscard]] FaultTrace trace_of(const Stage::Watched& watched, std::string_view rule);

}  // namespace fickle::cli
