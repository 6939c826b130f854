// Request members of batches and transactions. Source: botocore's model; behaviour reference 8.1 to 8.3 and 8.6.
#pragma once

#include "emulator/api/item_fields.hh"

namespace fickle::fields {

// The keys of RequestItems: table names (or ARNs), longer than one character.
inline constexpr Field batch_table_name{
    .min_length = 3, .max_length = 255, .pattern = kNamePattern, .arn_allowed = true};

// BatchGetItem. An empty map is refused by the operation, in a sentence of its own.
inline constexpr Field kAttributeMap{.shape = Shape::attribute_map, .max_key_length = kLongestAttributeName};
inline constexpr Field kKeysAndAttributesMembers[] = {
    {.name = "Keys",
     .shape = Shape::list,
     .required = true,
     .min_length = 1,
     .max_length = 100,
     .element = &kAttributeMap,
     .hide_value = true,
     .long_path_as_written = true},
    attributes_to_get,
    consistent_read,
    projection_expression,
    expression_attribute_names,
};
inline constexpr Field keys_and_attributes{.shape = Shape::structure,
                                           .type_name = "com.amazonaws.dynamodb.v20120810.KeysAndAttributes",
                                           .members = kKeysAndAttributesMembers};
inline constexpr Field batch_get_request_items{.name = "RequestItems",
                                               .shape = Shape::map,
                                               .required = true,
                                               .max_length = 100,
                                               .element = &keys_and_attributes,
                                               .key = &batch_table_name};

// BatchWriteItem. The service's own PutRequest has a member that its public model does not show.
inline constexpr Field kPutRequestMembers[] = {item, {.name = "workloadProfileName"}};
inline constexpr Field kDeleteRequestMembers[] = {key};
inline constexpr Field kWriteRequestMembers[] = {
    {.name = "PutRequest",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.PutRequest",
     .members = kPutRequestMembers},
    {.name = "DeleteRequest",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.DeleteRequest",
     .members = kDeleteRequestMembers},
};
inline constexpr Field write_request{.shape = Shape::structure,
                                     .type_name = "com.amazonaws.dynamodb.v20120810.WriteRequest",
                                     .members = kWriteRequestMembers};
inline constexpr Field write_requests{
    .shape = Shape::list, .min_length = 1, .max_length = 25, .element = &write_request};
inline constexpr Field batch_write_request_items{.name = "RequestItems",
                                                 .shape = Shape::map,
                                                 .required = true,
                                                 .max_length = 25,
                                                 .element = &write_requests,
                                                 .key = &batch_table_name};

// TransactWriteItems.
inline constexpr Field kConditionCheckMembers[] = {
    key,
    item_table_name,
    required(condition_expression),
    expression_attribute_names,
    expression_attribute_values,
    return_values_on_condition_check_failure,
};
inline constexpr Field kTransactPutMembers[] = {
    item,
    item_table_name,
    condition_expression,
    expression_attribute_names,
    expression_attribute_values,
    return_values_on_condition_check_failure,
};
inline constexpr Field kTransactDeleteMembers[] = {
    key,
    item_table_name,
    condition_expression,
    expression_attribute_names,
    expression_attribute_values,
    return_values_on_condition_check_failure,
};
inline constexpr Field kTransactUpdateMembers[] = {
    key,
    required(update_expression),
    item_table_name,
    condition_expression,
    expression_attribute_names,
    expression_attribute_values,
    return_values_on_condition_check_failure,
};
inline constexpr Field kTransactWriteItemMembers[] = {
    {.name = "ConditionCheck",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.ConditionCheck",
     .members = kConditionCheckMembers},
    {.name = "Put",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.Put",
     .members = kTransactPutMembers},
    {.name = "Delete",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.Delete",
     .members = kTransactDeleteMembers},
    {.name = "Update",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.Update",
     .members = kTransactUpdateMembers},
};
inline constexpr Field transact_write_item{.shape = Shape::structure,
                                           .type_name = "com.amazonaws.dynamodb.v20120810.TransactWriteItem",
                                           .members = kTransactWriteItemMembers};
inline constexpr Field transact_write_items{.name = "TransactItems",
                                            .shape = Shape::list,
                                            .required = true,
                                            .min_length = 1,
                                            .max_length = 100,
                                            .element = &transact_write_item};

// TransactGetItems.
inline constexpr Field kGetMembers[] = {key, item_table_name, projection_expression, expression_attribute_names};
inline constexpr Field kTransactGetItemMembers[] = {
    {.name = "Get",
     .shape = Shape::structure,
     .required = true,
     .type_name = "com.amazonaws.dynamodb.v20120810.Get",
     .members = kGetMembers},
};
inline constexpr Field transact_get_item{.shape = Shape::structure,
                                         .type_name = "com.amazonaws.dynamodb.v20120810.TransactGetItem",
                                         .members = kTransactGetItemMembers};
inline constexpr Field transact_get_items{.name = "TransactItems",
                                          .shape = Shape::list,
                                          .required = true,
                                          .min_length = 1,
                                          .max_length = 100,
                                          .element = &transact_get_item};

}  // namespace fickle::fields
