// Kinesis streaming destinations as settings; nothing is sent. Source: API_EnableKinesisStreamingDestination and its neighbours;
// behaviour reference 10.3; errors: tests/cases/EnableKinesisStreamingDestination.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kDestinations = "kinesis";  // in TableSettings::more: a list
constexpr std::string_view kPrecision = "ApproximateCreationDateTimePrecision";
constexpr std::string_view kBadState = "Table is not in a valid state to enable Kinesis Streaming Destination: ";
constexpr std::size_t kDestinationsMax = 2;

constexpr Field kStreamArn{.name = "StreamArn", .required = true, .min_length = 37, .max_length = 1024};
constexpr Field kConfigurationMembers[] = {{.name = kPrecision, .enum_set = "[MILLISECOND, MICROSECOND]"}};
constexpr Field kEnableConfiguration{
    .name = "EnableKinesisStreamingConfiguration",
    .shape = Shape::structure,
    .type_name = "com.amazonaws.dynamodb.v20120810.EnableKinesisStreamingConfiguration",
    .members = kConfigurationMembers};
constexpr Field kUpdateConfiguration{
    .name = "UpdateKinesisStreamingConfiguration",
    .shape = Shape::structure,
    .type_name = "com.amazonaws.dynamodb.v20120810.UpdateKinesisStreamingConfiguration",
    .members = kConfigurationMembers};
constexpr Field kSwitchFields[] = {fields::control_table_name, kStreamArn, kEnableConfiguration};
constexpr Field kUpdateFields[] = {fields::control_table_name, kStreamArn, kUpdateConfiguration};
constexpr Field kDescribeFields[] = {fields::control_table_name};
constexpr std::string_view kStatuses = "[ENABLING, ACTIVE, DISABLING, DISABLED, ENABLE_FAILED, UPDATING]";
constexpr Field kStatus{.name = "DestinationStatus", .enum_set = kStatuses};
constexpr Field kEnableReply[] = {{.name = "TableName"}, {.name = "StreamArn"}, kStatus, kEnableConfiguration};
constexpr Field kDisableReply[] = {{.name = "TableName"}, {.name = "StreamArn"}, kStatus};
constexpr Field kUpdateReply[] = {{.name = "TableName"}, {.name = "StreamArn"}, kStatus, kUpdateConfiguration};
// Nothing is sent, so nothing fails that a DestinationStatusDescription would tell of.
constexpr Field kDestinationMembers[] = {{.name = "StreamArn"}, kStatus, kConfigurationMembers[0]};
constexpr Field kDestination{.shape = Shape::structure, .members = kDestinationMembers};
constexpr Field kDescribeReply[] = {
    {.name = "TableName"},
    {.name = "KinesisDataStreamDestinations", .shape = Shape::list, .element = &kDestination},
};

struct Wanted {
  std::string table, stream;
  std::optional<std::string> precision;
  json::object configuration;
};

Wanted read_wanted(const json::object& body, std::string_view configuration) {
  Wanted wanted{table_name_of(body), read_string(body, "StreamArn").value_or(""), {}, {}};
  if (const json::object* given = read_object(body, configuration)) {
    wanted.precision = read_string(*given, kPrecision);
    if (wanted.precision) wanted.configuration[kPrecision] = *wanted.precision;
  }
  return wanted;
}

json::array& destinations(Table& table) {
  json::value& list = table.settings.more[kDestinations];
  if (!list.is_array()) list = json::array{};
  return list.as_array();
}

json::object* find(json::array& list, const std::string& stream) {
  for (auto& one : list) {
    if (one.at("StreamArn").as_string() == stream) return &one.as_object();
  }
  return nullptr;
}

bool is(const json::object* destination, std::string_view status) {
  return destination != nullptr && destination->at("DestinationStatus").as_string() == status;
}

// The destination passes through one state into another, for as long as the lifecycle says.
void pass(Session& session, const Table& table, json::object& destination, std::string_view through,
          std::string_view into) {
  destination["DestinationStatus"] = through;
  const std::string stream(destination.at("StreamArn").as_string());
  after(session, session.universe().models.lifecycle_update,
        [name = table.schema.name, id = table.settings.id, stream, into](Universe& universe, Instant) {
          Table* owner = same_table(universe, name, id);
          json::object* changed = owner == nullptr ? nullptr : find(destinations(*owner), stream);
          if (changed != nullptr) (*changed)["DestinationStatus"] = into;
        });
}

Answer answer(const Wanted& wanted, std::string_view status, std::string_view configuration) {
  return document({{"TableName", wanted.table},
                   {"StreamArn", wanted.stream},
                   {"DestinationStatus", status},
                   {configuration, wanted.configuration}});
}

Answer enable(Session& session, const Wanted& wanted) {
  Table& table = session.control_table(wanted.table);
  json::array& list = destinations(table);
  json::object* destination = find(list, wanted.stream);
  if (destination != nullptr && !is(destination, "DISABLED")) {
    throw_validation(
        std::string(kBadState) +
        "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.");
  }
  const auto used =
      std::count_if(list.begin(), list.end(), [](const auto& one) { return !is(&one.as_object(), "DISABLED"); });
  if (static_cast<std::size_t>(used) >= kDestinationsMax)
    throw ApiError("LimitExceededException", "Only 2 Kinesis streaming destinations can be active for a table");
  if (destination == nullptr) {
    list.push_back(json::object{{"StreamArn", wanted.stream}});
    destination = &list.back().as_object();
  }
  if (wanted.precision) (*destination)[kPrecision] = *wanted.precision;
  pass(session, table, *destination, "ENABLING", "ACTIVE");
  note_change(session);
  return answer(wanted, "ENABLING", "EnableKinesisStreamingConfiguration");
}

Answer disable(Session& session, const Wanted& wanted) {
  Table& table = session.control_table(wanted.table);
  json::object* destination = find(destinations(table), wanted.stream);
  if (!is(destination, "ACTIVE")) {
    throw_validation(std::string(kBadState) +
                     "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
  }
  pass(session, table, *destination, "DISABLING", "DISABLED");
  note_change(session);
  return document({{"TableName", wanted.table}, {"StreamArn", wanted.stream}, {"DestinationStatus", "DISABLING"}});
}

Answer update(Session& session, const Wanted& wanted) {
  Table& table = session.control_table(wanted.table);
  json::object* destination = find(destinations(table), wanted.stream);
  if (destination == nullptr || is(destination, "DISABLED")) {
    throw_validation(std::string(kBadState) + "No streaming destination with streamArn: " + wanted.stream +
                     " found for table with tableName: " + wanted.table);
  }
  if (!is(destination, "ACTIVE")) {
    throw_validation(std::string(kBadState) +
                     "KinesisStreamingDestination must be ACTIVE to perform UPDATE operation.");
  }
  const json::value* present = destination->if_contains(kPrecision);
  if (*wanted.precision == (present == nullptr ? "MILLISECOND" : present->as_string())) {
    throw_validation("Invalid Request: Precision is already set to the desired value of " + *wanted.precision +
                     " for tableId: " + table.settings.id + ", kdsArn: " + wanted.stream);
  }
  (*destination)[kPrecision] = *wanted.precision;
  pass(session, table, *destination, "UPDATING", "ACTIVE");
  note_change(session);
  return answer(wanted, "UPDATING", "UpdateKinesisStreamingConfiguration");
}

Prepared prepare_enable(const json::object& body) {
  const Wanted wanted = read_wanted(body, "EnableKinesisStreamingConfiguration");
  return on_table(wanted.table, Access::write, [wanted](Session& session) { return enable(session, wanted); });
}

Prepared prepare_disable(const json::object& body) {
  const Wanted wanted = read_wanted(body, "EnableKinesisStreamingConfiguration");
  return on_table(wanted.table, Access::write, [wanted](Session& session) { return disable(session, wanted); });
}

Prepared prepare_update(const json::object& body) {
  const Wanted wanted = read_wanted(body, "UpdateKinesisStreamingConfiguration");
  if (!wanted.precision) {
    throw_validation(
        "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be "
        "null or contain only null values");
  }
  return on_table(wanted.table, Access::write, [wanted](Session& session) { return update(session, wanted); });
}

Prepared prepare_describe(const json::object& body) {
  return on_table(table_name_of(body), Access::read, [name = table_name_of(body)](Session& session) {
    return document(
        {{"TableName", name}, {"KinesisDataStreamDestinations", destinations(session.control_table(name))}});
  });
}

}  // namespace

constinit const Operation enable_kinesis_streaming_destination{.name = "EnableKinesisStreamingDestination",
                                                               .groups = static_cast<unsigned>(Group::control),
                                                               .fields = kSwitchFields,
                                                               .reply = kEnableReply,
                                                               .prepare = prepare_enable,
                                                               .simplified = "settings only: nothing is sent"};
constinit const Operation disable_kinesis_streaming_destination{.name = "DisableKinesisStreamingDestination",
                                                                .groups = static_cast<unsigned>(Group::control),
                                                                .fields = kSwitchFields,
                                                                .reply = kDisableReply,
                                                                .prepare = prepare_disable};
constinit const Operation update_kinesis_streaming_destination{.name = "UpdateKinesisStreamingDestination",
                                                               .groups = static_cast<unsigned>(Group::control),
                                                               .fields = kUpdateFields,
                                                               .reply = kUpdateReply,
                                                               .prepare = prepare_update};
constinit const Operation describe_kinesis_streaming_destination{.name = "DescribeKinesisStreamingDestination",
                                                                 .groups = static_cast<unsigned>(Group::control),
                                                                 .fields = kDescribeFields,
                                                                 .reply = kDescribeReply,
                                                                 .prepare = prepare_describe};

}  // namespace fickle
