// What the stream operations share: finding a stream by its ARN, and shard iterators. Source: behaviour reference 10.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/api/field.hh"
#include "emulator/engine/session.hh"

namespace fickle {

inline constexpr Duration kIteratorLife = std::chrono::minutes(15);

namespace fields {
inline constexpr Field stream_arn{.name = "StreamArn", .required = true, .min_length = 37, .max_length = 1024};
inline constexpr Field stream_shard_id{.name = "ShardId", .required = true, .min_length = 28, .max_length = 65};
}  // namespace fields

// The table that a stream's ARN names. ValidationException when the text is no such ARN.
[[nodiscard]] std::string table_of_stream(const std::string& stream_arn);

// ResourceNotFoundException when no such stream is (or is any more) known.
[[nodiscard]] const StreamLog& find_stream(Session& session, const std::string& arn);
// Enabled, disabled within 24 h, and those of deleted tables.
[[nodiscard]] std::vector<const StreamLog*> all_streams(const Universe& universe);
[[nodiscard]] const StreamShard* find_shard(const StreamLog& log, std::string_view id);  // nullptr: no such shard

// A place in a shard. Travels in the iterator's text, so that the emulator remembers none.
struct ShardPosition {
  std::string stream;
  std::string shard;
  std::uint64_t next = 0;  // the first sequence to be returned; 0: the oldest there is
  Instant made{};          // in whole milliseconds; iterators live 15 minutes
};
[[nodiscard]] std::string print_iterator(const ShardPosition& position);
[[nodiscard]] std::optional<ShardPosition> parse_iterator(std::string_view text);  // nullopt: not one of ours

[[noreturn]] void throw_trimmed();

}  // namespace fickle
