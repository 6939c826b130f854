// Members that several replies share: capacity, item collections, tables, items. Declared for the reply check; nothing constrains them.
// Source: botocore's model; behaviour reference 3.5, 4.5, 4.6.
#pragma once

#include "emulator/api/table_fields.hh"

namespace fickle::fields {

inline constexpr Field kCapacityMembers[] = {
    {.name = "CapacityUnits", .shape = Shape::double_number},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number},
    {.name = "WriteCapacityUnits", .shape = Shape::double_number},
};
inline constexpr Field capacity{.shape = Shape::structure, .members = kCapacityMembers};
inline constexpr Field kConsumedCapacityMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number},
    {.name = "WriteCapacityUnits", .shape = Shape::double_number},
    {.name = "Table", .shape = Shape::structure, .members = kCapacityMembers},
    {.name = "LocalSecondaryIndexes", .shape = Shape::map, .element = &capacity},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::map, .element = &capacity},
};
inline constexpr Field consumed_capacity{
    .name = "ConsumedCapacity", .shape = Shape::structure, .members = kConsumedCapacityMembers};
// Of batches, transactions: one element per table.
inline constexpr Field consumed_capacities{
    .name = "ConsumedCapacity", .shape = Shape::list, .element = &consumed_capacity};

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

inline constexpr std::string_view kTableStatuses =
    "[CREATING, UPDATING, DELETING, ACTIVE, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED]";
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

inline constexpr Field kBillingModeSummaryMembers[] = {
    billing_mode,
    {.name = "LastUpdateToPayPerRequestDateTime", .shape = Shape::timestamp},
};
inline constexpr Field kSseDescriptionMembers[] = {
    {.name = "Status", .enum_set = "[ENABLING, ENABLED, DISABLING, DISABLED, UPDATING]"},
    {.name = "SSEType", .enum_set = "[AES256, KMS]"},
    {.name = "KMSMasterKeyArn"},
    {.name = "InaccessibleEncryptionDateTime", .shape = Shape::timestamp},
};
inline constexpr Field kTableClassSummaryMembers[] = {
    {.name = "TableClass", .enum_set = "[STANDARD, STANDARD_INFREQUENT_ACCESS]"},
    {.name = "LastUpdateDateTime", .shape = Shape::timestamp},
};
inline constexpr Field kRestoreSummaryMembers[] = {
    {.name = "SourceBackupArn"},
    {.name = "SourceTableArn"},
    {.name = "RestoreDateTime", .shape = Shape::timestamp, .required = true},
    {.name = "RestoreInProgress", .shape = Shape::boolean, .required = true},
};
inline constexpr Field kArchivalSummaryMembers[] = {
    {.name = "ArchivalDateTime", .shape = Shape::timestamp},
    {.name = "ArchivalReason"},
    {.name = "ArchivalBackupArn"},
};
inline constexpr Field table_class_summary{
    .name = "TableClassSummary", .shape = Shape::structure, .members = kTableClassSummaryMembers};
inline constexpr Field billing_mode_summary{
    .name = "BillingModeSummary", .shape = Shape::structure, .members = kBillingModeSummaryMembers};

inline constexpr Field kReplicaIndexDescriptionMembers[] = {
    {.name = "IndexName"},
    renamed(provisioned_throughput, "ProvisionedThroughputOverride"),
    renamed(on_demand_throughput, "OnDemandThroughputOverride"),
    warm_throughput_description,
};
inline constexpr Field kReplicaIndexDescription{.shape = Shape::structure, .members = kReplicaIndexDescriptionMembers};
inline constexpr Field kReplicaDescriptionMembers[] = {
    {.name = "RegionName"},
    {.name = "ReplicaStatus"},
    {.name = "ReplicaArn"},
    {.name = "ReplicaStatusDescription"},
    {.name = "ReplicaStatusPercentProgress"},
    {.name = "KMSMasterKeyId"},
    renamed(provisioned_throughput, "ProvisionedThroughputOverride"),
    renamed(on_demand_throughput, "OnDemandThroughputOverride"),
    warm_throughput_description,
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &kReplicaIndexDescription},
    {.name = "ReplicaInaccessibleDateTime", .shape = Shape::timestamp},
    renamed(table_class_summary, "ReplicaTableClassSummary"),
    {.name = "GlobalTableSettingsReplicationMode"},
};
inline constexpr Field replica_description{.shape = Shape::structure, .members = kReplicaDescriptionMembers};
inline constexpr Field kWitnessMembers[] = {{.name = "RegionName"}, {.name = "WitnessStatus"}};
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
inline constexpr Field kVectorIndexDescription{.shape = Shape::structure, .members = kVectorIndexDescriptionMembers};

inline constexpr Field kTableDescriptionMembers[] = {
    attribute_definitions,
    {.name = "TableName", .required = true},
    optional(key_schema),
    {.name = "TableStatus", .required = true, .enum_set = kTableStatuses},
    {.name = "CreationDateTime", .shape = Shape::timestamp},
    throughput_description,
    {.name = "TableSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    {.name = "TableArn", .required = true},
    {.name = "TableId"},
    billing_mode_summary,
    {.name = "LocalSecondaryIndexes", .shape = Shape::list, .element = &local_index_description},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &global_index_description},
    stream_specification,
    {.name = "LatestStreamLabel"},
    {.name = "LatestStreamArn"},
    {.name = "GlobalTableVersion"},
    {.name = "Replicas", .shape = Shape::list, .element = &replica_description},
    {.name = "GlobalTableWitnesses", .shape = Shape::list, .element = &kWitness},
    {.name = "GlobalTableSettingsReplicationMode"},
    {.name = "RestoreSummary", .shape = Shape::structure, .members = kRestoreSummaryMembers},
    {.name = "SSEDescription", .shape = Shape::structure, .members = kSseDescriptionMembers},
    {.name = "ArchivalSummary", .shape = Shape::structure, .members = kArchivalSummaryMembers},
    table_class_summary,
    deletion_protection,
    on_demand_throughput,
    warm_throughput_description,
    {.name = "MultiRegionConsistency", .enum_set = "[EVENTUAL, STRONG]"},
    {.name = "VectorIndexes", .shape = Shape::list, .element = &kVectorIndexDescription},
};
inline constexpr Field table_description{
    .name = "TableDescription", .shape = Shape::structure, .required = true, .members = kTableDescriptionMembers};
// DescribeTable's name for it.
inline constexpr Field described_table{
    .name = "Table", .shape = Shape::structure, .required = true, .members = kTableDescriptionMembers};

}  // namespace fickle::fields
