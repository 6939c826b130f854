// DescribeTableReplicaAutoScaling, UpdateTableReplicaAutoScaling: settings of global tables' replicas, nothing scales. Source:
// API_UpdateTableReplicaAutoScaling; errors: tests/cases/UpdateTableReplicaAutoScaling.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/auto_scaling_fields.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/replicas.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kScaling = "autoScaling";  // in TableSettings::more: by region

constexpr Field kReplicaIndexMembers[] = {
    {.name = "IndexName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
    {.name = "ProvisionedReadCapacityAutoScalingUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
};
constexpr Field kReplicaIndex{.shape = Shape::structure, .members = kReplicaIndexMembers};
constexpr Field kReplicaMembers[] = {
    fields::region_name,
    {.name = "ReplicaGlobalSecondaryIndexUpdates", .shape = Shape::list, .element = &kReplicaIndex},
    {.name = "ReplicaProvisionedReadCapacityAutoScalingUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
};
constexpr Field kReplica{.shape = Shape::structure, .members = kReplicaMembers};
constexpr Field kIndexMembers[] = {
    {.name = "IndexName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
    {.name = "ProvisionedWriteCapacityAutoScalingUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
};
constexpr Field kIndex{.shape = Shape::structure, .members = kIndexMembers};
constexpr Field kFields[] = {
    fields::control_table_name,
    {.name = "GlobalSecondaryIndexUpdates", .shape = Shape::list, .min_length = 1, .element = &kIndex},
    {.name = "ProvisionedWriteCapacityAutoScalingUpdate",
     .shape = Shape::structure,
     .members = fields::kScalingUpdateMembers},
    {.name = "ReplicaUpdates", .shape = Shape::list, .min_length = 1, .element = &kReplica},
};
constexpr Field kDescribeFields[] = {fields::control_table_name};

constexpr Field kSettingsMembers[] = {
    {.name = "MinimumUnits", .shape = Shape::long_integer},
    {.name = "MaximumUnits", .shape = Shape::long_integer},
    {.name = "AutoScalingDisabled", .shape = Shape::boolean},
    {.name = "AutoScalingRoleArn"},
    {.name = "ScalingPolicies", .shape = Shape::list, .element = &fields::kScalingPolicy},
};
constexpr std::string_view kRead = "ReplicaProvisionedReadCapacityAutoScalingSettings";
constexpr std::string_view kWrite = "ReplicaProvisionedWriteCapacityAutoScalingSettings";
constexpr std::string_view kIndexRead = "ProvisionedReadCapacityAutoScalingSettings";
constexpr std::string_view kIndexWrite = "ProvisionedWriteCapacityAutoScalingSettings";
constexpr Field kIndexReplyMembers[] = {
    {.name = "IndexName"},
    {.name = "IndexStatus", .enum_set = fields::kIndexStatuses},
    {.name = kIndexRead, .shape = Shape::structure, .members = kSettingsMembers},
    {.name = kIndexWrite, .shape = Shape::structure, .members = kSettingsMembers},
};
constexpr Field kIndexReply{.shape = Shape::structure, .members = kIndexReplyMembers};
constexpr Field kReplicaReplyMembers[] = {
    {.name = "RegionName"},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &kIndexReply},
    {.name = kRead, .shape = Shape::structure, .members = kSettingsMembers},
    {.name = kWrite, .shape = Shape::structure, .members = kSettingsMembers},
    {.name = "ReplicaStatus", .enum_set = fields::kTableStatuses},
};
constexpr Field kReplicaReply{.shape = Shape::structure, .members = kReplicaReplyMembers};
constexpr Field kDescriptionMembers[] = {
    {.name = "TableName"},
    {.name = "TableStatus", .enum_set = fields::kTableStatuses},
    {.name = "Replicas", .shape = Shape::list, .element = &kReplicaReply},
};
constexpr Field kReply[] = {
    {.name = "TableAutoScalingDescription", .shape = Shape::structure, .members = kDescriptionMembers}};

json::object settings_json(const json::object& update) {
  json::object out;
  for (const std::string_view member : {"MinimumUnits", "MaximumUnits", "AutoScalingDisabled", "AutoScalingRoleArn"}) {
    if (const json::value* value = find_member(update, member)) out[member] = *value;
  }
  json::array policies;
  if (const json::object* policy = read_object(update, "ScalingPolicyUpdate")) policies.push_back(*policy);
  out["ScalingPolicies"] = std::move(policies);
  return out;
}

// Region and status of the table itself and of its replicas.
std::vector<std::pair<std::string, std::string>> replica_statuses(const Table& table) {
  std::vector<std::pair<std::string, std::string>> statuses{{table.settings.region, "ACTIVE"}};
  if (const json::array* replicas = replicas_of(table)) {
    for (const auto& replica : *replicas)
      statuses.emplace_back(replica.at("RegionName").as_string(), replica.at("ReplicaStatus").as_string());
  }
  return statuses;
}

std::vector<std::string> regions_of(const Table& table) {
  std::vector<std::string> regions;
  for (const auto& replica : replica_statuses(table)) regions.push_back(replica.first);
  return regions;
}

json::object description_of(const Table& table, std::string_view status) {
  const json::value* scaling = table.settings.more.if_contains(kScaling);
  json::array replicas;
  for (const auto& [region, replica_status] : replica_statuses(table)) {
    json::object replica{{"RegionName", region}, {"ReplicaStatus", replica_status}};
    const json::value* settings = scaling == nullptr ? nullptr : scaling->as_object().if_contains(region);
    for (const std::string_view member : {kRead, kWrite, std::string_view("GlobalSecondaryIndexes")}) {
      if (settings != nullptr && settings->as_object().contains(member)) replica[member] = settings->at(member);
    }
    replicas.push_back(std::move(replica));
  }
  return {{"TableName", table.schema.name}, {"TableStatus", status}, {"Replicas", std::move(replicas)}};
}

json::object& region_of(json::object& scaling, const std::string& region) {
  json::value& settings = scaling[region];
  if (!settings.is_object()) settings = json::object{};
  return settings.as_object();
}

// Settings of the indexes that the updates name, beside those there are.
void set_indexes(json::object& settings, const json::array& updates, std::string_view member, std::string_view shown) {
  json::value& list = settings["GlobalSecondaryIndexes"];
  if (!list.is_array()) list = json::array{};
  json::array& indexes = list.as_array();
  for (const auto& element : updates) {
    const json::object& update = element.as_object();
    const std::string name = read_string(update, "IndexName").value_or("");
    auto index = std::find_if(indexes.begin(), indexes.end(),
                              [&](const auto& one) { return one.at("IndexName").as_string() == name; });
    if (index == indexes.end())
      index = indexes.insert(indexes.end(), json::object{{"IndexName", name}, {"IndexStatus", "ACTIVE"}});
    if (const json::object* wanted = read_object(update, member)) index->as_object()[shown] = settings_json(*wanted);
  }
}

void check_index(const Table& table, const json::value& update) {
  const std::string name = read_string(update.as_object(), "IndexName").value_or("");
  if (table.find_index(name) == nullptr) throw ApiError("ResourceNotFoundException", "Requested resource not found");
}

void check_names(const Table& table, const json::object& body) {
  const std::vector<std::string> regions = regions_of(table);
  if (const json::array* replicas = read_array(body, "ReplicaUpdates")) {
    for (const auto& element : *replicas) {
      const std::string region = read_string(element.as_object(), "RegionName").value_or("");
      if (std::find(regions.begin(), regions.end(), region) == regions.end())
        throw_validation("Replica not found in region: " + region);
      if (const json::array* indexes = read_array(element.as_object(), "ReplicaGlobalSecondaryIndexUpdates")) {
        for (const auto& index : *indexes) check_index(table, index);
      }
    }
  }
  if (const json::array* indexes = read_array(body, "GlobalSecondaryIndexUpdates")) {
    for (const auto& index : *indexes) check_index(table, index);
  }
}

Answer update(Session& session, const std::string& name, const json::object& body) {
  Table& table = session.control_table(name);
  check_active(table);
  check_names(table, body);
  json::value& member = table.settings.more[kScaling];
  if (!member.is_object()) member = json::object{};
  json::object& scaling = member.as_object();
  for (const std::string& region : regions_of(table)) {
    json::object& settings = region_of(scaling, region);
    if (const json::object* write = read_object(body, "ProvisionedWriteCapacityAutoScalingUpdate"))
      settings[kWrite] = settings_json(*write);
    if (const json::array* indexes = read_array(body, "GlobalSecondaryIndexUpdates"))
      set_indexes(settings, *indexes, "ProvisionedWriteCapacityAutoScalingUpdate", kIndexWrite);
  }
  if (const json::array* replicas = read_array(body, "ReplicaUpdates")) {
    for (const auto& element : *replicas) {
      const json::object& update = element.as_object();
      json::object& settings = region_of(scaling, read_string(update, "RegionName").value_or(""));
      if (const json::object* read = read_object(update, "ReplicaProvisionedReadCapacityAutoScalingUpdate"))
        settings[kRead] = settings_json(*read);
      if (const json::array* indexes = read_array(update, "ReplicaGlobalSecondaryIndexUpdates"))
        set_indexes(settings, *indexes, "ProvisionedReadCapacityAutoScalingUpdate", kIndexRead);
    }
  }
  const Duration wait = session.universe().models.lifecycle_update;
  if (wait > Duration{0}) {
    table.status = TableStatus::updating;
    table.status_until = session.now() + wait;
  }
  note_change(session);
  return document({{"TableAutoScalingDescription", description_of(table, "UPDATING")}});
}

Prepared prepare_update(const json::object& body) {
  return on_table(table_name_of(body), Access::write,
                  [name = table_name_of(body), body](Session& session) { return update(session, name, body); });
}

Prepared prepare_describe(const json::object& body) {
  return on_table(table_name_of(body), Access::read, [name = table_name_of(body)](Session& session) {
    const Table& table = session.control_table(name);
    return document({{"TableAutoScalingDescription", description_of(table, status_name(table.status))}});
  });
}

}  // namespace

constinit const Operation describe_table_replica_auto_scaling{.name = "DescribeTableReplicaAutoScaling",
                                                              .groups = static_cast<unsigned>(Group::control),
                                                              .fields = kDescribeFields,
                                                              .reply = kReply,
                                                              .prepare = prepare_describe,
                                                              .simplified = "settings only: nothing scales"};
constinit const Operation update_table_replica_auto_scaling{.name = "UpdateTableReplicaAutoScaling",
                                                            .groups = static_cast<unsigned>(Group::control),
                                                            .fields = kFields,
                                                            .reply = kReply,
                                                            .prepare = prepare_update,
                                                            .simplified = "settings only: nothing scales"};

}  // namespace fickle
