#include "emulator/engine/page.hh"

#include <algorithm>

#include "emulator/engine/capacity_gate.hh"
#include "emulator/engine/page_size.hh"
#include "emulator/expr/eval.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr std::size_t kStartsKept = 10'000;

// Big-endian hash as the first bytes of row keys have it.
std::string hash_bytes(std::uint64_t hash) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(hash & 0xff);
    hash >>= 8;
  }
  return bytes;
}

std::string start_name(const Table& table, const Index* index, std::string_view row_key) {
  std::string name = table.schema.name + '\0';
  if (index != nullptr) name += index->schema.name;
  return (name + '\0').append(row_key);
}

// Reads and prices the rows of one page.
class Reader {
 public:
  Reader(Session& session, const PageRequest& request, Page& page)
      : session_(session), request_(request), page_(page), cut_(session.conditions().short_page) {}

  // Whether the scan should go on.
  bool visit(const RowKey& key, const ItemPtr& item) {
    if (cut_ && request_.evaluated_before + page_.scanned >= *cut_) {  // there would have been more
      session_.effects().shortened = true;
      stopped_ = true;
      if (!last_) {
        unread_ = item;
        last_key_ = key;
      }
      return false;
    }
    evaluate(item);
    last_ = item;
    last_key_ = key;
    stopped_ = (request_.limit && page_.scanned >= *request_.limit) || taken_ >= kPageBytes;
    return !stopped_;
  }

  void finish() {
    if (stopped_) note_end();
    charge();
  }

  // The row keys that the page looked at: what a lag may have changed.
  [[nodiscard]] SegmentBounds seen(SegmentBounds asked) const {
    if (!stopped_ || last_key_.empty()) return asked;
    if (request_.direction == Direction::forward) return {std::move(asked.low), last_key_ + '\0'};
    return {last_key_, std::move(asked.high)};
  }

 private:
  [[nodiscard]] bool is_whole_entry() const {
    return request_.index == nullptr || request_.index->schema.projection.kind == IndexProjection::Kind::all;
  }
  ItemPtr entry_of(const ItemPtr& item) const {
    if (is_whole_entry()) return item;
    return std::make_shared<const Item>(projected(request_.index->schema, request_.table->schema, *item));
  }

  void evaluate(const ItemPtr& item) {
    ++page_.scanned;
    const ItemPtr entry = entry_of(item);
    evaluated_ += size_of(*entry);
    taken_ += page_size_of(*entry, request_.table->schema);
    const bool fetches = request_.parts == EntryParts::whole && !is_whole_entry();
    if (fetches) fetched_ += read_units(size_of(*item), request_.consistency);
    if (request_.filter != nullptr && !expr::evaluate(*request_.filter, *entry)) return;
    page_.items.push_back(fetches ? item : entry);
  }

  void note_end() {
    auto& starts = session_.universe().inclusive_starts;
    const std::string name = start_name(*request_.table, request_.index, last_key_);
    if (last_) {
      if (request_.one_row) return;
      page_.last_evaluated_key = page_key_of(*request_.table, request_.index, *last_);
      starts.erase(name);
      return;
    }
    if (request_.start_key != nullptr) {  // nothing was evaluated: the same start again
      page_.last_evaluated_key = *request_.start_key;
      return;
    }
    page_.last_evaluated_key = page_key_of(*request_.table, request_.index, *unread_);
    if (starts.size() >= kStartsKept) starts.clear();
    starts.insert(name);
  }

  void charge() {
    Consumption& cost = page_.consumption;
    cost.table = request_.table->schema.name;
    const HalfUnits units = read_units(evaluated_, request_.consistency);
    if (request_.index == nullptr) {
      cost.own = units;
      return;
    }
    cost.own = fetched_;
    const bool global = request_.index->schema.kind == IndexSchema::Kind::global;
    (global ? cost.global : cost.local)[request_.index->schema.name] = units;
  }

  Session& session_;
  const PageRequest& request_;
  Page& page_;
  std::optional<std::int64_t> cut_;
  bool stopped_ = false;
  Bytes evaluated_;  // what is charged
  Bytes taken_;      // of the page's 1 MB
  HalfUnits fetched_;
  ItemPtr last_;    // evaluated last
  ItemPtr unread_;  // the first, when the page was cut before it
  RowKey last_key_;
};

// The range that is left after the start key.
SegmentBounds range_after_start(Session& session, const PageRequest& request) {
  SegmentBounds range{request.low, request.high};
  if (request.start_key == nullptr) return range;
  RowKey start = start_row_key(*request.table, request.index, *request.start_key);
  const bool inclusive = starts_with_key(session.universe(), *request.table, request.index, start);
  if (request.direction == Direction::forward) {
    if (!inclusive) start += '\0';
    range.low = std::max(range.low, start);
    return range;
  }
  if (inclusive) start += '\0';
  if (range.high.empty() || start < range.high) range.high = std::move(start);
  return range;
}

}  // namespace

Page read_page(Session& session, const PageRequest& request) {
  if (const auto throttled = try_page(session, *request.table, request.index, request.partition))
    throw throttled->error();
  Page page;
  Reader reader(session, request, page);
  const Rows& rows = request.index != nullptr ? request.index->rows : request.table->rows;
  const SegmentBounds range = range_after_start(session, request);
  const ReadView view = session.view(request.consistency);
  rows.scan(range.low, range.high, request.direction, view,
            [&](const RowKey& key, const ItemPtr& item) { return reader.visit(key, item); });
  reader.finish();
  if (session.conditions().stale_read && request.consistency == Consistency::eventual) {
    const SegmentBounds seen = reader.seen(range);
    if (rows.differs_from_newest(seen.low, seen.high, view)) session.effects().stale = true;
  }
  charge_page(session, *request.table, request.index, request.partition, page.consumption);
  return page;
}

RowKey start_row_key(const Table& table, const Index* index, const Item& start_key) {
  if (index == nullptr) return row_key_of(table.schema.key, start_key).value();
  return index_row_key_of(index->schema, table.schema, start_key).value();
}

Item page_key_of(const Table& table, const Index* index, const Item& item) {
  Item key = key_attributes_of(table.schema.key, item);
  if (index == nullptr) return key;
  for (const KeyAttribute* attribute : index->schema.key.all()) {
    if (const Value* value = item.find(attribute->name)) key.set(attribute->name, *value);
  }
  return key;
}

bool starts_with_key(const Universe& universe, const Table& table, const Index* index, std::string_view row_key) {
  return !universe.inclusive_starts.empty() && universe.inclusive_starts.contains(start_name(table, index, row_key));
}

SegmentBounds segment_bounds(std::int64_t segment, std::int64_t total) {
  // floor(2^64 * n / total) without overflow.
  const auto boundary = [total](std::int64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{1} << 64) * static_cast<std::uint64_t>(n) /
                                      static_cast<std::uint64_t>(total));
  };
  SegmentBounds bounds;
  if (segment > 0) bounds.low = hash_bytes(boundary(segment));
  if (segment + 1 < total) bounds.high = hash_bytes(boundary(segment + 1));
  return bounds;
}

}  // namespace fickle
