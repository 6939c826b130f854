// The change log of one table's stream. Guarded by the universe's mutex.
// Invariants: sequence numbers grow; a record is never changed; records older than 24 h (virtual) are trimmed.
// Source: behaviour reference 10.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/store/schema.hh"

namespace fickle {

enum class StreamView { keys_only, new_image, old_image, new_and_old_images };
[[nodiscard]] std::string_view stream_view_name(StreamView view);
[[nodiscard]] std::optional<StreamView> stream_view_of_name(std::string_view name);

enum class WriteCause { request, expiry, fixture };

struct StreamRecord {
  std::string event_id;        // 32 hex
  std::uint64_t sequence = 0;  // printed as a 21+ digit decimal, see stream_log.cc
  Instant at{};                // commit time
  Instant visible_from{};      // at + stream lag; never before the previous record's
  Item keys;
  ItemPtr before, after;  // at most one is null
  WriteCause cause = WriteCause::request;
};

struct StreamShard {
  std::string id;
  std::optional<std::string> parent;
  std::uint64_t first_sequence = 0;
  std::optional<std::uint64_t> last_sequence;  // closed
  std::deque<StreamRecord> records;
};

struct StreamLog {
  std::string arn;
  std::string label;
  std::string table_name;
  StreamView view = StreamView::new_and_old_images;
  KeySchema key;
  Instant created{};
  std::optional<Instant> disabled_at;  // closed shards, readable for 24 h
  std::uint64_t next_sequence = 0;
  std::uint64_t trimmed_before = 0;  // sequences below it are gone
  std::vector<StreamShard> shards;
};

[[nodiscard]] std::string sequence_text(std::uint64_t sequence);
[[nodiscard]] std::optional<std::uint64_t> sequence_of_text(std::string_view text);
void trim(StreamLog& log, Instant now);

}  // namespace fickle
