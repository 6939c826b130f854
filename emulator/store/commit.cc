#include "emulator/store/commit.hh"

#include <algorithm>
#include <optional>
#include <utility>

#include "emulator/value/item_size.hh"

namespace fickle::store {
namespace {

bool is_equal(const ItemPtr& a, const ItemPtr& b) {
  return a == b || (a && b && *a == *b);
}

// Counters of rows of any kind, from the sizes before and after.
void count(std::int64_t& items, Bytes& size, std::optional<Bytes> before, std::optional<Bytes> after) {
  items += (after ? 1 : 0) - (before ? 1 : 0);
  size = size + after.value_or(Bytes{}) - before.value_or(Bytes{});
}

// One set of writes: it happens at one instant, and a lag is drawn once for all of it.
class WriteSet {
 public:
  WriteSet(Universe& universe, WriteCause cause, Instant at)
      : universe_(universe),
        cause_(cause),
        at_(at),
        keep_since_(at - std::max(universe.models.lag_max(), universe.models.history_age)),
        keep_versions_(universe.models.history_versions) {}

  // Whether anything changed.
  bool apply(const Write& write);

 private:
  void move_entry(const Table& table, Index& index, const Write& write, const ItemPtr& before);
  void log(Table& table, const ItemPtr& before, const ItemPtr& after);
  void expire(Table& table, const Write& write, const ItemPtr& before) const;
  void put(Rows& rows, const RowKey& key, ItemPtr item, Instant at) const {
    rows.put(key, std::move(item), at, keep_since_, keep_versions_);
  }
  Instant lagged(const std::optional<Distribution>& lag, std::string_view source, std::optional<Instant>& drawn);

  Universe& universe_;
  WriteCause cause_;
  Instant at_;
  Instant keep_since_;
  int keep_versions_;
  std::optional<Instant> indexed_at_, streamed_at_;
};

Instant WriteSet::lagged(const std::optional<Distribution>& lag, std::string_view source,
                         std::optional<Instant>& drawn) {
  if (!drawn) drawn = lag ? at_ + sample(*lag, universe_.dice.draw(source, "lag")) : at_;
  return *drawn;
}

// The entry under the old index key goes and the one under the new key comes at the same instant. An entry holds the whole item, so it
// is written anew even when what is projected stays the same.
void WriteSet::move_entry(const Table& table, Index& index, const Write& write, const ItemPtr& before) {
  const auto key_of = [&table, &index, &write](const ItemPtr& item) {
    return item ? index_row_key_of(index.schema, table.schema, write.key, *item) : std::nullopt;
  };
  const std::optional<RowKey> old_key = key_of(before);
  const std::optional<RowKey> new_key = key_of(write.after);
  if (!old_key && !new_key) return;
  const auto size_of_entry = [&index, &table](const std::optional<RowKey>& key, const ItemPtr& item) {
    return key ? std::optional(projected_size(index.schema, table.schema, *item)) : std::nullopt;
  };
  count(index.item_count, index.size, size_of_entry(old_key, before), size_of_entry(new_key, write.after));
  Instant at = at_;
  if (index.schema.kind == IndexSchema::Kind::global && cause_ != WriteCause::fixture) {
    at = std::max(lagged(universe_.models.index_lag, "indexes", indexed_at_), index.newest_at);
    index.newest_at = at;
  }
  if (old_key && old_key != new_key) put(index.rows, *old_key, nullptr, at);
  if (new_key) put(index.rows, *new_key, write.after, at);
}

void WriteSet::log(Table& table, const ItemPtr& before, const ItemPtr& after) {
  StreamRecord record;
  record.at = at_;
  record.visible_from = lagged(universe_.models.stream_lag, "streams", streamed_at_);
  record.keys = key_attributes_of(table.schema.key, after ? *after : *before);
  record.before = before;
  record.after = after;
  record.cause = cause_;
  append(*table.stream, std::move(record), universe_.dice);
}

void WriteSet::expire(Table& table, const Write& write, const ItemPtr& before) const {
  const std::optional<Instant> was_due = before ? expiry_of(table, *before) : std::nullopt;
  const std::optional<Instant> due = write.after ? expiry_of(table, *write.after, at_) : std::nullopt;
  if (due == was_due) return;  // an unchanged expiry keeps its drawn delay
  if (due) {
    table.expiries.put({*due, write.key, false});
  } else {
    table.expiries.erase(write.key);
  }
}

bool WriteSet::apply(const Write& write) {
  Table& table = *write.table;
  const ItemPtr before = table.rows.find(write.key);
  if (is_equal(before, write.after)) return false;
  const Instant keep_since = table.history_since
                                 ? std::min(keep_since_, std::max(*table.history_since, at_ - table.history_period))
                                 : keep_since_;
  table.rows.put(write.key, write.after, at_, keep_since, keep_versions_);
  const auto size = [](const ItemPtr& item) { return item ? std::optional(size_of(*item)) : std::nullopt; };
  count(table.item_count, table.size, size(before), size(write.after));
  for (Index& index : table.indexes) move_entry(table, index, write, before);
  if (table.stream && table.stream->status != StreamStatus::enabling && cause_ != WriteCause::fixture)
    log(table, before, write.after);
  if (table.ttl.enabled) expire(table, write, before);
  return true;
}

}  // namespace

void commit_at(Universe& universe, std::span<const Write> writes, WriteCause cause, Instant at) {
  WriteSet set(universe, cause, at);
  bool changed = false;
  for (const Write& write : writes) changed = set.apply(write) || changed;
  if (changed) ++universe.commits;
  universe.clock_seen = std::max(universe.clock_seen, at);
}

void commit(Universe& universe, std::span<const Write> writes, WriteCause cause) {
  commit_at(universe, writes, cause, universe.clock.now());
}

}  // namespace fickle::store
