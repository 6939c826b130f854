// What the items of a table with vector indexes must look like. Pure functions; thread-safe.
// Source: the vector-search notes of aws/agent-toolkit-for-aws (a vector of another length, a HASH attribute that is empty or of another type
// are refused); the words about types and empty values are guessed from those of secondary indexes.
#pragma once

#include "emulator/store/table.hh"

namespace fickle {

// Looks at the attributes that are not as they were in `before` (null: at all).
void check_vectors(const Table& table, const Item* before, const Item& after);

}  // namespace fickle
