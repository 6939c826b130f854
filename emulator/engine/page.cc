#include "emulator/engine/page.hh"

#include <algorithm>

#include "emulator/engine/capacity_gate.hh"
#include "emulator/expr/eval.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr Bytes kPageBytes{1048576};

// Big-endian hash as the first bytes of row keys have it.
std::string hash_bytes(std::uint64_t hash) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(hash & 0xff);
    hash >>= 8;
  }
  return bytes;
}

// Reads and prices the rows of one page.
class Reader {
 public:
  Reader(Session& session, const PageRequest& request, Page& page) : session_(session), request_(request), page_(page) {
    limit_ = request.limit;
    if (const auto& short_page = session.conditions().short_page; short_page && (!limit_ || *short_page < *limit_)) {
      limit_ = *short_page;
      shortened_limit_ = true;
    }
  }

  // Whether the scan should go on.
  bool visit(const ItemPtr& item) {
    if (limit_ && page_.scanned >= *limit_) {  // only with a limit of 0: nothing may be evaluated
      stopped_ = true;
      return false;
    }
    const ItemPtr entry = entry_of(item);
    evaluated_ += size_of(*entry);
    ++page_.scanned;
    const ItemPtr whole = request_.fetch_whole_items ? fetch(item) : entry;
    if (request_.filter == nullptr || expr::evaluate(*request_.filter, *whole)) page_.items.push_back(whole);
    last_ = item;
    stopped_ = (limit_ && page_.scanned >= *limit_) || evaluated_ >= kPageBytes;
    return !stopped_;
  }

  void finish() {
    if (stopped_ && last_) page_.last_evaluated_key = page_key_of(*request_.table, request_.index, *last_);
    if (stopped_ && shortened_limit_) session_.effects().shortened = true;
    charge();
  }

 private:
  ItemPtr entry_of(const ItemPtr& item) const {
    if (request_.index == nullptr || request_.index->schema.projection.kind == IndexProjection::Kind::all) return item;
    return std::make_shared<const Item>(projected(request_.index->schema, request_.table->schema, *item));
  }

  // An LSI that does not project what is wanted: the table is read too, at its own price.
  ItemPtr fetch(const ItemPtr& item) {
    if (request_.index == nullptr || request_.index->schema.projection.kind == IndexProjection::Kind::all) return item;
    fetched_ += read_units(size_of(*item), request_.consistency);
    return item;
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
  std::optional<std::int64_t> limit_;
  bool shortened_limit_ = false;
  bool stopped_ = false;
  Bytes evaluated_;
  HalfUnits fetched_;
  ItemPtr last_;
};

}  // namespace

Page read_page(Session& session, const PageRequest& request) {
  if (const auto throttled = try_page(session, *request.table, request.index, request.partition))
    throw throttled->error();
  Page page;
  Reader reader(session, request, page);
  const Rows& rows = request.index != nullptr ? request.index->rows : request.table->rows;
  std::string low = request.low;
  std::optional<std::string> high = request.high;
  if (request.start_after) {
    if (request.direction == Direction::forward) {
      low = std::max(low, *request.start_after + '\0');
    } else if (!high || *request.start_after < *high) {
      high = *request.start_after;
    }
  }
  const bool empty = high && (high->empty() || low >= *high);
  if (!empty) {
    rows.scan(low, high.value_or(""), request.direction, session.view(request.consistency),
              [&](const RowKey&, const ItemPtr& item) { return reader.visit(item); });
  }
  reader.finish();
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

SegmentBounds segment_bounds(std::int64_t segment, std::int64_t total) {
  // floor(2^64 * n / total) without overflow.
  const auto boundary = [total](std::int64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{1} << 64) * static_cast<std::uint64_t>(n) /
                                      static_cast<std::uint64_t>(total));
  };
  SegmentBounds bounds{.low = segment == 0 ? std::string() : hash_bytes(boundary(segment)), .high = std::nullopt};
  if (segment + 1 < total) bounds.high = hash_bytes(boundary(segment + 1));
  return bounds;
}

}  // namespace fickle
