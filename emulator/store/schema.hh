// The shape of a table: keys, indexes, projections. Plain values and pure functions; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/value/key_codec.hh"
#include "emulator/value/value.hh"

namespace fickle {

inline constexpr std::size_t kHashKeyBytesMax = 2048;   // of all hash attributes together
inline constexpr std::size_t kRangeKeyBytesMax = 1024;  // of all range attributes together

struct KeyAttribute {
  std::string name;
  Type type = Type::S;  // S, N or B
  friend bool operator==(const KeyAttribute&, const KeyAttribute&) = default;
};

// Invariants: a table or LSI has one hash and at most one range attribute; a GSI up to four of each.
struct KeySchema {
  std::vector<KeyAttribute> hash;
  std::vector<KeyAttribute> range;
  [[nodiscard]] const KeyAttribute* find(std::string_view name) const;  // nullptr when not part of the key
  [[nodiscard]] std::vector<const KeyAttribute*> all() const;           // hash, then range
  friend bool operator==(const KeySchema&, const KeySchema&) = default;
};

struct IndexProjection {
  enum class Kind { all, keys_only, include } kind = Kind::all;
  std::vector<std::string> non_key_attributes;  // include only, in the order given
  friend bool operator==(const IndexProjection&, const IndexProjection&) = default;
};

struct IndexSchema {
  enum class Kind { local, global };
  std::string name;
  Kind kind = Kind::global;
  KeySchema key;
  IndexProjection projection;
  friend bool operator==(const IndexSchema&, const IndexSchema&) = default;
};

// What a stored item must look like to be addressed.
struct TableSchema {
  std::string name;
  KeySchema key;
  [[nodiscard]] bool has_range() const { return !key.range.empty(); }
};

// The key attributes of `item` as bytes; nullopt when one is missing, of another type, empty or over-long.
[[nodiscard]] std::optional<RowKey> row_key_of(const KeySchema& key, const Item& item);
// An index entry's key: index key bytes, the item hash that orders entries of one key, the table's own row key; nullopt when the item is
// not in the index (sparse).
[[nodiscard]] std::optional<RowKey> index_row_key_of(const IndexSchema& index, const TableSchema& table,
                                                     const Item& item);
// The same when the table's row key is at hand.
[[nodiscard]] std::optional<RowKey> index_row_key_of(const IndexSchema& index, const TableSchema& table,
                                                     std::string_view table_row_key, const Item& item);
// Only the key attributes of `item`.
[[nodiscard]] Item key_attributes_of(const KeySchema& key, const Item& item);
// What an index entry holds: index keys, table keys and projected attributes. Kind all: the item itself.
[[nodiscard]] Item projected(const IndexSchema& index, const TableSchema& table, const Item& item);
[[nodiscard]] Bytes projected_size(const IndexSchema& index, const TableSchema& table, const Item& item);
[[nodiscard]] bool is_projected(const IndexSchema& index, const TableSchema& table, std::string_view attribute);

}  // namespace fickle
