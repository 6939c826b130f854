// DescribeStream - a stream's state and its shards. Source: API_streams_DescribeStream; behaviour reference 10.1; errors:
// tests/cases/DescribeStream.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/streams.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kFilterMembers[] = {
    {.name = "Type", .required = true, .enum_set = "[CHILD_SHARDS]"},
    fields::stream_shard_id,
};
constexpr Field kFields[] = {
    fields::stream_arn,
    {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = 100},
    {.name = "ExclusiveStartShardId", .min_length = 28, .max_length = 65},
    {.name = "ShardFilter",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.ShardFilter",
     .members = kFilterMembers},
};

constexpr Field kRangeMembers[] = {{.name = "StartingSequenceNumber"}, {.name = "EndingSequenceNumber"}};
constexpr Field kShardMembers[] = {
    {.name = "ShardId"},
    {.name = "SequenceNumberRange", .shape = Shape::structure, .members = kRangeMembers},
    {.name = "ParentShardId"},
};
constexpr Field kShard{.shape = Shape::structure, .members = kShardMembers};
constexpr Field kDescriptionMembers[] = {
    {.name = "StreamArn"},
    {.name = "StreamLabel"},
    {.name = "StreamStatus", .enum_set = "[ENABLING, ENABLED, DISABLING, DISABLED]"},
    {.name = "StreamViewType", .enum_set = "[NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]"},
    {.name = "CreationRequestDateTime", .shape = Shape::timestamp},
    {.name = "TableName"},
    fields::key_schema,
    {.name = "Shards", .shape = Shape::list, .element = &kShard},
    {.name = "LastEvaluatedShardId"},
};
constexpr Field kReply[] = {{.name = "StreamDescription", .shape = Shape::structure, .members = kDescriptionMembers}};

json::object shard_json(const StreamShard& shard) {
  json::object range{{"StartingSequenceNumber", sequence_text(shard.first_sequence)}};
  if (shard.last_sequence) range["EndingSequenceNumber"] = sequence_text(*shard.last_sequence);
  json::object out{{"ShardId", shard.id}, {"SequenceNumberRange", std::move(range)}};
  if (shard.parent) out["ParentShardId"] = *shard.parent;
  return out;
}

struct Wanted {
  std::string arn;
  std::string after;     // a shard's id
  std::string children;  // of this shard only; empty: all
  std::size_t limit = 100;
};

Answer run(Session& session, const Wanted& wanted) {
  const StreamLog& log = find_stream(session, wanted.arn);
  json::array shards;
  std::string last;
  bool more = false;
  for (const StreamShard& shard : log.shards) {  // in order of their ids
    if (shard.id <= wanted.after || (!wanted.children.empty() && shard.parent != wanted.children)) continue;
    more = shards.size() == wanted.limit;
    if (more) break;
    shards.push_back(shard_json(shard));
    last = shard.id;
  }
  json::object description{
      {"StreamArn", log.arn},
      {"StreamLabel", log.label},
      {"StreamStatus", stream_status_name(log.status)},
      {"StreamViewType", stream_view_name(log.view)},
      {"CreationRequestDateTime", epoch_seconds(log.created)},
      {"TableName", log.table_name},
      {"KeySchema", key_schema_json(log.key)},
      {"Shards", std::move(shards)},
  };
  if (more) description["LastEvaluatedShardId"] = last;
  return document({{"StreamDescription", std::move(description)}});
}

Prepared prepare(const json::object& body) {
  Wanted wanted{.arn = read_string(body, "StreamArn").value_or(""),
                .after = read_string(body, "ExclusiveStartShardId").value_or(""),
                .children = {},
                .limit = static_cast<std::size_t>(read_integer(body, "Limit").value_or(100))};
  if (const json::object* filter = read_object(body, "ShardFilter"))
    wanted.children = read_string(*filter, "ShardId").value_or("");
  return on_table(table_of_stream(wanted.arn), Access::read,
                  [wanted](Session& session) { return run(session, wanted); });
}

}  // namespace

constinit const Operation describe_stream{.name = "DescribeStream",
                                          .groups = static_cast<unsigned>(Group::stream),
                                          .fields = kFields,
                                          .reply = kReply,
                                          .prepare = prepare,
                                          .streams = true};

}  // namespace fickle
