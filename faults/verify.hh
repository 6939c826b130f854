// POST /requests/verify: whether the journal holds as many requests as expected, with the gaps expected between the attempts of one
// invocation; and if not, what was found and which requests came nearest. Pure.
// Source: control API, "Calls", /requests/verify.
#pragma once

#include <vector>

#include "emulator/service/journal.hh"
#include "emulator/service/prepare_port.hh"
#include "faults/match.hh"
#include "faults/node.hh"

namespace fickle {

struct Expectation {
  Matcher when;
  std::optional<std::uint64_t> exactly, at_least, at_most;  // requests; none given: at least 1
  struct Backoff {
    std::optional<Duration> at_least;  // every gap
    bool non_decreasing = false;
  };
  std::optional<Backoff> backoff;
};

[[nodiscard]] Expectation parse_expectation(const Node& node, const PreparePort& operations);  // throws ControlError

struct Verdict {
  bool verified = false;
  json::object body;  // {"verified":true,"count":2}, or with `expected`, `found` and `nearest`
};
[[nodiscard]] Verdict verify(const Expectation& expectation, const std::vector<JournalEntry>& entries);

}  // namespace fickle
