// One DynamoDB request on its way through the pipeline: what is known of it so far. Private to the pipeline; belongs to one thread.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "emulator/service/journal_keys.hh"
#include "emulator/service/pipeline.hh"

namespace fickle {

struct Pipeline::Exchange {
  // The body as JSON lies here: in the buffer while it fits, and is freed as a whole.
  std::array<unsigned char, 4096> json_buffer;  // NOLINT: filled as far as it is used
  boost::json::monotonic_resource json_memory{json_buffer.data(), json_buffer.size()};

  Identified identified{&json_memory};
  std::shared_ptr<Universes::Entry> entry;
  std::optional<Prepared> prepared;
  FaultPlan plan;
  Effects effects;
  Answer answer;
  std::optional<ApiError> error;
  HttpReply reply;
  std::optional<std::string> uncompressed;  // the body of a reply that leaves compressed
  bool disowned = false;                    // done, but the client is told otherwise
  bool began = false;                       // the work was begun
  bool answered = false;                    // `reply` is final: a raw answer, or a connection that dies before the work
  std::vector<std::string> ineffective;
  std::string note;
  Instant virtual_now{};
  std::string marker;
  std::uint64_t request_bytes = 0;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  [[nodiscard]] const Call& call() const { return identified.call; }
};

// What the gate may know of a universe, which is locked meanwhile.
[[nodiscard]] inline GateContext gate_context(Universe& universe, std::string_view marker) {
  return {universe.name, universe.clock.now(), universe.dice, universe.models, marker, key_names_of(universe)};
}

}  // namespace fickle
