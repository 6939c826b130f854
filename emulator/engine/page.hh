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

struct PageRequest {
  Table* table = nullptr;
  Index* index = nullptr;  // null: the table itself
  std::string low;         // row keys in [low, high)
  std::optional<std::string> high;
  Direction direction = Direction::forward;
  std::optional<RowKey> start_after;  // exclusive, in the scan's direction
  std::optional<std::int64_t> limit;  // evaluated items
  Consistency consistency = Consistency::eventual;
  const expr::Condition* filter = nullptr;
  bool fetch_whole_items = false;  // LSI: attributes that the index does not project are wanted
  std::string partition;           // encoded partition of a Query, for enforced capacity; empty for a Scan
};

struct Page {
  std::vector<ItemPtr> items;  // what passed the filter; index entries are cut to what is projected
  std::int64_t scanned = 0;    // evaluated
  std::optional<Item> last_evaluated_key;
  Consumption consumption;
};

[[nodiscard]] Page read_page(Session& session, const PageRequest& request);

// The row key that an ExclusiveStartKey stands for, in the table or the index. Precondition: its attributes were checked.
[[nodiscard]] RowKey start_row_key(const Table& table, const Index* index, const Item& start_key);
// The attributes of a LastEvaluatedKey: index keys and table keys of the item.
[[nodiscard]] Item page_key_of(const Table& table, const Index* index, const Item& item);

// Row keys of one segment of a parallel scan: equal ranges of the partition hash.
struct SegmentBounds {
  std::string low;
  std::optional<std::string> high;
};
[[nodiscard]] SegmentBounds segment_bounds(std::int64_t segment, std::int64_t total);

}  // namespace fickle
