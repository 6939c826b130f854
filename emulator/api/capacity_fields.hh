// ConsumedCapacity as operations answer it. Each kind declares what it can hold: the Read- and WriteCapacityUnits only transactions, indexes
// only what can use them. Source: botocore's model; behaviour reference 4.5.
#pragma once

#include "emulator/api/field_lists.hh"

namespace fickle::fields {

inline constexpr Field kUnitsMembers[] = {{.name = "CapacityUnits", .shape = Shape::double_number, .required = true}};
inline constexpr Field units{.name = "Table", .shape = Shape::structure, .members = kUnitsMembers};
inline constexpr Field kReadUnitsMembers[] = {
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number, .required = true},
};
inline constexpr Field read_units{.name = "Table", .shape = Shape::structure, .members = kReadUnitsMembers};
inline constexpr Field kWriteUnitsMembers[] = {
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "WriteCapacityUnits", .shape = Shape::double_number, .required = true},
};
inline constexpr Field write_units{.name = "Table", .shape = Shape::structure, .members = kWriteUnitsMembers};
// A transaction that is answered from its token is charged as a read.
inline constexpr Field kTransactionUnitsMembers[] = {
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number},
    {.name = "WriteCapacityUnits", .shape = Shape::double_number},
};
inline constexpr Field transaction_units{
    .name = "Table", .shape = Shape::structure, .members = kTransactionUnitsMembers};

// Of writes only, in bytes.
inline constexpr Field kVectorBytesMembers[] = {
    {.name = "VectorWriteRequestBytes", .shape = Shape::double_number, .required = true}};
inline constexpr Field vector_bytes{.shape = Shape::structure, .members = kVectorBytesMembers};

inline constexpr Field kTableCapacityMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    units,
};
inline constexpr Field kWriteCapacityMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    units,
    {.name = "LocalSecondaryIndexes", .shape = Shape::map, .element = &units},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::map, .element = &units},
    {.name = "VectorIndexes", .shape = Shape::map, .element = &vector_bytes},
};
inline constexpr auto kIndexCapacityMembers = without(kWriteCapacityMembers, {"VectorIndexes"});
inline constexpr Field kTransactGetCapacityMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number, .required = true},
    read_units,
};
inline constexpr Field kTransactWriteCapacityMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "CapacityUnits", .shape = Shape::double_number, .required = true},
    {.name = "ReadCapacityUnits", .shape = Shape::double_number},
    {.name = "WriteCapacityUnits", .shape = Shape::double_number},
    transaction_units,
    {.name = "LocalSecondaryIndexes", .shape = Shape::map, .element = &write_units},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::map, .element = &write_units},
    {.name = "VectorIndexes", .shape = Shape::map, .element = &vector_bytes},
};

// Reads of the table alone: GetItem, BatchGetItem.
inline constexpr Field table_capacity{
    .name = "ConsumedCapacity", .shape = Shape::structure, .members = kTableCapacityMembers};
inline constexpr Field table_capacities{.name = "ConsumedCapacity", .shape = Shape::list, .element = &table_capacity};
// Writes, and statements, which may be writes.
inline constexpr Field written_capacity{
    .name = "ConsumedCapacity", .shape = Shape::structure, .members = kWriteCapacityMembers};
inline constexpr Field written_capacities{
    .name = "ConsumedCapacity", .shape = Shape::list, .element = &written_capacity};
// Reads through an index.
inline constexpr Field consumed_capacity{
    .name = "ConsumedCapacity", .shape = Shape::structure, .members = kIndexCapacityMembers};
inline constexpr Field kTransactGetCapacity{.shape = Shape::structure, .members = kTransactGetCapacityMembers};
inline constexpr Field transact_get_capacities{
    .name = "ConsumedCapacity", .shape = Shape::list, .element = &kTransactGetCapacity};
inline constexpr Field kTransactWriteCapacity{.shape = Shape::structure, .members = kTransactWriteCapacityMembers};
inline constexpr Field transact_write_capacities{
    .name = "ConsumedCapacity", .shape = Shape::list, .element = &kTransactWriteCapacity};

}  // namespace fickle::fields
