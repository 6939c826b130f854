// Rows in bulk: sorted once and sealed, instead of one by one into the overlay.
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "emulator/core/invariant.hh"
#include "emulator/store/commit.hh"
#include "emulator/value/item_size.hh"

namespace fickle::store {
namespace {

// Fewer rows than this part of what is there go through commit: sealing costs a walk over everything.
constexpr std::size_t kSealFromPart = 16;

// `base` with `added` (sorted) in place of equal keys and without `removed` (sorted).
SealedRowsPtr merged(const SealedRowsPtr& base, std::vector<SealedRow> added, const std::vector<RowKey>& removed) {
  if (!base || base->empty()) return std::make_shared<const SealedRows>(std::move(added));
  std::vector<SealedRow> rows;
  rows.reserve(base->size() + added.size());
  auto next = added.begin();
  auto gone = removed.begin();
  for (const SealedRow& row : *base) {
    while (next != added.end() && next->key < row.key) rows.push_back(std::move(*next++));
    while (gone != removed.end() && *gone < row.key) ++gone;
    const bool is_replaced = next != added.end() && next->key == row.key;
    const bool is_removed = gone != removed.end() && *gone == row.key;
    if (!is_replaced && !is_removed) rows.push_back(row);
  }
  rows.insert(rows.end(), std::make_move_iterator(next), std::make_move_iterator(added.end()));
  return std::make_shared<const SealedRows>(std::move(rows));
}

void load_index(const Table& table, Index& index, const std::vector<SealedRow>& added,
                const std::vector<SealedRow>& replaced) {
  std::vector<SealedRow> entries;
  entries.reserve(added.size());
  for (const SealedRow& row : added) {
    std::optional<RowKey> key = index_row_key_of(index.schema, table.schema, row.key, *row.item);
    if (!key) continue;
    ++index.item_count;
    index.size += projected_size(index.schema, table.schema, *row.item);
    entries.push_back({std::move(*key), row.item});
  }
  sort_rows(entries);
  std::vector<RowKey> removed;
  for (const SealedRow& row : replaced) {
    std::optional<RowKey> key = index_row_key_of(index.schema, table.schema, row.key, *row.item);
    if (!key) continue;
    --index.item_count;
    index.size = index.size - projected_size(index.schema, table.schema, *row.item);
    removed.push_back(std::move(*key));
  }
  std::sort(removed.begin(), removed.end());
  index.rows.reset_to(merged(index.rows.seal(), std::move(entries), removed));
}

void load_expiries(Table& table, const std::vector<SealedRow>& added, const std::vector<SealedRow>& replaced,
                   Instant now) {
  for (const SealedRow& row : replaced) table.expiries.erase(row.key);
  SealedExpiries entries;
  for (const SealedRow& row : added) {
    if (const auto due = expiry_of(table, *row.item, now)) entries.push_back({*due, row.key, false});
  }
  std::sort(entries.begin(), entries.end());
  const SealedExpiriesPtr present = table.expiries.seal();
  SealedExpiries all;
  all.reserve((present ? present->size() : 0) + entries.size());
  if (present) std::copy(present->begin(), present->end(), std::back_inserter(all));
  const auto middle = static_cast<std::ptrdiff_t>(all.size());
  std::move(entries.begin(), entries.end(), std::back_inserter(all));
  std::inplace_merge(all.begin(), all.begin() + middle, all.end());
  table.expiries = ExpiryQueue(std::make_shared<const SealedExpiries>(std::move(all)));
}

}  // namespace

void backfill(Universe& universe, Table& table, Index& index) {
  std::vector<SealedRow> rows;
  rows.reserve(static_cast<std::size_t>(std::max<std::int64_t>(table.item_count, 0)));
  table.rows.scan({}, {}, Direction::forward, {}, [&rows](const RowKey& key, const ItemPtr& item) {
    rows.push_back({key, item});
    return true;
  });
  index.rows = Rows();
  index.item_count = 0;
  index.size = {};
  index.newest_at = {};
  load_index(table, index, rows, {});
  ++universe.commits;
}

void load(Universe& universe, Table& table, std::vector<ItemPtr> items) {
  std::vector<SealedRow> added;
  added.reserve(items.size());
  for (ItemPtr& item : items) {
    std::optional<RowKey> key = row_key_of(table.schema.key, *item);
    invariant(key.has_value(), "a loaded item has its table's key");
    added.push_back({std::move(*key), std::move(item)});
  }
  const auto present = static_cast<std::size_t>(std::max<std::int64_t>(table.item_count, 0));
  if (added.size() < present / kSealFromPart) {
    std::vector<Write> writes;
    writes.reserve(added.size());
    for (SealedRow& row : added) writes.push_back({&table, std::move(row.key), std::move(row.item)});
    commit(universe, writes, WriteCause::fixture);
    return;
  }
  sort_rows(added);
  std::vector<SealedRow> replaced;
  for (const SealedRow& row : added) {
    const ItemPtr before = present > 0 ? table.rows.find(row.key) : nullptr;
    table.size += size_of(*row.item);
    if (!before) {
      ++table.item_count;
      continue;
    }
    table.size = table.size - size_of(*before);
    replaced.push_back({row.key, before});
  }
  for (Index& index : table.indexes) load_index(table, index, added, replaced);
  if (table.ttl.enabled) load_expiries(table, added, replaced, universe.clock.now());
  table.rows.reset_to(merged(table.rows.seal(), std::move(added), {}));
  ++universe.commits;
}

}  // namespace fickle::store
