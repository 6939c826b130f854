// Replicas of global tables (version 2019.11.21) as state: other regions are named and described, nothing is copied anywhere.
// Source: API_UpdateTable (ReplicaUpdates); behaviour reference 12.6. Guarded by the universe's mutex.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/api/common_fields.hh"
#include "emulator/engine/session.hh"

namespace fickle {

namespace fields {

inline constexpr Field region_name{.name = "RegionName", .required = true};
inline constexpr Field kThroughputOverrideMembers[] = {
    {.name = "ReadCapacityUnits", .shape = Shape::long_integer, .min_value = 1}};
inline constexpr Field throughput_override{
    .name = "ProvisionedThroughputOverride",
    .shape = Shape::structure,
    .type_name = "com.amazonaws.dynamodb.v20120810.ProvisionedThroughputOverride",
    .members = kThroughputOverrideMembers};
inline constexpr Field kOnDemandOverrideMembers[] = {{.name = "MaxReadRequestUnits", .shape = Shape::long_integer}};
inline constexpr Field on_demand_override{.name = "OnDemandThroughputOverride",
                                          .shape = Shape::structure,
                                          .type_name = "com.amazonaws.dynamodb.v20120810.OnDemandThroughputOverride",
                                          .members = kOnDemandOverrideMembers};
inline constexpr Field kReplicaIndexMembers[] = {table_index_name, throughput_override, on_demand_override};
inline constexpr Field kReplicaIndex{.shape = Shape::structure,
                                     .type_name = "com.amazonaws.dynamodb.v20120810.ReplicaGlobalSecondaryIndex",
                                     .members = kReplicaIndexMembers};
inline constexpr Field kReplicaActionMembers[] = {
    region_name,
    {.name = "KMSMasterKeyId"},
    throughput_override,
    on_demand_override,
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .min_length = 1, .element = &kReplicaIndex},
    {.name = "TableClassOverride", .enum_set = "[STANDARD, STANDARD_INFREQUENT_ACCESS]"},
};
inline constexpr Field kRegionMembers[] = {region_name};
inline constexpr Field kDisassociateMembers[] = {
    region_name, {.name = "DisassociationMode", .required = true, .enum_set = "[WAIT_FOR_REPLICATION]"}};
inline constexpr Field kReplicaUpdateMembers[] = {
    {.name = "Create",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.CreateReplicationGroupMemberAction",
     .members = kReplicaActionMembers},
    {.name = "Update",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.UpdateReplicationGroupMemberAction",
     .members = kReplicaActionMembers},
    {.name = "Delete",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.DeleteReplicationGroupMemberAction",
     .members = kRegionMembers},
    {.name = "Disassociate",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.DisassociateReplicationGroupMemberAction",
     .members = kDisassociateMembers},
};
inline constexpr Field kReplicaUpdate{.shape = Shape::structure,
                                      .type_name = "com.amazonaws.dynamodb.v20120810.ReplicationGroupUpdate",
                                      .members = kReplicaUpdateMembers};
inline constexpr Field replica_updates{
    .name = "ReplicaUpdates", .shape = Shape::list, .min_length = 1, .element = &kReplicaUpdate};
inline constexpr Field multi_region_consistency{.name = "MultiRegionConsistency", .enum_set = "[EVENTUAL, STRONG]"};
inline constexpr Field kWitnessUpdateMembers[] = {
    {.name = "Create", .shape = Shape::structure, .members = kRegionMembers},
    {.name = "Delete", .shape = Shape::structure, .members = kRegionMembers},
};
inline constexpr Field kWitnessUpdate{.shape = Shape::structure, .members = kWitnessUpdateMembers};
inline constexpr Field witness_updates{.name = "GlobalTableWitnessUpdates",
                                       .shape = Shape::list,
                                       .min_length = 1,
                                       .max_length = 1,
                                       .element = &kWitnessUpdate};
inline constexpr Field settings_replication_mode{.name = "GlobalTableSettingsReplicationMode",
                                                 .enum_set = "[ENABLED, DISABLED, ENABLED_WITH_OVERRIDES]"};

}  // namespace fields

struct ReplicaAction {
  enum class Kind { create, update, remove } kind = Kind::create;
  std::string region;
  boost::json::object body;
};
struct ReplicaChange {
  std::vector<ReplicaAction> actions;
  std::vector<ReplicaAction> witnesses;
  std::optional<std::string> consistency;
  std::optional<std::string> settings_mode;
  std::optional<bool> disassociation_protection;
  [[nodiscard]] bool empty() const {
    return actions.empty() && witnesses.empty() && !consistency && !settings_mode && !disassociation_protection;
  }
};

[[nodiscard]] ReplicaChange read_replica_change(const boost::json::object& body);
void check_replica_change(Session& session, const Table& table, const ReplicaChange& change);
void apply_replica_change(Session& session, Table& table, const ReplicaChange& change);
// In UpdateTable's answer replicas and witnesses are still coming or going; `old` is the description before.
void show_replica_change(boost::json::object& description, const boost::json::object& old, const ReplicaChange& change);
[[nodiscard]] bool is_replicated(const Table& table);
// Replicas as described, without the table's own region.
[[nodiscard]] const boost::json::array* replicas_of(const Table& table);  // nullptr: none

}  // namespace fickle
