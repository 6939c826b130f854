// Members of the item operations: tables by name, keys, expressions, legacy parameters and what is to be returned.
// Source: botocore's model for shapes and bounds; behaviour reference 1.6 for enum sets (the order is the service's) and 13.
#pragma once

#include "emulator/api/field.hh"

namespace fickle::fields {

inline constexpr std::int64_t kLongestAttributeName = 65535;
inline constexpr std::string_view kNamePattern = "[a-zA-Z0-9_.-]+";

// TableName of operations on items: one character is enough.
inline constexpr Field item_table_name{.name = "TableName",
                                       .required = true,
                                       .min_length = 1,
                                       .max_length = 255,
                                       .pattern = kNamePattern,
                                       .arn_allowed = true};
// The same of PutItem and UpdateItem, which look at nothing else before it.
inline constexpr Field item_table_name_alone{.name = "TableName",
                                             .required = true,
                                             .min_length = 1,
                                             .max_length = 255,
                                             .pattern = kNamePattern,
                                             .alone = true,
                                             .arn_allowed = true};
inline constexpr Field index_name{.name = "IndexName", .min_length = 3, .max_length = 255, .pattern = kNamePattern};

inline constexpr Field key{
    .name = "Key", .shape = Shape::attribute_map, .required = true, .max_key_length = kLongestAttributeName};
inline constexpr Field item{
    .name = "Item", .shape = Shape::attribute_map, .required = true, .max_key_length = kLongestAttributeName};
inline constexpr Field exclusive_start_key{
    .name = "ExclusiveStartKey", .shape = Shape::attribute_map, .max_key_length = kLongestAttributeName};

inline constexpr Field consistent_read{.name = "ConsistentRead", .shape = Shape::boolean};
inline constexpr Field scan_index_forward{.name = "ScanIndexForward", .shape = Shape::boolean};
inline constexpr Field limit{.name = "Limit", .shape = Shape::integer, .min_value = 1};
// Query says "Value at 'Limit'", without the value.
inline constexpr Field query_limit{
    .name = "Limit", .shape = Shape::integer, .min_value = 1, .hide_value = true, .printed_as = "Limit"};
inline constexpr Field segment{.name = "Segment", .shape = Shape::integer, .min_value = 0, .max_value = 999999};
inline constexpr Field total_segments{
    .name = "TotalSegments", .shape = Shape::integer, .min_value = 1, .max_value = 1000000};
inline constexpr Field client_request_token{.name = "ClientRequestToken", .min_length = 1, .max_length = 36};

inline constexpr Field return_consumed_capacity{.name = "ReturnConsumedCapacity", .enum_set = "[INDEXES, TOTAL, NONE]"};
inline constexpr Field return_item_collection_metrics{.name = "ReturnItemCollectionMetrics",
                                                      .enum_set = "[SIZE, NONE]"};
inline constexpr Field return_values{.name = "ReturnValues",
                                     .enum_set = "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"};
inline constexpr Field return_values_on_condition_check_failure{.name = "ReturnValuesOnConditionCheckFailure",
                                                                .enum_set = "[ALL_OLD, NONE]"};
inline constexpr Field select{.name = "Select",
                              .enum_set = "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"};

// Expressions. Their length is the expression compiler's business.
inline constexpr Field condition_expression{.name = "ConditionExpression"};
inline constexpr Field update_expression{.name = "UpdateExpression"};
inline constexpr Field projection_expression{.name = "ProjectionExpression"};
inline constexpr Field filter_expression{.name = "FilterExpression"};
inline constexpr Field key_condition_expression{.name = "KeyConditionExpression"};
inline constexpr Field attribute_name{.max_length = kLongestAttributeName};
inline constexpr Field expression_attribute_names{
    .name = "ExpressionAttributeNames", .shape = Shape::map, .element = &attribute_name};
inline constexpr Field expression_attribute_values{.name = "ExpressionAttributeValues", .shape = Shape::attribute_map};

// Legacy parameters.
inline constexpr std::string_view kComparisonOperators =
    "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]";
inline constexpr Field attribute_value{.shape = Shape::attribute_value};
inline constexpr Field attribute_key{.max_length = kLongestAttributeName};
inline constexpr Field conditional_operator{.name = "ConditionalOperator", .enum_set = "[OR, AND]"};
inline constexpr Field attributes_to_get{
    .name = "AttributesToGet", .shape = Shape::list, .min_length = 1, .max_length = 255, .element = &attribute_name};

inline constexpr Field kExpectedMembers[] = {
    {.name = "Value", .shape = Shape::attribute_value},
    {.name = "Exists", .shape = Shape::boolean},
    {.name = "ComparisonOperator", .enum_set = kComparisonOperators},
    {.name = "AttributeValueList", .shape = Shape::list, .element = &attribute_value},
};
inline constexpr Field expected_value{.shape = Shape::structure,
                                      .type_name = "com.amazonaws.dynamodb.v20120810.ExpectedAttributeValue",
                                      .members = kExpectedMembers};
inline constexpr Field expected{
    .name = "Expected", .shape = Shape::map, .element = &expected_value, .key = &attribute_key};

inline constexpr Field kAttributeUpdateMembers[] = {
    {.name = "Value", .shape = Shape::attribute_value},
    {.name = "Action", .enum_set = "[ADD, PUT, DELETE]"},
};
inline constexpr Field attribute_update{.shape = Shape::structure,
                                        .type_name = "com.amazonaws.dynamodb.v20120810.AttributeValueUpdate",
                                        .members = kAttributeUpdateMembers};
inline constexpr Field attribute_updates{
    .name = "AttributeUpdates", .shape = Shape::map, .element = &attribute_update, .key = &attribute_key};

inline constexpr Field kConditionMembers[] = {
    {.name = "AttributeValueList", .shape = Shape::list, .element = &attribute_value},
    {.name = "ComparisonOperator", .required = true, .enum_set = kComparisonOperators},
};
inline constexpr Field condition{
    .shape = Shape::structure, .type_name = "com.amazonaws.dynamodb.v20120810.Condition", .members = kConditionMembers};
inline constexpr Field key_conditions{
    .name = "KeyConditions", .shape = Shape::map, .element = &condition, .key = &attribute_key};
inline constexpr Field query_filter{
    .name = "QueryFilter", .shape = Shape::map, .element = &condition, .key = &attribute_key};
inline constexpr Field scan_filter{
    .name = "ScanFilter", .shape = Shape::map, .element = &condition, .key = &attribute_key};

// The same field, reported by itself (UpdateItem reports one bad enum at a time).
[[nodiscard]] constexpr Field alone(Field field) {
  field.alone = true;
  return field;
}
// The same field under another name (TargetTableName, BillingModeOverride), or demanded where others leave it out.
[[nodiscard]] constexpr Field renamed(Field field, std::string_view name) {
  field.name = name;
  return field;
}
[[nodiscard]] constexpr Field required(Field field) {
  field.required = true;
  return field;
}
[[nodiscard]] constexpr Field optional(Field field) {
  field.required = false;
  field.missing_text = {};
  return field;
}

}  // namespace fickle::fields
