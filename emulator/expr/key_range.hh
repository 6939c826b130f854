// A key condition against a key schema: which values address the partition, which terms narrow the sort key, and the bytes of the
// row keys that lie between. Pure functions over plain values; thread-safe. Rules: behaviour reference 7.2 #5-#9 and 3.4.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/expr/ast.hh"
#include "emulator/value/value.hh"

namespace fickle::expr {

// The key attributes that a query may name, in schema order: one hash and at most one range attribute, up to four of each on a
// global index.
struct KeyShape {
  struct Attribute {
    std::string name;
    Type type = Type::S;
  };
  std::vector<Attribute> hash;
  std::vector<Attribute> range;
};

struct KeyRangeError {
  enum class Code {
    too_many_conditions,  // count, limit: "The number of query conditions (2) exceeds the number of key attributes ... (1)"
    missing_element,      // attribute: "Query condition missed key schema element: {attribute}"
    type_mismatch,        // attribute: "Condition parameter type does not match schema type"
    hash_not_equality,     // attribute: "Query key condition not supported"
    hash_needs_equality,   // attribute; several hash attributes: each of them needs `=`
    range_needs_equality,  // attribute; several range attributes: a gap, or a range test before the last one used
  };
  Code code{};
  std::string attribute;
  std::size_t count = 0;
  std::size_t limit = 0;
};

// Invariants: `hash` has one value per hash attribute, in schema order; `range` follows the schema without gaps and only its last
// term may be other than `=`.
struct KeyRange {
  std::vector<Value> hash;
  std::vector<KeyTerm> range;
};
[[nodiscard]] Result<KeyRange, KeyRangeError> split_key_condition(const KeyCondition& condition, const KeyShape& shape);

// Row keys in [low, high); `high` empty: to the end, as in store/rows.hh. Encodings of emulator/value/key_codec.hh; what follows the key attributes in an
// index entry's key (the table's own key) does not matter.
struct KeyBounds {
  std::string low;
  std::string high;
};
[[nodiscard]] KeyBounds bounds_of(const KeyRange& range);

}  // namespace fickle::expr
