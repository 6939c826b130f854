// Rules that need the table's schema: keys of requests and items, index keys, key attributes in expressions (behaviour reference 2.6, 4.2,
// 5.4, 5.7). Pure; each throws ApiError with DynamoDB's words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "emulator/expr/ast.hh"
#include "emulator/store/table.hh"

namespace fickle {

// A Key member: exactly the table's key attributes, right types, not empty, within the size limits. The row key.
[[nodiscard]] RowKey check_key(const TableSchema& schema, const Item& key);
// A key attribute of an item or key may not be empty, whatever else is wrong with it.
void check_no_empty_key(const TableSchema& schema, const Item& item);
// The same of the index keys of an item to put.
void check_no_empty_index_key(const Table& table, const Item& item);
// An item to put: key attributes there, typed, not empty, short enough; then every index key attribute that is present. `batch`: a key of
// the wrong type, or none, is "The provided key element does not match the schema".
enum class PutStyle { single, batch };
[[nodiscard]] RowKey check_put_item(const Table& table, const Item& item, PutStyle style = PutStyle::single);
// Index keys of the result of an update: only attributes that the update changed are looked at. `computed`: the attributes whose type
// was not known before the update was worked out; a wrong one has words of its own.
void check_updated_index_keys(const Table& table, const Item& before, const Item& after,
                              const std::vector<std::string>& computed = {});
// Index key attributes that an update sets or adds to what its text alone gives a type: their types, before anything is read.
void check_written_index_types(const Table& table, const expr::Update& update);
// The same values: none may be empty.
void check_no_empty_written_index_key(const Table& table, const expr::Update& update);
// What is said of a wrong value for an attribute that an index needs.
[[noreturn]] void throw_index_type(const std::string& index, const std::string& attribute, Type expected, Type actual);
[[noreturn]] void throw_empty_index_key(const std::string& index, const std::string& attribute, const Value& value);
// No action may target a key attribute.
void check_update_targets(const TableSchema& schema, std::span<const expr::Path> targets);
// `pk.x` and `pk[0]` are refused, for the table's key ("Key: pk") and the indexes' ("IndexKey: gk").
void check_nested_key_access(const Table& table, std::span<const expr::Path> paths);

// "Size of hashkey..." and the like for one key attribute value of a query or start key; empty string when legal.
enum class KeyRole { hash, range };
[[nodiscard]] std::string key_size_problem(const Value& value, KeyRole role);
[[nodiscard]] bool is_empty_key(const Value& value);
[[nodiscard]] std::string_view empty_kind(const Value& value);  // "string" or "binary"

}  // namespace fickle
