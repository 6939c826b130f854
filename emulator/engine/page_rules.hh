// Rules of Query and Scan that need the table's schema: the index, the key condition, the start key, key attributes in filters, what an
// index projects (behaviour reference 6.5, 7.2, 7.5). Pure; each throws ApiError with DynamoDB's words.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "emulator/engine/page.hh"
#include "emulator/expr/key_range.hh"
#include "emulator/expr/legacy.hh"

namespace fickle {

// The index that a read names; null when it names none. It must be there, be built, and a global one is never read consistently.
[[nodiscard]] Index* index_to_read(Table& table, std::string_view name, Consistency consistency,
                                   std::string_view operation = "Query");
// The key schema that a read of the table or the index goes by.
[[nodiscard]] const KeySchema& read_key(const Table& table, const Index* index);

// A key condition against the schema: the partition's values and what narrows the sort key, none empty or over-long.
[[nodiscard]] expr::KeyRange check_key_condition(const expr::KeyCondition& condition, const Table& table,
                                                 const Index* index);
// The same for legacy KeyConditions, whose arguments were checked.
[[nodiscard]] expr::KeyRange check_key_conditions(const std::vector<expr::LegacyCondition>& conditions,
                                                  const Table& table, const Index* index);

// ExclusiveStartKey: exactly the attributes of a LastEvaluatedKey, right types, no empty or over-long key.
enum class StartOf { query, scan };
void check_start_key(const Item& start_key, const Table& table, const Index* index, StartOf of);
// A query's start key must lie within what the query asks for.
void check_start_in_range(const Item& start_key, const expr::KeyRange& range, const Universe& universe,
                          const Table& table, const Index* index);
// Whether nothing can follow a row that the query finds: the table has no sort key.
[[nodiscard]] bool finds_one_row(const Table& table, const Index* index);

// "Filter Expression can only contain non-primary key attributes: ..."; `subject` is "Filter Expression" or "QueryFilter".
void check_filter_keys(std::span<const expr::Path> paths, const KeySchema& key, std::string_view subject);
// A global index gives nothing but what it projects.
void check_projected(std::span<const expr::Path> paths, const Table& table, const Index& index);
// A query of an index filters by what its entries have.
void check_filter_projected(std::span<const expr::Path> paths, const Table& table, const Index& index);
[[nodiscard]] bool all_projected(std::span<const expr::Path> paths, const Table& table, const Index& index);

}  // namespace fickle
