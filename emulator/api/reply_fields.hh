// Members that several replies share: items, item collections, descriptions of tables. Declared for the reply check; nothing constrains
// them. An operation declares what it can answer, so each has its own kind of TableDescription. What the service can answer and this
// emulator never does is not declared but listed in COMPATIBILITY.md. Source: botocore's model; behaviour reference 3.5, 4.6.
#pragma once

#include "emulator/api/field_lists.hh"
#include "emulator/api/table_fields.hh"

namespace fickle::fields {

inline constexpr Field kDouble{.shape = Shape::double_number};
inline constexpr Field kItemCollectionMetricsMembers[] = {
    {.name = "ItemCollectionKey", .shape = Shape::attribute_map, .required = true},
    {.name = "SizeEstimateRangeGB", .shape = Shape::list, .required = true, .element = &kDouble},
};
inline constexpr Field item_collection_metrics{
    .name = "ItemCollectionMetrics", .shape = Shape::structure, .members = kItemCollectionMetricsMembers};
inline constexpr Field kItemCollectionMetricsList{.shape = Shape::list, .element = &item_collection_metrics};
// Of batches and transactions: by table.
inline constexpr Field item_collection_metrics_by_table{
    .name = "ItemCollectionMetrics", .shape = Shape::map, .element = &kItemCollectionMetricsList};

inline constexpr Field attributes{.name = "Attributes", .shape = Shape::attribute_map};
inline constexpr Field found_item{.name = "Item", .shape = Shape::attribute_map};
inline constexpr Field kAnyItem{.shape = Shape::attribute_map};
inline constexpr Field items{.name = "Items", .shape = Shape::list, .element = &kAnyItem};
inline constexpr Field last_evaluated_key{.name = "LastEvaluatedKey", .shape = Shape::attribute_map};
inline constexpr Field count{.name = "Count", .shape = Shape::integer};
inline constexpr Field scanned_count{.name = "ScannedCount", .shape = Shape::integer};
inline constexpr Field next_token{.name = "NextToken"};

inline constexpr std::string_view kTableStatuses = "[CREATING, UPDATING, DELETING, ACTIVE]";
inline constexpr std::string_view kIndexStatuses = "[CREATING, UPDATING, DELETING, ACTIVE]";

inline constexpr Field kThroughputDescriptionMembers[] = {
    {.name = "LastIncreaseDateTime", .shape = Shape::timestamp},
    {.name = "LastDecreaseDateTime", .shape = Shape::timestamp},
    {.name = "NumberOfDecreasesToday", .shape = Shape::long_integer, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::long_integer, .required = true},
    {.name = "WriteCapacityUnits", .shape = Shape::long_integer, .required = true},
};
inline constexpr Field throughput_description{
    .name = "ProvisionedThroughput", .shape = Shape::structure, .members = kThroughputDescriptionMembers};
inline constexpr auto kNewThroughputMembers =
    without(kThroughputDescriptionMembers, {"LastIncreaseDateTime", "LastDecreaseDateTime"});
inline constexpr Field new_throughput{
    .name = "ProvisionedThroughput", .shape = Shape::structure, .members = kNewThroughputMembers};
inline constexpr Field kWarmThroughputDescriptionMembers[] = {
    {.name = "ReadUnitsPerSecond", .shape = Shape::long_integer},
    {.name = "WriteUnitsPerSecond", .shape = Shape::long_integer},
    {.name = "Status", .enum_set = kTableStatuses},
};
inline constexpr Field warm_throughput_description{
    .name = "WarmThroughput", .shape = Shape::structure, .members = kWarmThroughputDescriptionMembers};

inline constexpr Field kLocalIndexDescriptionMembers[] = {
    {.name = "IndexName", .required = true},
    {.name = "IndexArn"},
    key_schema,
    projection,
    {.name = "IndexSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
};
inline constexpr Field local_index_description{.shape = Shape::structure, .members = kLocalIndexDescriptionMembers};
inline constexpr Field kGlobalIndexDescriptionMembers[] = {
    {.name = "IndexName", .required = true},
    {.name = "IndexArn"},
    key_schema,
    projection,
    {.name = "IndexStatus", .enum_set = kIndexStatuses},
    {.name = "Backfilling", .shape = Shape::boolean},
    {.name = "IndexSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    throughput_description,
    on_demand_throughput,
    warm_throughput_description,
};
inline constexpr Field global_index_description{.shape = Shape::structure, .members = kGlobalIndexDescriptionMembers};
// Made with its table: nothing to fill in, nothing changed yet.
inline constexpr auto kNewGlobalIndexMembers =
    with(without(kGlobalIndexDescriptionMembers, {"Backfilling"}), {new_throughput});
inline constexpr Field new_global_index{.shape = Shape::structure, .members = kNewGlobalIndexMembers};
inline constexpr auto kRestoredGlobalIndexMembers = without(kNewGlobalIndexMembers, {"WarmThroughput"});
inline constexpr Field restored_global_index{.shape = Shape::structure, .members = kRestoredGlobalIndexMembers};

inline constexpr Field kBillingModeSummaryMembers[] = {
    billing_mode,
    {.name = "LastUpdateToPayPerRequestDateTime", .shape = Shape::timestamp},
};
inline constexpr Field billing_mode_summary{
    .name = "BillingModeSummary", .shape = Shape::structure, .members = kBillingModeSummaryMembers};
inline constexpr Field kNewBillingModeMembers[] = {billing_mode};
inline constexpr Field new_billing_mode{
    .name = "BillingModeSummary", .shape = Shape::structure, .members = kNewBillingModeMembers};
// The same under another name, which the API models do not have.
inline constexpr Field kThroughputModeSummaryMembers[] = {
    renamed(billing_mode, "TableThroughputMode"),
    {.name = "LastUpdateToPayPerRequestDateTime", .shape = Shape::timestamp},
};
inline constexpr Field throughput_mode_summary{
    .name = "TableThroughputModeSummary", .shape = Shape::structure, .members = kThroughputModeSummaryMembers};
inline constexpr auto kNewThroughputModeMembers =
    without(kThroughputModeSummaryMembers, {"LastUpdateToPayPerRequestDateTime"});
inline constexpr Field new_throughput_mode{
    .name = "TableThroughputModeSummary", .shape = Shape::structure, .members = kNewThroughputModeMembers};

// Keys never become inaccessible here, so there is no InaccessibleEncryptionDateTime, nor an ArchivalSummary.
inline constexpr Field kSseDescriptionMembers[] = {
    {.name = "Status", .enum_set = "[ENABLED, UPDATING]"},
    {.name = "SSEType", .enum_set = "[KMS]"},
    {.name = "KMSMasterKeyArn"},
};
inline constexpr Field sse_description{
    .name = "SSEDescription", .shape = Shape::structure, .members = kSseDescriptionMembers};

inline constexpr Field kTableClassSummaryMembers[] = {
    {.name = "TableClass", .enum_set = "[STANDARD, STANDARD_INFREQUENT_ACCESS]"},
    {.name = "LastUpdateDateTime", .shape = Shape::timestamp},
};
inline constexpr Field table_class_summary{
    .name = "TableClassSummary", .shape = Shape::structure, .members = kTableClassSummaryMembers};
inline constexpr auto kNewTableClassMembers = without(kTableClassSummaryMembers, {"LastUpdateDateTime"});
inline constexpr Field new_table_class{
    .name = "TableClassSummary", .shape = Shape::structure, .members = kNewTableClassMembers};

inline constexpr Field kRestoreSummaryMembers[] = {
    {.name = "SourceBackupArn"},
    {.name = "SourceTableArn"},
    {.name = "RestoreDateTime", .shape = Shape::timestamp, .required = true},
    {.name = "RestoreInProgress", .shape = Shape::boolean, .required = true},
};
inline constexpr Field restore_summary{
    .name = "RestoreSummary", .shape = Shape::structure, .members = kRestoreSummaryMembers};
// From the table itself, not from a backup.
inline constexpr auto kTimeRestoreSummaryMembers = without(kRestoreSummaryMembers, {"SourceBackupArn"});
inline constexpr Field time_restore_summary{
    .name = "RestoreSummary", .shape = Shape::structure, .members = kTimeRestoreSummaryMembers};

inline constexpr Field kReadOverrideMembers[] = {{.name = "ReadCapacityUnits", .shape = Shape::long_integer}};
inline constexpr Field read_override{
    .name = "ProvisionedThroughputOverride", .shape = Shape::structure, .members = kReadOverrideMembers};
inline constexpr Field kRequestOverrideMembers[] = {{.name = "MaxReadRequestUnits", .shape = Shape::long_integer}};
inline constexpr Field request_override{
    .name = "OnDemandThroughputOverride", .shape = Shape::structure, .members = kRequestOverrideMembers};
inline constexpr Field kReplicaIndexDescriptionMembers[] = {{.name = "IndexName"}, read_override, request_override};
inline constexpr Field kReplicaIndexDescription{.shape = Shape::structure, .members = kReplicaIndexDescriptionMembers};
// Replicas are settings: they show what was asked of them.
inline constexpr Field kReplicaDescriptionMembers[] = {
    {.name = "RegionName"},
    {.name = "ReplicaStatus", .enum_set = "[CREATING, UPDATING, DELETING, ACTIVE]"},
    {.name = "KMSMasterKeyId"},
    read_override,
    request_override,
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &kReplicaIndexDescription},
    renamed(table_class_summary, "ReplicaTableClassSummary"),
};
inline constexpr Field replica_description{.shape = Shape::structure, .members = kReplicaDescriptionMembers};
inline constexpr Field kWitnessMembers[] = {{.name = "RegionName"},
                                            {.name = "WitnessStatus", .enum_set = "[CREATING, DELETING, ACTIVE]"}};
inline constexpr Field kWitness{.shape = Shape::structure, .members = kWitnessMembers};

inline constexpr Field kVectorAttributeNameMembers[] = {{.name = "AttributeName", .required = true}};
inline constexpr Field kSearchSchemaMembers[] = {
    {.name = "AttributeName", .required = true},
    {.name = "SearchSchemaElementType", .required = true, .enum_set = "[HASH, INLINE_FILTER]"},
};
inline constexpr Field kSearchSchemaElement{.shape = Shape::structure, .members = kSearchSchemaMembers};
inline constexpr Field kVectorIndexDescriptionMembers[] = {
    {.name = "IndexName"},
    {.name = "SearchSchema", .shape = Shape::list, .element = &kSearchSchemaElement},
    projection,
    {.name = "VectorAttribute", .shape = Shape::structure, .members = kVectorAttributeNameMembers},
    {.name = "Dimensions", .shape = Shape::integer},
    {.name = "DistanceFunction", .enum_set = "[COSINE, DOT_PRODUCT, EUCLIDEAN]"},
    {.name = "IndexStatus", .enum_set = kIndexStatuses},
    {.name = "Backfilling", .shape = Shape::boolean},
    {.name = "IndexSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    {.name = "IndexArn"},
};
inline constexpr Field vector_index_description{.shape = Shape::structure, .members = kVectorIndexDescriptionMembers};
inline constexpr auto kNewVectorIndexMembers = without(kVectorIndexDescriptionMembers, {"Backfilling"});
inline constexpr Field new_vector_index{.shape = Shape::structure, .members = kNewVectorIndexMembers};

// UpdateTable.
inline constexpr Field kTableDescriptionMembers[] = {
    attribute_definitions,
    {.name = "TableName", .required = true},
    key_schema,
    {.name = "TableStatus", .required = true, .enum_set = kTableStatuses},
    {.name = "CreationDateTime", .shape = Shape::timestamp},
    throughput_description,
    {.name = "TableSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    {.name = "TableArn", .required = true},
    {.name = "TableId"},
    billing_mode_summary,
    throughput_mode_summary,
    {.name = "LocalSecondaryIndexes", .shape = Shape::list, .element = &local_index_description},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &global_index_description},
    stream_specification,
    {.name = "LatestStreamLabel"},
    {.name = "LatestStreamArn"},
    {.name = "GlobalTableVersion"},
    {.name = "Replicas", .shape = Shape::list, .element = &replica_description},
    {.name = "GlobalTableWitnesses", .shape = Shape::list, .element = &kWitness},
    {.name = "GlobalTableSettingsReplicationMode", .enum_set = "[ENABLED, DISABLED, ENABLED_WITH_OVERRIDES]"},
    {.name = "DisassociationProtectionEnabled", .shape = Shape::boolean},
    restore_summary,
    sse_description,
    table_class_summary,
    deletion_protection,
    on_demand_throughput,
    warm_throughput_description,
    {.name = "MultiRegionConsistency", .enum_set = "[EVENTUAL, STRONG]"},
    {.name = "VectorIndexes", .shape = Shape::list, .element = &vector_index_description},
};
inline constexpr Field table_description{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kTableDescriptionMembers};
// DescribeTable, under its name for it.
inline constexpr Field described_table{
    .name = "Table", .shape = Shape::structure, .required = true, .members = kTableDescriptionMembers};

// CreateTable: nothing has changed yet, and replicas come later.
inline constexpr auto kNewTableMembers =
    with(without(kTableDescriptionMembers,
                 {"GlobalTableVersion", "Replicas", "GlobalTableWitnesses", "GlobalTableSettingsReplicationMode",
                  "DisassociationProtectionEnabled", "MultiRegionConsistency", "RestoreSummary"}),
         {new_throughput,
          new_billing_mode,
          new_throughput_mode,
          {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &new_global_index},
          new_table_class,
          {.name = "VectorIndexes", .shape = Shape::list, .element = &new_vector_index}});
inline constexpr Field new_table{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kNewTableMembers};

// The restores: no stream, nothing warmed, and where the data come from.
inline constexpr auto kRestoredFromBackupMembers =
    with(without(kTableDescriptionMembers,
                 {"StreamSpecification", "LatestStreamLabel", "LatestStreamArn", "WarmThroughput", "GlobalTableVersion",
                  "Replicas", "GlobalTableWitnesses", "GlobalTableSettingsReplicationMode",
                  "DisassociationProtectionEnabled", "MultiRegionConsistency"}),
         {new_throughput,
          new_billing_mode,
          new_throughput_mode,
          {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &restored_global_index},
          new_table_class,
          {.name = "VectorIndexes", .shape = Shape::list, .element = &new_vector_index}});
inline constexpr Field table_of_backup{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kRestoredFromBackupMembers};
inline constexpr auto kRestoredToTimeMembers = with(kRestoredFromBackupMembers, {time_restore_summary});
inline constexpr Field table_of_time{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kRestoredToTimeMembers};

// DeleteTable says little.
inline constexpr auto kDeletedTableMembers = with(
    without(kTableDescriptionMembers,
            {"AttributeDefinitions", "KeySchema", "CreationDateTime", "LocalSecondaryIndexes", "GlobalSecondaryIndexes",
             "GlobalTableVersion", "Replicas", "GlobalTableWitnesses", "GlobalTableSettingsReplicationMode",
             "DisassociationProtectionEnabled", "RestoreSummary", "SSEDescription", "TableClassSummary",
             "OnDemandThroughput", "WarmThroughput", "MultiRegionConsistency", "VectorIndexes"}),
    {{.name = "TableStatus", .required = true, .enum_set = "[DELETING]"}});
inline constexpr Field deleted_table{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kDeletedTableMembers};

}  // namespace fickle::fields
