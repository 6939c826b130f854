// Members of the PartiQL operations. Source: botocore's model; behaviour reference 9.
#pragma once

#include "emulator/api/item_fields.hh"

namespace fickle::fields {

inline constexpr Field statement{.name = "Statement", .required = true, .min_length = 1, .max_length = 8192};
inline constexpr Field parameters{
    .name = "Parameters", .shape = Shape::list, .min_length = 1, .element = &attribute_value};
inline constexpr Field statement_next_token{.name = "NextToken", .min_length = 1, .max_length = 32768};

inline constexpr Field kBatchStatementMembers[] = {
    statement,
    parameters,
    consistent_read,
    return_values_on_condition_check_failure,
};
inline constexpr Field batch_statement{.shape = Shape::structure,
                                       .type_name = "com.amazonaws.dynamodb.v20120810.BatchStatementRequest",
                                       .members = kBatchStatementMembers};
inline constexpr Field batch_statements{.name = "Statements",
                                        .shape = Shape::list,
                                        .required = true,
                                        .min_length = 1,
                                        .max_length = 25,
                                        .element = &batch_statement};

inline constexpr Field kParameterizedStatementMembers[] = {
    statement,
    parameters,
    return_values_on_condition_check_failure,
};
inline constexpr Field parameterized_statement{.shape = Shape::structure,
                                               .type_name = "com.amazonaws.dynamodb.v20120810.ParameterizedStatement",
                                               .members = kParameterizedStatementMembers};
inline constexpr Field transact_statements{.name = "TransactStatements",
                                           .shape = Shape::list,
                                           .required = true,
                                           .min_length = 1,
                                           .max_length = 100,
                                           .element = &parameterized_statement};

}  // namespace fickle::fields
