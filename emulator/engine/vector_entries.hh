// What stands in a vector index: the items that have a list of numbers of the right length in its vector attribute, projected. An index is
// known by its description (TableSettings::more["describe"]["VectorIndexes"]). Pure functions; thread-safe.
// Source: API_VectorIndex as the SDKs document it; simplified, nobody has observed the service.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "emulator/store/table.hh"

namespace fickle {

using Vector = std::vector<double>;

// Components as 32-bit floating point numbers; nullopt when a member is no number.
[[nodiscard]] std::optional<Vector> vector_of(const List& list);

// The vector by which an item stands in the index; nullopt when it does not.
[[nodiscard]] std::optional<Vector> indexed_vector(const boost::json::object& index, const Item& item);

// The projection of the index, for `projected`; what search schema and vector need is there whatever was asked for.
[[nodiscard]] IndexSchema vector_index_schema(const boost::json::object& index);

// ItemCount and IndexSizeBytes, counted now: looks at every item of the table.
struct VectorIndexSize {
  std::int64_t items = 0;
  Bytes size;
};
[[nodiscard]] VectorIndexSize size_of_vector_index(const Table& table, const boost::json::object& index);

}  // namespace fickle
