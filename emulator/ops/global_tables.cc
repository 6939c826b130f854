// Global tables of version 2017.11.29, which the service no longer makes: created and updated never, found never. Source:
// API_CreateGlobalTable and its neighbours; behaviour reference 12.6; errors: tests/cases/CreateGlobalTable.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/ops/auto_scaling_fields.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kName{
    .name = "GlobalTableName", .required = true, .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern};
constexpr Field kRegionMembers[] = {{.name = "RegionName"}};
constexpr Field kReplica{
    .shape = Shape::structure, .type_name = "com.amazonaws.dynamodb.v20120810.Replica", .members = kRegionMembers};
constexpr Field kCreateFields[] = {
    kName, {.name = "ReplicationGroup", .shape = Shape::list, .required = true, .element = &kReplica}};
constexpr Field kNamedRegionMembers[] = {fields::required(kRegionMembers[0])};
constexpr Field kUpdateMembers[] = {
    {.name = "Create", .shape = Shape::structure, .members = kNamedRegionMembers},
    {.name = "Delete", .shape = Shape::structure, .members = kNamedRegionMembers},
};
constexpr Field kUpdate{.shape = Shape::structure,
                        .type_name = "com.amazonaws.dynamodb.v20120810.ReplicaUpdate",
                        .members = kUpdateMembers};
constexpr Field kUpdateFields[] = {
    kName, {.name = "ReplicaUpdates", .shape = Shape::list, .required = true, .element = &kUpdate}};
constexpr Field kDescribeFields[] = {kName};
constexpr Field kIndexName{
    .name = "IndexName", .required = true, .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern};
constexpr Field kIndexSettingsMembers[] = {
    kIndexName,
    {.name = "ProvisionedWriteCapacityUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "ProvisionedWriteCapacityAutoScalingSettingsUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
};
constexpr Field kIndexSettings{.shape = Shape::structure, .members = kIndexSettingsMembers};
constexpr Field kReplicaIndexMembers[] = {
    kIndexName,
    {.name = "ProvisionedReadCapacityUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "ProvisionedReadCapacityAutoScalingSettingsUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
};
constexpr Field kReplicaIndex{.shape = Shape::structure, .members = kReplicaIndexMembers};
constexpr Field kReplicaSettingsMembers[] = {
    {.name = "RegionName", .required = true},
    {.name = "ReplicaProvisionedReadCapacityUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
    {.name = "ReplicaGlobalSecondaryIndexSettingsUpdate",
     .shape = Shape::list,
     .min_length = 1,
     .max_length = 20,
     .element = &kReplicaIndex},
    {.name = "ReplicaTableClass", .enum_set = "[STANDARD, STANDARD_INFREQUENT_ACCESS]"},
};
constexpr Field kReplicaSettings{.shape = Shape::structure, .members = kReplicaSettingsMembers};
constexpr Field kSettingsFields[] = {
    kName,
    {.name = "GlobalTableBillingMode", .enum_set = "[PROVISIONED, PAY_PER_REQUEST]"},
    {.name = "GlobalTableProvisionedWriteCapacityUnits", .shape = Shape::long_integer, .min_value = 1},
    {.name = "GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
    {.name = "GlobalTableGlobalSecondaryIndexSettingsUpdate",
     .shape = Shape::list,
     .min_length = 1,
     .max_length = 20,
     .element = &kIndexSettings},
    {.name = "ReplicaSettingsUpdate",
     .shape = Shape::list,
     .min_length = 1,
     .max_length = 50,
     .element = &kReplicaSettings},
};
constexpr Field kListFields[] = {
    {.name = "ExclusiveStartGlobalTableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
    {.name = "Limit", .shape = Shape::integer, .min_value = 1},
    {.name = "RegionName"},
};
constexpr Field kGlobalTable{.shape = Shape::structure};  // there are none
constexpr Field kListReply[] = {{.name = "GlobalTables", .shape = Shape::list, .element = &kGlobalTable}};

Prepared refuse(const json::object&) {
  return on_account([](Session&) -> Answer {
    throw_parameter_invalid(
        "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version "
        "2019.11.21, instead of version 2017.11.29 (Legacy).");
  });
}

Prepared find_none(const json::object& body) {
  return on_account([name = read_string(body, "GlobalTableName").value_or("")](Session&) -> Answer {
    throw ApiError("GlobalTableNotFoundException",
                   "Global table not found: Global table with name: '" + name + "' does not exist.");
  });
}

Prepared list_none(const json::object&) {
  return on_account([](Session&) { return document({{"GlobalTables", json::array{}}}); });
}

constexpr auto kControl = static_cast<unsigned>(Group::control);

}  // namespace

constinit const Operation create_global_table{
    .name = "CreateGlobalTable", .groups = kControl, .fields = kCreateFields, .reply = {}, .prepare = refuse};
constinit const Operation update_global_table{
    .name = "UpdateGlobalTable", .groups = kControl, .fields = kUpdateFields, .reply = {}, .prepare = refuse};
constinit const Operation describe_global_table{
    .name = "DescribeGlobalTable", .groups = kControl, .fields = kDescribeFields, .reply = {}, .prepare = find_none};
constinit const Operation describe_global_table_settings{.name = "DescribeGlobalTableSettings",
                                                         .groups = kControl,
                                                         .fields = kDescribeFields,
                                                         .reply = {},
                                                         .prepare = find_none};
constinit const Operation update_global_table_settings{.name = "UpdateGlobalTableSettings",
                                                       .groups = kControl,
                                                       .fields = kSettingsFields,
                                                       .reply = {},
                                                       .prepare = find_none};
constinit const Operation list_global_tables{
    .name = "ListGlobalTables", .groups = kControl, .fields = kListFields, .reply = kListReply, .prepare = list_none};

}  // namespace fickle
