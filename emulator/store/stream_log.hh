// The change log of one table's stream. Guarded by the universe's mutex.
// Invariants: 1. sequence numbers grow, over all shards; 2. a record is never changed; 3. records older than 24 h (virtual) are trimmed;
// 4. only the last shard is open, and none once the stream is disabled; a shard older than 4 h is followed by a child;
// 5. a stream that is being enabled has no shard yet, one that is being disabled takes no more records.
// Source: behaviour reference 10.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/dice.hh"
#include "emulator/core/units.hh"
#include "emulator/store/schema.hh"
#include "emulator/store/stream_records.hh"

namespace fickle {

inline constexpr Duration kStreamRetention = std::chrono::hours(24);
inline constexpr Duration kShardLife = std::chrono::hours(4);

enum class StreamView { keys_only, new_image, old_image, new_and_old_images };
[[nodiscard]] std::string_view stream_view_name(StreamView view);
[[nodiscard]] std::optional<StreamView> stream_view_of_name(std::string_view name);

enum class StreamStatus { enabling, enabled, disabling, disabled };
[[nodiscard]] std::string_view stream_status_name(StreamStatus status);

struct StreamShard {
  std::string id;  // "shardId-" 20 digits of milliseconds "-" 8 hex: lexical order is order of creation
  std::optional<std::string> parent;
  std::uint64_t first_sequence = 0;
  std::optional<std::uint64_t> last_sequence;  // closed
  StreamRecords records;
  Instant created{};
  std::optional<Instant> closed;
};

struct StreamLog {
  std::string arn;
  std::string label;
  std::string table_name;
  StreamView view = StreamView::new_and_old_images;
  KeySchema key;
  Instant created{};
  StreamStatus status = StreamStatus::enabled;
  std::optional<Instant> status_until;  // enabling, disabling: when that is over
  std::optional<Instant> disabled_at;   // closed shards, readable for 24 h
  std::uint64_t next_sequence = 1;
  std::uint64_t trimmed_before = 0;  // sequences below it are gone
  std::vector<StreamShard> shards;
};

[[nodiscard]] std::string sequence_text(std::uint64_t sequence);
// nullopt: not a number. Numbers that no record can have become 0 or the largest.
[[nodiscard]] std::optional<std::uint64_t> sequence_of_text(std::string_view text);

// Opens the first shard.
void open_shard(StreamLog& log, Instant now, Dice& dice);
// Adds a record at its time, following the shard with a child when it is too old. `sequence` and `event_id` are given here, and
// visible_from is moved up to the previous record's. Precondition: a shard is open.
void append(StreamLog& log, StreamRecord record, Dice& dice);
// The stream is switched off: its shards close.
void close(StreamLog& log, Instant now);
// When trim or a child shard is next due.
[[nodiscard]] Instant upkeep_due(const StreamLog& log);
// Forgets records and shards older than 24 h and follows an old shard with a child.
void keep_up(StreamLog& log, Instant now, Dice& dice);
void trim(StreamLog& log, Instant now);
[[nodiscard]] bool is_gone(const StreamLog& log, Instant now);  // disabled 24 h ago

}  // namespace fickle
