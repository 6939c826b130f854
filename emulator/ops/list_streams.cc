// ListStreams - the streams there are, enabled or not, in order of their ARNs. Source: API_streams_ListStreams; behaviour reference
// 10.1; errors: tests/cases/ListStreams.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/streams.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kFields[] = {
    {.name = "ExclusiveStartStreamArn", .min_length = 37, .max_length = 1024},
    {.name = "TableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern, .arn_allowed = true},
    {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = 100},
};
constexpr Field kStreamMembers[] = {{.name = "StreamArn"}, {.name = "TableName"}, {.name = "StreamLabel"}};
constexpr Field kStream{.shape = Shape::structure, .members = kStreamMembers};
constexpr Field kReply[] = {
    {.name = "Streams", .shape = Shape::list, .element = &kStream},
    {.name = "LastEvaluatedStreamArn"},
};

struct Wanted {
  std::string table;  // empty: all
  std::string after;  // an ARN, whether or not that stream still exists
  std::size_t limit = 100;
};

Answer run(Session& session, const Wanted& wanted) {
  std::vector<const StreamLog*> logs = all_streams(session.universe());
  std::erase_if(logs, [&](const StreamLog* log) {
    return log->arn <= wanted.after || (!wanted.table.empty() && log->table_name != wanted.table);
  });
  std::sort(logs.begin(), logs.end(), [](const auto* a, const auto* b) { return a->arn < b->arn; });
  json::object reply;
  // A full page names its last stream, whether or not more follow.
  if (logs.size() >= wanted.limit) {
    logs.resize(wanted.limit);
    reply["LastEvaluatedStreamArn"] = logs.back()->arn;
  }
  json::array streams;
  for (const StreamLog* log : logs) {
    streams.push_back(
        json::object{{"StreamArn", log->arn}, {"TableName", log->table_name}, {"StreamLabel", log->label}});
  }
  reply["Streams"] = std::move(streams);
  return document(std::move(reply));
}

Prepared prepare(const json::object& body) {
  Wanted wanted{.table = table_name_of(body),
                .after = read_string(body, "ExclusiveStartStreamArn").value_or(""),
                .limit = static_cast<std::size_t>(read_integer(body, "Limit").value_or(100))};
  if (!wanted.after.empty()) static_cast<void>(table_of_stream(wanted.after));
  const auto execute = [wanted](Session& session) { return run(session, wanted); };
  return wanted.table.empty() ? on_account(execute) : on_table(wanted.table, Access::read, execute);
}

}  // namespace

constinit const Operation list_streams{.name = "ListStreams",
                                       .groups = static_cast<unsigned>(Group::stream),
                                       .fields = kFields,
                                       .reply = kReply,
                                       .prepare = prepare,
                                       .streams = true};

}  // namespace fickle
