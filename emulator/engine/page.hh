// Page: one page of a Query, Scan or PartiQL SELECT over a table or an index. Reading only; under the universe's mutex.
// Rules: behaviour reference 4.5, 7.3-7.6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/engine/consumed.hh"
#include "emulator/engine/session.hh"
#include "emulator/expr/ast.hh"

namespace fickle {

// What an index read returns; a filter sees entries alone. An LSI read may go on to the table's item, at its price.
enum class EntryParts { projected, whole };

struct PageRequest {
  Table* table = nullptr;
  Index* index = nullptr;  // null: the table itself
  std::string low;         // row keys in [low, high); `high` empty: to the end
  std::string high;
  Direction direction = Direction::forward;
  const Item* start_key = nullptr;    // ExclusiveStartKey, checked; null: from the beginning
  std::optional<std::int64_t> limit;  // evaluated items
  Consistency consistency = Consistency::eventual;
  const expr::Condition* filter = nullptr;
  EntryParts parts = EntryParts::projected;
  bool one_row = false;               // nothing can follow the row that is found: no LastEvaluatedKey
  std::string partition;              // encoded partition of a Query, for enforced capacity; empty for a Scan
  std::int64_t evaluated_before = 0;  // by the parts of the same page that have been read already
};

struct Page {
  std::vector<ItemPtr> items;  // what passed the filter
  std::int64_t scanned = 0;    // evaluated
  std::optional<Item> last_evaluated_key;
  Consumption consumption;
};

// Throws ApiError when enforced capacity refuses it.
[[nodiscard]] Page read_page(Session& session, const PageRequest& request);

// The row key that an ExclusiveStartKey stands for, in the table or the index. Precondition: its attributes were checked.
[[nodiscard]] RowKey start_row_key(const Table& table, const Index* index, const Item& start_key);
// The attributes of a LastEvaluatedKey: index keys and table keys of the item.
[[nodiscard]] Item page_key_of(const Table& table, const Index* index, const Item& item);

// A page that a fault cut before its first item has that item's key for its LastEvaluatedKey: reading on from it begins with the item.
// The universe remembers such keys until a page that did evaluate the item ends there.
[[nodiscard]] bool starts_with_key(const Universe& universe, const Table& table, const Index* index,
                                   std::string_view row_key);

// Row keys of one segment of a parallel scan: equal ranges of the partition hash.
struct SegmentBounds {
  std::string low;
  std::string high;  // empty: to the end
};
[[nodiscard]] SegmentBounds segment_bounds(std::int64_t segment, std::int64_t total);

}  // namespace fickle
