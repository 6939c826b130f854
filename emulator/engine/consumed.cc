#include "emulator/engine/consumed.hh"

#include <algorithm>

#include "emulator/engine/vector_entries.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr std::uint64_t kReadUnit = 4096;
constexpr std::uint64_t kWriteUnit = 1024;

std::int64_t units_of(Bytes size, std::uint64_t unit) {
  return static_cast<std::int64_t>(std::max<std::uint64_t>(1, (size.count + unit - 1) / unit));
}

// What one index is charged for its entry changing (behaviour reference 4.5, last table).
HalfUnits index_write_units(const IndexSchema& index, const TableSchema& table, const ItemPtr& before,
                            const ItemPtr& after) {
  const auto old_key = before ? row_key_of(index.key, *before) : std::nullopt;
  const auto new_key = after ? row_key_of(index.key, *after) : std::nullopt;
  if (!old_key && !new_key) return {};
  const Item old_entry = old_key ? projected(index, table, *before) : Item{};
  const Item new_entry = new_key ? projected(index, table, *after) : Item{};
  if (!old_key) return write_units(size_of(new_entry));
  if (!new_key) return write_units(size_of(old_entry));
  if (*old_key != *new_key) return write_units(size_of(old_entry)) + write_units(size_of(new_entry));
  if (old_entry == new_entry) return {};
  return std::max(write_units(size_of(old_entry)), write_units(size_of(new_entry)));
}

void print_arm(JsonText& out, HalfUnits units, CapacityKind kind) {
  if (kind == CapacityKind::read) out.key("ReadCapacityUnits").half_units(units);
  if (kind == CapacityKind::write) out.key("WriteCapacityUnits").half_units(units);
  out.key("CapacityUnits").half_units(units);
}

void print_arms(JsonText& out, std::string_view name, const std::map<std::string, HalfUnits>& arms, CapacityKind kind) {
  if (arms.empty()) return;
  out.key(name).begin_object();
  for (const auto& [index, units] : arms) {
    out.key(index).begin_object();
    print_arm(out, units, kind);
    out.end_object();
  }
  out.end_object();
}

void print_vectors(JsonText& out, const std::map<std::string, Bytes>& vectors) {
  if (vectors.empty()) return;
  out.key("VectorIndexes").begin_object();
  for (const auto& [index, size] : vectors) {
    const boost::json::object entry{{"VectorWriteRequestBytes", static_cast<double>(size.count)}};
    out.key(index).json(entry);
  }
  out.end_object();
}

void print_one(JsonText& out, ConsumedMode mode, const Consumption& consumption, CapacityKind kind) {
  out.begin_object().member("TableName", consumption.table);
  print_arm(out, consumption.total(), kind);
  if (mode == ConsumedMode::indexes) {
    out.key("Table").begin_object();
    print_arm(out, consumption.own, kind);
    out.end_object();
    print_arms(out, "LocalSecondaryIndexes", consumption.local, kind);
    print_arms(out, "GlobalSecondaryIndexes", consumption.global, kind);
    print_vectors(out, consumption.vectors);
  }
  out.end_object();
}

}  // namespace

ConsumedMode consumed_mode(const std::optional<std::string>& value) {
  if (value == "TOTAL") return ConsumedMode::total;
  if (value == "INDEXES") return ConsumedMode::indexes;
  return ConsumedMode::none;
}

HalfUnits Consumption::total() const {
  HalfUnits sum = own;
  for (const auto& [name, units] : global) sum += units;
  for (const auto& [name, units] : local) sum += units;
  return sum;
}

void Consumption::add(const Consumption& other) {
  own += other.own;
  for (const auto& [name, units] : other.global) global[name] += units;
  for (const auto& [name, units] : other.local) local[name] += units;
  for (const auto& [name, size] : other.vectors) vectors[name] = vectors[name] + size;
}

HalfUnits read_units(Bytes size, Consistency consistency) {
  return {units_of(size, kReadUnit) * (consistency == Consistency::strong ? 2 : 1)};
}

HalfUnits write_units(Bytes size) {
  return {units_of(size, kWriteUnit) * 2};
}

Consumption write_consumption(const Table& table, const ItemPtr& before, const ItemPtr& after) {
  Consumption consumption{.table = table.schema.name, .own = {}, .global = {}, .local = {}, .vectors = {}};
  const Bytes larger = std::max(before ? size_of(*before) : Bytes{}, after ? size_of(*after) : Bytes{});
  consumption.own = write_units(larger);
  for (const Index& index : table.indexes) {
    const HalfUnits units = index_write_units(index.schema, table.schema, before, after);
    if (units.count == 0) continue;
    (index.schema.kind == IndexSchema::Kind::global ? consumption.global : consumption.local)[index.schema.name] =
        units;
  }
  consumption.vectors = vector_write_sizes(table, before, after);
  return consumption;
}

void print_consumed(JsonText& out, ConsumedMode mode, const Consumption& consumption, CapacityKind kind) {
  if (mode == ConsumedMode::none) return;
  out.key("ConsumedCapacity");
  print_one(out, mode, consumption, kind);
}

void print_consumed_list(JsonText& out, ConsumedMode mode, const std::vector<Consumption>& consumptions,
                         CapacityKind kind) {
  if (mode == ConsumedMode::none) return;
  out.key("ConsumedCapacity").begin_array();
  for (const Consumption& consumption : consumptions) print_one(out, mode, consumption, kind);
  out.end_array();
}

void print_item_collection(JsonText& out, const Item& partition_key) {
  out.begin_object()
      .member("ItemCollectionKey", partition_key)
      .key("SizeEstimateRangeGB")
      .raw("[0.0,1.0]")
      .end_object();
}

Item partition_key_of(const TableSchema& schema, const Item& item) {
  Item key;
  for (const auto& attribute : schema.key.hash) {
    if (const Value* value = item.find(attribute.name)) key.set(attribute.name, *value);
  }
  return key;
}

}  // namespace fickle
