// Stage: the server's side of a sweep - a snapshot of the beginning, back to it before each run, what the journal saw, what the tables hold.
// When it ends, the server is as it was at the beginning: data, rules, clock. Throws Failure when the server does not play along.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emulator/cli/control.hh"
#include "emulator/cli/sweep/data.hh"

namespace fickle::cli {

// What the rule of a run did, from the journal.
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
  // The requests since then. Fails when the command has reset the server or its rules, or the journal was too short.
  [[nodiscard]] json::array requests() const;
  [[nodiscard]] TablesData tables(const std::set<std::string>& names) const;

  // Everything as it was. The destructor does it too, as far as it can.
  void restore();

 private:
  const Control& control_;
  std::string snapshot_;
  json::array rules_before_;
  std::optional<json::object> clock_before_;  // only when it does not simply run with the wall clock
  bool restored_ = false;
};

[[nodiscard]] std::set<std::string> tables_in(const json::array& requests);
[[nodiscard]] FaultTrace trace_of(const json::array& requests, std::string_view rule);

}  // namespace fickle::cli
