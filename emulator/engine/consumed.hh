// What a request consumed (behaviour reference 4.5), in half units, and how ConsumedCapacity and ItemCollectionMetrics print.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/json_text.hh"
#include "emulator/store/table.hh"

namespace fickle {

enum class ConsumedMode { none, total, indexes };
[[nodiscard]] ConsumedMode consumed_mode(const std::optional<std::string>& return_consumed_capacity);

// Units charged to one table and its indexes.
struct Consumption {
  std::string table;  // as the request named it (a name or an ARN)
  HalfUnits own;
  std::map<std::string, HalfUnits> global, local;
  std::map<std::string, Bytes> vectors;  // VectorWriteRequestBytes of each vector index: no part of the total
  [[nodiscard]] HalfUnits total() const;
  void add(const Consumption& other);
};

[[nodiscard]] HalfUnits read_units(
    Bytes size, Consistency consistency);         // of one item or one page: ceil(size / 4 KB), at least one
[[nodiscard]] HalfUnits write_units(Bytes size);  // ceil(size / 1 KB), at least one

// A single write of `before` -> `after` (either may be null), index arms included.
[[nodiscard]] Consumption write_consumption(const Table& table, const ItemPtr& before, const ItemPtr& after);

// Extra member "ReadCapacityUnits" / "WriteCapacityUnits" that transactional operations print on every level.
enum class CapacityKind { plain, read, write };

// "ConsumedCapacity":{...} for one table; prints nothing when mode is none.
void print_consumed(JsonText& out, ConsumedMode mode, const Consumption& consumption,
                    CapacityKind kind = CapacityKind::plain);
// "ConsumedCapacity":[...], one entry per table in the order given.
void print_consumed_list(JsonText& out, ConsumedMode mode, const std::vector<Consumption>& consumptions,
                         CapacityKind kind = CapacityKind::plain);

// {"ItemCollectionKey":{...},"SizeEstimateRangeGB":[0.0,1.0]}: only tables with an LSI have item collections.
void print_item_collection(JsonText& out, const Item& partition_key);
[[nodiscard]] Item partition_key_of(const TableSchema& schema, const Item& item);

}  // namespace fickle
