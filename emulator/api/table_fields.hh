// Members of the table operations. The order of a structure's members is the order in which their violations are listed
// (behaviour reference 3.2, and recorded answers: attributeType before attributeName, writeCapacityUnits before readCapacityUnits).
#pragma once

#include "emulator/api/item_fields.hh"

namespace fickle::fields {

// TableName of operations on tables. An empty name breaks the length first, then the pattern.
inline constexpr Field control_table_name{
    .name = "TableName",
    .required = true,
    .min_length = 3,
    .max_length = 255,
    .pattern = kNamePattern,
    .missing_text = "The parameter 'TableName' is required but was not present in the request",
    .length_first = true,
    .arn_allowed = true};
inline constexpr Field table_index_name{
    .name = "IndexName", .required = true, .min_length = 3, .max_length = 255, .pattern = kNamePattern};

inline constexpr Field kAttributeDefinitionMembers[] = {
    {.name = "AttributeType", .required = true, .enum_set = "[B, N, S]"},
    {.name = "AttributeName", .required = true, .min_length = 1, .max_length = 255},
};
inline constexpr Field attribute_definition{.shape = Shape::structure,
                                            .type_name = "com.amazonaws.dynamodb.v20120810.AttributeDefinition",
                                            .members = kAttributeDefinitionMembers};
inline constexpr Field attribute_definitions{
    .name = "AttributeDefinitions", .shape = Shape::list, .element = &attribute_definition};

inline constexpr Field kKeySchemaElementMembers[] = {
    {.name = "AttributeName", .required = true, .min_length = 1, .max_length = 255},
    {.name = "KeyType", .required = true, .enum_set = "[HASH, RANGE]"},
};
inline constexpr Field key_schema_element{.shape = Shape::structure,
                                          .type_name = "com.amazonaws.dynamodb.v20120810.KeySchemaElement",
                                          .members = kKeySchemaElementMembers};
inline constexpr Field key_schema{.name = "KeySchema",
                                  .shape = Shape::list,
                                  .required = true,
                                  .min_length = 1,
                                  .max_length = 2,
                                  .element = &key_schema_element};
// Of a global secondary index: up to four attributes of either kind.
inline constexpr Field global_key_schema{.name = "KeySchema",
                                         .shape = Shape::list,
                                         .required = true,
                                         .min_length = 1,
                                         .max_length = 8,
                                         .element = &key_schema_element};

inline constexpr Field non_key_attribute{.min_length = 1, .max_length = 255};
inline constexpr Field kProjectionMembers[] = {
    {.name = "ProjectionType", .enum_set = "[ALL, INCLUDE, KEYS_ONLY]"},
    {.name = "NonKeyAttributes",
     .shape = Shape::list,
     .min_length = 1,
     .max_length = 20,
     .element = &non_key_attribute},
};
inline constexpr Field projection{.name = "Projection",
                                  .shape = Shape::structure,
                                  .required = true,
                                  .type_name = "com.amazonaws.dynamodb.v20120810.Projection",
                                  .members = kProjectionMembers};

inline constexpr Field billing_mode{.name = "BillingMode", .enum_set = "[PROVISIONED, PAY_PER_REQUEST]"};
inline constexpr Field kProvisionedThroughputMembers[] = {
    {.name = "WriteCapacityUnits", .shape = Shape::long_integer, .required = true, .min_value = 1},
    {.name = "ReadCapacityUnits", .shape = Shape::long_integer, .required = true, .min_value = 1},
};
inline constexpr Field provisioned_throughput{.name = "ProvisionedThroughput",
                                              .shape = Shape::structure,
                                              .type_name = "com.amazonaws.dynamodb.v20120810.ProvisionedThroughput",
                                              .members = kProvisionedThroughputMembers};
// Ranges of these two are checked by the operation, in sentences of their own.
inline constexpr Field kOnDemandThroughputMembers[] = {
    {.name = "MaxReadRequestUnits", .shape = Shape::long_integer},
    {.name = "MaxWriteRequestUnits", .shape = Shape::long_integer},
};
inline constexpr Field on_demand_throughput{.name = "OnDemandThroughput",
                                            .shape = Shape::structure,
                                            .type_name = "com.amazonaws.dynamodb.v20120810.OnDemandThroughput",
                                            .members = kOnDemandThroughputMembers};
inline constexpr Field kWarmThroughputMembers[] = {
    {.name = "ReadUnitsPerSecond", .shape = Shape::long_integer},
    {.name = "WriteUnitsPerSecond", .shape = Shape::long_integer},
};
inline constexpr Field warm_throughput{.name = "WarmThroughput",
                                       .shape = Shape::structure,
                                       .type_name = "com.amazonaws.dynamodb.v20120810.WarmThroughput",
                                       .members = kWarmThroughputMembers};

inline constexpr Field kLocalIndexMembers[] = {table_index_name, key_schema, projection};
inline constexpr Field local_index{.shape = Shape::structure,
                                   .type_name = "com.amazonaws.dynamodb.v20120810.LocalSecondaryIndex",
                                   .members = kLocalIndexMembers};
inline constexpr Field local_secondary_indexes{
    .name = "LocalSecondaryIndexes", .shape = Shape::list, .element = &local_index};
inline constexpr Field kGlobalIndexMembers[] = {
    table_index_name, global_key_schema, projection, provisioned_throughput, on_demand_throughput, warm_throughput,
};
inline constexpr Field global_index{.shape = Shape::structure,
                                    .type_name = "com.amazonaws.dynamodb.v20120810.GlobalSecondaryIndex",
                                    .members = kGlobalIndexMembers};
inline constexpr Field global_secondary_indexes{
    .name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &global_index};

// UpdateTable.
inline constexpr Field kUpdateIndexMembers[] = {table_index_name, provisioned_throughput, on_demand_throughput,
                                                warm_throughput};
inline constexpr Field kDeleteIndexMembers[] = {table_index_name};
inline constexpr Field kGlobalIndexUpdateMembers[] = {
    {.name = "Update",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.UpdateGlobalSecondaryIndexAction",
     .members = kUpdateIndexMembers},
    {.name = "Create",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.CreateGlobalSecondaryIndexAction",
     .members = kGlobalIndexMembers},
    {.name = "Delete",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.DeleteGlobalSecondaryIndexAction",
     .members = kDeleteIndexMembers},
};
inline constexpr Field global_index_update{.shape = Shape::structure,
                                           .type_name = "com.amazonaws.dynamodb.v20120810.GlobalSecondaryIndexUpdate",
                                           .members = kGlobalIndexUpdateMembers};
inline constexpr Field global_secondary_index_updates{
    .name = "GlobalSecondaryIndexUpdates", .shape = Shape::list, .element = &global_index_update};

inline constexpr Field kStreamSpecificationMembers[] = {
    {.name = "StreamEnabled", .shape = Shape::boolean, .required = true},
    {.name = "StreamViewType", .enum_set = "[OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]"},
};
inline constexpr Field stream_specification{.name = "StreamSpecification",
                                            .shape = Shape::structure,
                                            .type_name = "com.amazonaws.dynamodb.v20120810.StreamSpecification",
                                            .members = kStreamSpecificationMembers};
inline constexpr Field kSseSpecificationMembers[] = {
    {.name = "Enabled", .shape = Shape::boolean},
    {.name = "SSEType", .enum_set = "[AES256, KMS]"},
    {.name = "KMSMasterKeyId"},
};
inline constexpr Field sse_specification{.name = "SSESpecification",
                                         .shape = Shape::structure,
                                         .type_name = "com.amazonaws.dynamodb.v20120810.SSESpecification",
                                         .members = kSseSpecificationMembers};
inline constexpr Field deletion_protection{.name = "DeletionProtectionEnabled", .shape = Shape::boolean};
// A bad class has a sentence of its own, so it is the operation's to check.
inline constexpr Field table_class{.name = "TableClass"};
// So have the keys and values of tags.
inline constexpr Field kTagMembers[] = {{.name = "Key"}, {.name = "Value"}};
inline constexpr Field tag{
    .shape = Shape::structure, .type_name = "com.amazonaws.dynamodb.v20120810.Tag", .members = kTagMembers};
inline constexpr Field tags{.name = "Tags", .shape = Shape::list, .element = &tag};

}  // namespace fickle::fields
