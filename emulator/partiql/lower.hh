// Statements over a table -> what the engine runs: the Mutation of a write, the key of a read of one item. Pure; throws ApiError.
// Rules: behaviour reference 9.2.
#pragma once

#include "emulator/engine/mutation.hh"
#include "emulator/partiql/statement.hh"

namespace fickle::partiql {

// INSERT creates, UPDATE changes what is there, DELETE may find nothing, EXISTS changes nothing. Precondition: no SELECT.
[[nodiscard]] Mutation lower_write(const Statement& statement, const Table& table);

// The row of a SELECT in a batch or transaction («Select statements within {operation} must specify the primary key ...»).
[[nodiscard]] RowKey key_of_read(const Select& select, const Table& table, std::string_view operation);
// The row key of any statement, for telling duplicates; nullopt when it does not name one whole legal key.
[[nodiscard]] std::optional<RowKey> key_of(const Statement& statement, const Table& table);

// DuplicateItemException of an INSERT, ConditionalCheckFailedException of the others.
[[noreturn]] void throw_failed(const Statement& statement, const Mutation& mutation, const ItemPtr& before);
inline constexpr std::string_view kDuplicateItem = "Duplicate primary key exists in table";

// What RETURNING gives; nullptr: nothing.
[[nodiscard]] ItemPtr returned_item(const Statement& statement, const MutationOutcome& outcome);
// One row of a SELECT's answer: nested paths stand under the name of their leaf.
[[nodiscard]] Item row_of(const Select& select, const Item& item);

}  // namespace fickle::partiql
