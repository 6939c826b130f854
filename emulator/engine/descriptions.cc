#include "emulator/engine/descriptions.hh"

#include <cmath>

#include "emulator/engine/described.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/store/throughput.hh"

namespace fickle {

namespace {

namespace json = boost::json;

json::object throughput_json(const Throughput& throughput, bool on_demand, Instant now) {
  json::object out;
  out["NumberOfDecreasesToday"] = decreases_on_day_of(throughput, now);
  if (throughput.last_increase) out["LastIncreaseDateTime"] = epoch_seconds(*throughput.last_increase);
  if (throughput.last_decrease) out["LastDecreaseDateTime"] = epoch_seconds(*throughput.last_decrease);
  out["ReadCapacityUnits"] = on_demand ? 0 : throughput.read;
  out["WriteCapacityUnits"] = on_demand ? 0 : throughput.write;
  return out;
}

// What is warm without being asked for: the on-demand start, or the provisioned units.
void add_warm(json::object& out, const UnitLimits& warm, const Throughput& throughput, bool on_demand,
              DescriptionKind kind) {
  const bool asked = warm.read || warm.write;
  if (kind == DescriptionKind::create && !asked) return;
  const std::int64_t read = on_demand ? kOnDemandReadUnits : throughput.read;
  const std::int64_t write = on_demand ? kOnDemandWriteUnits : throughput.write;
  out["WarmThroughput"] = json::object{{"ReadUnitsPerSecond", warm.read.value_or(read)},
                                       {"WriteUnitsPerSecond", warm.write.value_or(write)},
                                       {"Status", kind == DescriptionKind::create ? "UPDATING" : "ACTIVE"}};
}

// A table that is being made shows nothing of what it will hold: it may be being restored or imported.
bool is_shown_empty(const Table& table, DescriptionKind kind) {
  return kind == DescriptionKind::create || table.status == TableStatus::creating;
}

json::object index_json(const Table& table, const Index& index, DescriptionKind kind, Instant now) {
  const bool empty = is_shown_empty(table, kind);
  const bool on_demand = table.settings.billing == BillingMode::pay_per_request;
  const bool global = index.schema.kind == IndexSchema::Kind::global;
  json::object out;
  out["IndexName"] = index.schema.name;
  out["KeySchema"] = key_schema_json(index.schema.key);
  out["Projection"] = projection_json(index.schema.projection);
  if (global) {
    out["IndexStatus"] = status_name(index.status);
    if (index.backfilling) out["Backfilling"] = true;
    out["ProvisionedThroughput"] = throughput_json(index.throughput, on_demand, now);
  }
  out["IndexSizeBytes"] = empty ? 0 : index.size.count;
  out["ItemCount"] = empty ? 0 : index.item_count;
  out["IndexArn"] = index_arn(table, index);
  if (global) {
    add_on_demand(out, index.on_demand);
    add_warm(out, index.warm, index.throughput, on_demand, kind);
  }
  return out;
}

void add_indexes(json::object& out, const Table& table, DescriptionKind kind, Instant now) {
  json::array local;
  json::array global;
  for (const Index& index : table.indexes) {
    (index.schema.kind == IndexSchema::Kind::global ? global : local).push_back(index_json(table, index, kind, now));
  }
  if (!local.empty()) out["LocalSecondaryIndexes"] = std::move(local);
  if (!global.empty()) out["GlobalSecondaryIndexes"] = std::move(global);
}

void add_stream(json::object& out, const Table& table) {
  const StreamLog* newest = table.stream                 ? table.stream.get()
                            : table.past_streams.empty() ? nullptr
                                                         : table.past_streams.back().get();
  if (table.stream) {
    out["StreamSpecification"] =
        json::object{{"StreamEnabled", true}, {"StreamViewType", stream_view_name(table.stream->view)}};
  }
  if (newest == nullptr) return;
  out["LatestStreamLabel"] = newest->label;
  out["LatestStreamArn"] = newest->arn;
}

void add_more(json::object& out, const Table& table) {
  const json::object* shown = described_of(table);
  if (shown == nullptr) return;
  for (const auto& member : *shown) out[member.key()] = member.value();
}

void add_vector_sizes(json::object& out, const Table& table) {
  json::value* indexes = out.if_contains("VectorIndexes");
  if (indexes == nullptr) return;
  for (auto& one : indexes->as_array()) {
    json::object& index = one.as_object();
    const VectorIndexSize size = size_of_vector_index(table, index);
    index["IndexSizeBytes"] = size.size.count;
    index["ItemCount"] = size.items;
  }
}

}  // namespace

void add_on_demand(json::object& out, const UnitLimits& limits) {
  if (!limits.read && !limits.write) return;
  json::object members;
  if (limits.read) members["MaxReadRequestUnits"] = *limits.read;
  if (limits.write) members["MaxWriteRequestUnits"] = *limits.write;
  out["OnDemandThroughput"] = std::move(members);
}

std::string_view status_name(TableStatus status) {
  switch (status) {
    case TableStatus::creating: return "CREATING";
    case TableStatus::active: return "ACTIVE";
    case TableStatus::updating: return "UPDATING";
    case TableStatus::deleting: return "DELETING";
  }
  return "ACTIVE";
}

std::string_view status_name(IndexStatus status) {
  switch (status) {
    case IndexStatus::creating: return "CREATING";
    case IndexStatus::active: return "ACTIVE";
    case IndexStatus::updating: return "UPDATING";
    case IndexStatus::deleting: return "DELETING";
  }
  return "ACTIVE";
}

double epoch_seconds(Instant instant) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch()).count();
  return static_cast<double>(millis) / 1000.0;
}

json::array key_schema_json(const KeySchema& key) {
  json::array out;
  for (const auto& attribute : key.hash)
    out.push_back(json::object{{"AttributeName", attribute.name}, {"KeyType", "HASH"}});
  for (const auto& attribute : key.range)
    out.push_back(json::object{{"AttributeName", attribute.name}, {"KeyType", "RANGE"}});
  return out;
}

json::object projection_json(const IndexProjection& projection) {
  json::object out;
  switch (projection.kind) {
    case IndexProjection::Kind::all: out["ProjectionType"] = "ALL"; break;
    case IndexProjection::Kind::keys_only: out["ProjectionType"] = "KEYS_ONLY"; break;
    case IndexProjection::Kind::include: out["ProjectionType"] = "INCLUDE"; break;
  }
  if (!projection.non_key_attributes.empty()) {
    json::array names;
    for (const std::string& name : projection.non_key_attributes) names.emplace_back(name);
    out["NonKeyAttributes"] = std::move(names);
  }
  return out;
}

std::string index_arn(const Table& table, const Index& index) {
  return table.settings.arn + "/index/" + index.schema.name;
}

json::object describe_table(const Table& table, DescriptionKind kind, Instant now) {
  const TableSettings& settings = table.settings;
  const bool on_demand = settings.billing == BillingMode::pay_per_request;
  json::object out;
  if (kind != DescriptionKind::remove) {
    json::array definitions;
    for (const auto& attribute : settings.attribute_definitions) {
      definitions.push_back(
          json::object{{"AttributeName", attribute.name}, {"AttributeType", type_name(attribute.type)}});
    }
    out["AttributeDefinitions"] = std::move(definitions);
  }
  out["TableName"] = table.schema.name;
  if (kind != DescriptionKind::remove) out["KeySchema"] = key_schema_json(table.schema.key);
  // The answer to CreateTable says CREATING even when the table is there already: that is what waiters wait to see change.
  out["TableStatus"] = kind == DescriptionKind::create   ? "CREATING"
                       : kind == DescriptionKind::update ? "UPDATING"
                       : kind == DescriptionKind::remove ? "DELETING"
                                                         : status_name(table.status);
  if (kind != DescriptionKind::remove) out["CreationDateTime"] = epoch_seconds(settings.created);
  out["ProvisionedThroughput"] = throughput_json(settings.throughput, on_demand, now);
  const bool empty = is_shown_empty(table, kind);
  out["TableSizeBytes"] = empty ? 0 : table.size.count;
  out["ItemCount"] = empty ? 0 : table.item_count;
  out["TableArn"] = settings.arn;
  out["TableId"] = settings.id;
  if (on_demand || (settings.billing_mode_given && settings.pay_per_request_since)) {
    // Twice: the models do not know the second name, the service answers both (dynalite's test/createTable.js and test/updateTable.js).
    for (const auto& [summary, mode] : {std::pair("BillingModeSummary", "BillingMode"),
                                        std::pair("TableThroughputModeSummary", "TableThroughputMode")}) {
      json::object told{{mode, on_demand ? "PAY_PER_REQUEST" : "PROVISIONED"}};
      if (kind != DescriptionKind::create && settings.pay_per_request_since)
        told["LastUpdateToPayPerRequestDateTime"] = epoch_seconds(*settings.pay_per_request_since);
      out[summary] = std::move(told);
    }
  }
  if (kind != DescriptionKind::remove) add_indexes(out, table, kind, now);
  add_stream(out, table);
  if (settings.table_class && kind != DescriptionKind::remove) {
    json::object summary{{"TableClass", *settings.table_class}};
    if (settings.table_class_changed) summary["LastUpdateDateTime"] = epoch_seconds(*settings.table_class_changed);
    out["TableClassSummary"] = std::move(summary);
  }
  out["DeletionProtectionEnabled"] = settings.deletion_protection;
  if (kind == DescriptionKind::remove) return out;
  add_on_demand(out, settings.on_demand);
  add_warm(out, settings.warm, settings.throughput, on_demand, kind);
  add_more(out, table);
  add_vector_sizes(out, table);
  if (kind == DescriptionKind::create && out.contains("GlobalSecondaryIndexes")) {
    for (auto& index : out["GlobalSecondaryIndexes"].as_array()) index.as_object()["IndexStatus"] = "CREATING";
  }
  return out;
}

}  // namespace fickle
