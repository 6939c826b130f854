// GetShardIterator - a place in a shard to read from. Source: API_streams_GetShardIterator; behaviour reference 10.1; errors:
// tests/cases/GetShardIterator.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/streams.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kFields[] = {
    fields::stream_arn,
    fields::stream_shard_id,
    {.name = "ShardIteratorType",
     .required = true,
     .enum_set = "[AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"},
    {.name = "SequenceNumber", .min_length = 21, .max_length = 40},
};
constexpr Field kReply[] = {{.name = "ShardIterator"}};

struct Wanted {
  std::string arn, shard, type;
  std::optional<std::uint64_t> sequence;
};

// After the newest record that can be read now: one that still hides comes with the next ones.
std::uint64_t latest(const StreamLog& log, const StreamShard& shard, Instant now) {
  for (const StreamRecord& record : shard.records) {
    if (record.visible_from > now) return record.sequence;
  }
  return shard.last_sequence ? *shard.last_sequence + 1 : log.next_sequence;
}

std::uint64_t given(const StreamLog& log, const StreamShard& shard, const Wanted& wanted) {
  const std::uint64_t sequence = *wanted.sequence;
  if (sequence < std::max(shard.first_sequence, log.trimmed_before)) throw_trimmed();
  if (sequence > shard.last_sequence.value_or(log.next_sequence)) {
    throw_parameter_invalid("Invalid SequenceNumber for shard: " + shard.id);
  }
  return wanted.type == "AFTER_SEQUENCE_NUMBER" ? sequence + 1 : sequence;
}

Answer run(Session& session, const Wanted& wanted) {
  const StreamLog& log = find_stream(session, wanted.arn);
  const StreamShard* shard = find_shard(log, wanted.shard);
  if (shard == nullptr) {
    throw ApiError("ResourceNotFoundException", "Requested resource not found: Shard does not exist");
  }
  ShardPosition position{.stream = wanted.arn, .shard = wanted.shard, .made = session.now()};
  if (wanted.sequence) {
    position.next = given(log, *shard, wanted);
  } else if (wanted.type == "LATEST") {
    position.next = latest(log, *shard, session.now());
  }
  return document({{"ShardIterator", print_iterator(position)}});
}

Prepared prepare(const json::object& body) {
  Wanted wanted{.arn = read_string(body, "StreamArn").value_or(""),
                .shard = read_string(body, "ShardId").value_or(""),
                .type = read_string(body, "ShardIteratorType").value_or(""),
                .sequence = {}};
  const std::string table = table_of_stream(wanted.arn);
  const bool takes_sequence = wanted.type.ends_with("SEQUENCE_NUMBER");
  const auto text = read_string(body, "SequenceNumber");
  if (takes_sequence && !text) {
    throw_parameter_invalid("SequenceNumber must be specified when ShardIteratorType is " + wanted.type);
  }
  if (!takes_sequence && text) {
    throw_parameter_invalid("SequenceNumber must not be specified when ShardIteratorType is " + wanted.type);
  }
  if (text) {
    wanted.sequence = sequence_of_text(*text);
    if (!wanted.sequence) throw_parameter_invalid("Invalid SequenceNumber: " + *text);
  }
  return on_table(table, Access::read, [wanted](Session& session) { return run(session, wanted); });
}

}  // namespace

constinit const Operation get_shard_iterator{.name = "GetShardIterator",
                                             .groups = static_cast<unsigned>(Group::stream),
                                             .fields = kFields,
                                             .reply = kReply,
                                             .prepare = prepare,
                                             .streams = true};

}  // namespace fickle
