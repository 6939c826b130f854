// Calls: what a command asked of DynamoDB in a run that nothing disturbed, and how a rule finds each of them again.
// A call is one invocation: the operation, its tables, and its ordinal among those with the same of both. Pure functions.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace fickle::cli {

// Rules that change nothing (no latency at all) but leave their names in the journal: which requests reached the gate where faults are
// decided (a request that is refused as invalid does not), and which of them are eventually consistent reads.
inline constexpr std::string_view kGateProbe = "sweep-gate";
inline constexpr std::string_view kEventualProbe = "sweep-eventual";
[[nodiscard]] boost::json::array probe_rules();

struct SweepCall {
  std::string operation;
  std::vector<std::string> tables;
  std::size_t ordinal = 1;  // from 1
  std::size_t matches_before =
      0;                  // first attempts before it that a rule on this operation and its first table would match too
  bool eventual = false;  // a read that may see the past

  [[nodiscard]] std::string label() const;  // "UpdateItem orders #2"
  // The `when` of a rule that matches it.
  [[nodiscard]] boost::json::object when() const;
};

// `requests` as GET /requests lists them, with the probes set.
[[nodiscard]] std::vector<SweepCall> calls_in(const boost::json::array& requests);

}  // namespace fickle::cli
