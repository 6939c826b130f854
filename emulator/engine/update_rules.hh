// Rules of updates that need the table's schema and nothing stored. Pure; each throws ApiError with DynamoDB's words.
#pragma once

#include "emulator/expr/ast.hh"
#include "emulator/store/table.hh"

namespace fickle {

// Index key attributes that an update sets or adds to what its text alone gives a type: their types, before anything is read.
void check_written_index_types(const Table& table, const expr::Update& update);
// The same values: none may be empty.
void check_no_empty_written_index_key(const Table& table, const expr::Update& update);

}  // namespace fickle
