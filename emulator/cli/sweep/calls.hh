// Calls: what a command asked of DynamoDB in a run that nothing disturbed, and how a rule finds each of them again.
// A call is one invocation: the operation, its tables, and its ordinal among those with the same of both. Pure functions.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace fickle::cli {

struct SweepCall {
  std::string operation;
  std::vector<std::string> tables;
  std::size_t ordinal = 1;  // from 1
  bool eventual = false;    // a read that may see the past
  bool writes = false;

  [[nodiscard]] std::string label() const;  // "UpdateItem orders #2"
  // The `when` of a rule that matches it, and whether that rule matches the other call, too.
  [[nodiscard]] boost::json::object when() const;
  [[nodiscard]] bool rule_matches(const SweepCall& other) const;
};

// `requests` as GET /sweep lists them.
[[nodiscard]] std::vector<SweepCall> calls_in(const boost::json::array& requests);

}  // namespace fickle::cli
