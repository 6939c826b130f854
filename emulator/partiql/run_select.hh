// Runs a SELECT: plans it, reads its spans page by page until the limit, 1 MB or the end. Under the universe's mutex.
#pragma once

#include <cstdint>
#include <optional>

#include "emulator/engine/page.hh"
#include "emulator/partiql/statement.hh"

namespace fickle::partiql {

struct SelectOptions {
  Consistency consistency = Consistency::eventual;
  std::optional<std::int64_t> limit;  // evaluated rows
  std::optional<Item> start_key;      // out of a NextToken
};

struct SelectResult {
  std::vector<ItemPtr> items;    // what the clause holds of; index entries as projected
  std::optional<Item> last_key;  // there is more, or there may be
  Consumption consumption;
};

[[nodiscard]] SelectResult run_select(Session& session, const Select& select, const SelectOptions& options);

}  // namespace fickle::partiql
