// A read transaction (TransactGetItems, PartiQL's ExecuteTransaction): items of any tables as they are at one moment, or the reasons why
// not. Under the universe's mutex. Rules: behaviour reference 4.5, 8.4, 8.6.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "emulator/engine/consumed.hh"
#include "emulator/engine/session.hh"
#include "emulator/expr/ast.hh"

namespace fickle {

struct TransactRead {
  std::string table_as_given;  // a name or an ARN: echoed in ConsumedCapacity
  std::string table;
  const Item* key = nullptr;            // outlives the call
  std::span<const expr::Path> paths{};  // that the read looks at, besides
};

struct TransactReadResult {
  std::vector<ItemPtr> items;             // by member; null: there is none
  std::vector<Consumption> consumptions;  // one per table as given, in order of first appearance
};

// Throws ApiError: what is wrong with the whole request, or TransactionCanceledException.
[[nodiscard]] TransactReadResult read_transaction(Session& session, std::span<const TransactRead> reads);

}  // namespace fickle
