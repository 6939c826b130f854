#include "emulator/ops/streams.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/arn_scope.hh"

namespace fickle {

namespace {

constexpr std::string_view kMark =
    "|1|";  // between the stream's ARN and the encoded rest, as in the service's own iterators

}  // namespace

std::string table_of_stream(const std::string& stream_arn) {
  const auto arn = parse_table_arn(stream_arn);
  if (!arn || arn->kind != TableArn::Kind::stream) throw_validation("Invalid StreamArn: " + stream_arn);
  return arn->table;
}

const StreamLog& find_stream(Session& session, const std::string& arn) {
  for (const StreamLog* log : all_streams(session.universe())) {
    if (log->arn == arn) return *log;
  }
  if (const auto parsed = parse_table_arn(arn)) {
    if (!is_home_region(session, *parsed)) throw_validation("Invalid StreamArn: " + arn);
    check_account(session, *parsed);
  }
  throw ApiError("ResourceNotFoundException", "Requested resource not found: Stream: " + arn + " not found");
}

std::vector<const StreamLog*> all_streams(const Universe& universe) {
  std::vector<const StreamLog*> logs;
  for (const auto& [name, table] : universe.tables) {
    for (const auto& log : table->past_streams) logs.push_back(log.get());
    if (table->stream) logs.push_back(table->stream.get());
  }
  for (const auto& [arn, log] : universe.orphan_streams) logs.push_back(log.get());
  return logs;
}

const StreamShard* find_shard(const StreamLog& log, std::string_view id) {
  const auto found =
      std::find_if(log.shards.begin(), log.shards.end(), [id](const StreamShard& shard) { return shard.id == id; });
  return found == log.shards.end() ? nullptr : &*found;
}

std::string print_iterator(const ShardPosition& position) {
  const auto made = std::chrono::floor<std::chrono::milliseconds>(position.made).time_since_epoch().count();
  return position.stream + std::string(kMark) +
         base64_encode(position.shard + "|" + std::to_string(position.next) + "|" + std::to_string(made));
}

std::optional<ShardPosition> parse_iterator(std::string_view text) {
  const std::size_t mark = text.rfind(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const auto decoded = base64_decode(text.substr(mark + kMark.size()));
  if (!decoded) return std::nullopt;
  const std::vector<std::string_view> parts = split(decoded.value(), '|');
  if (parts.size() != 3) return std::nullopt;
  const auto next = parse_integer(parts[1]);
  const auto made = parse_integer(parts[2]);
  constexpr long long kFarthest = 9'000'000'000'000;  // milliseconds: what nanoseconds in 64 bits can hold
  if (!next || *next < 0 || !made || *made < 0 || *made > kFarthest) return std::nullopt;
  return ShardPosition{.stream = std::string(text.substr(0, mark)),
                       .shard = std::string(parts[0]),
                       .next = static_cast<std::uint64_t>(*next),
                       .made = Instant{} + std::chrono::milliseconds(*made)};
}

void throw_trimmed() {
  throw ApiError("TrimmedDataAccessException", "");
}

}  // namespace fickle
