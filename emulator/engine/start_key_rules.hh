// What is checked of an ExclusiveStartKey before other things, in DynamoDB's order; check_start_key (page_rules.hh) checks all of it.
// Pure; each throws ApiError with DynamoDB's words.
#pragma once

#include "emulator/store/table.hh"

namespace fickle {

// A query, before the key condition: the number of attributes, and the partition's part of the key that is read.
void check_query_start_hash(const Item& start_key, const Table& table, const Index* index);
// A scan of an index, before Select: the number of attributes, and the index's key.
void check_scan_start_index(const Item& start_key, const Table& table, const Index& index);

}  // namespace fickle
