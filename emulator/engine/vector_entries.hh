// What stands in a vector index: the items that have a list of numbers of the right length in its vector attribute and, when its search
// schema has a HASH attribute, that attribute; projected. An index is known by its description
// (TableSettings::more["describe"]["VectorIndexes"]). Pure functions; thread-safe.
// Source: developer guide, vector search; the vector-search notes of aws/agent-toolkit-for-aws, which quote the service.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/store/table.hh"

namespace fickle {

using Vector = std::vector<double>;

// Components as 32-bit floating point numbers; nullopt when a member is no number.
[[nodiscard]] std::optional<Vector> vector_of(const List& list);

// nullptr: the table has none, or none of that name.
[[nodiscard]] const boost::json::array* vector_indexes_of(const Table& table);
[[nodiscard]] const boost::json::object* find_vector_index(const Table& table, std::string_view name);

[[nodiscard]] std::string vector_attribute_of(const boost::json::object& index);
// The attributes of its search schema, in their order.
struct SearchAttribute {
  std::string name;
  bool is_hash = false;
};
[[nodiscard]] std::vector<SearchAttribute> search_schema_of(const boost::json::object& index);

// The vector by which an item stands in the index; nullopt when it does not.
[[nodiscard]] std::optional<Vector> indexed_vector(const boost::json::object& index, const Item& item);

// The projection of the index, for `projected`; what search schema and vector need is there whatever was asked for.
[[nodiscard]] IndexSchema vector_index_schema(const boost::json::object& index);

// What an entry takes: 4 bytes for each dimension, and what else is projected.
[[nodiscard]] Bytes vector_entry_size(const Table& table, const boost::json::object& index, const Item& item);
// What a write takes of each vector index that it changes, by name: the size of the entry; together at least 1 KB.
[[nodiscard]] std::map<std::string, Bytes> vector_write_sizes(const Table& table, const ItemPtr& before,
                                                              const ItemPtr& after);

// ItemCount and IndexSizeBytes, counted now: looks at every item of the table.
struct VectorIndexSize {
  std::int64_t items = 0;
  Bytes size;
};
[[nodiscard]] VectorIndexSize size_of_vector_index(const Table& table, const boost::json::object& index);

}  // namespace fickle
