#include "emulator/engine/table_rules.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/ops/bulk_put.hh"
#include "emulator/ops/vector_index.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace json = boost::json;

// What of the items goes to the table and to each of its indexes; vectors are counted by themselves. Amounts: the sizes of items and
// entries, nobody has observed the service's.
json::object bulk_usage(const Table& table, const std::vector<ItemPtr>& items) {
  const auto amount = [](std::string_view member, Bytes size) {
    return json::object{{member, static_cast<double>(size.count)}};
  };
  Bytes own;
  for (const ItemPtr& item : items) own += size_of(*item);
  Bytes all = own;
  json::object usage{{"TableName", table.schema.name}, {"BulkPutBytes", 0.0}, {"Table", amount("BulkPutBytes", own)}};
  const auto share_in = [&usage](std::string_view list) -> json::object& {
    json::value& shares = usage[list];
    if (!shares.is_object()) shares = json::object{};
    return shares.as_object();
  };
  for (const Index& index : table.indexes) {
    Bytes size;
    for (const ItemPtr& item : items) {
      if (index_row_key_of(index.schema, table.schema, *item))
        size += projected_size(index.schema, table.schema, *item);
    }
    all += size;
    const bool global = index.schema.kind == IndexSchema::Kind::global;
    share_in(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes")[index.schema.name] =
        amount("BulkPutBytes", size);
  }
  usage["BulkPutBytes"] = static_cast<double>(all.count);
  const json::array none;
  const json::array* vectors = vector_indexes_of(table);
  for (const auto& one : vectors == nullptr ? none : *vectors) {
    const json::object& index = one.as_object();
    Bytes size;
    for (const ItemPtr& item : items) {
      if (indexed_vector(index, *item)) size += vector_entry_size(table, index, *item);
    }
    share_in("VectorIndexes")[index.at("IndexName").as_string()] = amount("BulkPutVectorBytes", size);
  }
  return usage;
}

}  // namespace fickle
