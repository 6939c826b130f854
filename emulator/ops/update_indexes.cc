// The global secondary indexes of UpdateTable: created with backfill, updated, deleted. Source: behaviour reference 3.8, rows 12-21.
#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/ops/throughput_change.hh"
#include "emulator/ops/update_table.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kGlobalIndexesMax = 20;
constexpr std::string_view kOneAtATime =
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";

bool is_global(const Index& index) {
  return index.schema.kind == IndexSchema::Kind::global;
}

std::string joined(std::string_view text, const std::string& name) {
  return std::string(text) + name;
}

IndexSpec spec_of(const TableChange& change, const IndexChange& wanted) {
  if (change.definitions.list.empty())
    throw_parameter_invalid("AttributeDefinitions is not specified for index: " + wanted.name);
  return read_global_index(wanted.body, change.definitions);
}

void check_creation(const Table& table, const TableChange& change, const IndexChange& wanted, BillingMode billing) {
  if (table.find_index(wanted.name) != nullptr) throw_validation("Attempting to create an index which already exists");
  const auto globals = std::count_if(table.indexes.begin(), table.indexes.end(), is_global);
  if (static_cast<std::size_t>(globals) >= kGlobalIndexesMax) {
    throw ApiError("LimitExceededException",
                   "Subscriber limit exceeded: GlobalSecondaryIndex count exceeds the per-table limit of 20");
  }
  const IndexSpec spec = spec_of(change, wanted);
  check_index_throughput(spec, billing);
  check_on_demand(spec.on_demand, billing, wanted.name);
  check_initial_warm(spec.warm, billing, spec.throughput, wanted.name);
  std::size_t projected = spec.schema.projection.non_key_attributes.size();
  for (const Index& index : table.indexes) projected += index.schema.projection.non_key_attributes.size();
  check_projected(projected);
}

void check_removal(const Table& table, const IndexChange& wanted) {
  const Index* index = table.find_index(wanted.name);
  if (index == nullptr) throw ApiError("ResourceNotFoundException", "Requested resource not found");
  if (!is_global(*index))
    throw_validation(joined("Cannot delete an index that is not a GlobalSecondaryIndex: ", wanted.name));
}

void check_update(const Table& table, const IndexChange& wanted, BillingMode billing, Instant now) {
  const Index* index = table.find_index(wanted.name);
  if (index == nullptr) {
    throw_validation(
        "This operation cannot be performed with given input values. Please contact DynamoDB service team for more "
        "info: Action Blocked: IndexUpdate");
  }
  if (!is_global(*index))
    throw_validation(joined("Cannot update an index that is not a GlobalSecondaryIndex: ", wanted.name));
  if (const auto throughput = read_throughput(wanted.body)) {
    if (billing == BillingMode::pay_per_request) {
      throw_parameter_invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " +
                              wanted.name + " when BillingMode is PAY_PER_REQUEST");
    }
    check_units(*throughput);
    if (table.settings.billing == BillingMode::provisioned)
      check_throughput_change(index->throughput, *throughput, wanted.name, now);
  }
  check_on_demand(read_unit_limits(wanted.body, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits"),
                  billing, wanted.name);
  check_changed_warm(read_unit_limits(wanted.body, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond"),
                     billing, index->warm, index->throughput, wanted.name);
}

// A definition may be repeated but not given another type.
void check_redefinitions(const Table& table, const TableChange& change) {
  const auto schema = [](const KeyAttribute& attribute) {
    return "Schema:[SchemaElement: key{" + attribute.name + ":" + std::string(type_name(attribute.type)) + ":HASH}]";
  };
  for (const KeyAttribute& given : change.definitions.list) {
    for (const KeyAttribute& present : table.settings.attribute_definitions) {
      if (present.name != given.name || present.type == given.type) continue;
      throw_parameter_invalid(
          "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. "
          "Existing schema: " +
          schema(present) + " New schema: " + schema(given));
    }
  }
}

// Those of some key, one that is being deleted included: in their old order, then new ones.
void merge_definitions(Table& table, const Definitions& given) {
  std::vector<KeyAttribute>& definitions = table.settings.attribute_definitions;
  for (const KeyAttribute& attribute : given.list) {
    if (std::find(definitions.begin(), definitions.end(), attribute) == definitions.end())
      definitions.push_back(attribute);
  }
  store::prune_definitions(table);
}

void create(Session& session, Table& table, const IndexSpec& spec) {
  Universe& universe = session.universe();
  Index index;
  index.schema = spec.schema;
  index.throughput = spec.throughput.value_or(Throughput{});
  index.on_demand = spec.on_demand;
  index.warm = spec.warm;
  const Duration wait = universe.models.lifecycle_backfill;
  if (wait > Duration{0}) {
    index.status = IndexStatus::creating;
    index.backfilling = true;
    index.status_until = session.now() + wait;
  }
  table.indexes.push_back(std::move(index));
  store::backfill(universe, table, table.indexes.back());
}

void remove(Session& session, Table& table, const std::string& name) {
  const Duration wait = session.universe().models.lifecycle_update;
  if (wait > Duration{0}) {
    Index& index = *table.find_index(name);
    index.status = IndexStatus::deleting;
    index.status_until = session.now() + wait;
    return;
  }
  std::erase_if(table.indexes, [&name](const Index& index) { return index.schema.name == name; });
}

void update(Session& session, Index& index, const json::object& body) {
  if (const auto throughput = read_throughput(body)) set_throughput(index.throughput, *throughput, session.now());
  const UnitLimits on_demand =
      read_unit_limits(body, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits");
  change_ceilings(index.on_demand, on_demand);
  const UnitLimits warm = read_unit_limits(body, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  if (warm.read) index.warm.read = warm.read;
  if (warm.write) index.warm.write = warm.write;
  const Duration wait = session.universe().models.lifecycle_update;
  if (wait > Duration{0}) {
    index.status = IndexStatus::updating;
    index.status_until = session.now() + wait;
  }
}

}  // namespace

namespace {

std::size_t online_changes(const Table& table) {
  const auto globals = std::count_if(table.indexes.begin(), table.indexes.end(), [](const Index& index) {
    return index.status == IndexStatus::creating || index.status == IndexStatus::deleting;
  });
  return static_cast<std::size_t>(globals) + online_vector_changes(table);
}

}  // namespace

void check_online_changes(const Table& table, const TableChange& change) {
  if (change.vectors.empty()) return;
  const auto globals = std::count_if(change.indexes.begin(), change.indexes.end(), [](const IndexChange& wanted) {
    return wanted.kind != IndexChange::Kind::update;
  });
  if (online_changes(table) + change.vectors.size() + static_cast<std::size_t>(globals) > 1)
    throw ApiError("LimitExceededException", std::string(kOneAtATime));
}

void check_index_changes(const Table& table, const TableChange& change, BillingMode billing, Instant now) {
  // More than one creation or deletion is too much whatever they name.
  const auto wanted_online = std::count_if(change.indexes.begin(), change.indexes.end(), [](const IndexChange& wanted) {
    return wanted.kind != IndexChange::Kind::update;
  });
  if (wanted_online > 1) throw ApiError("LimitExceededException", std::string(kOneAtATime));
  std::size_t online = online_changes(table);
  for (const IndexChange& wanted : change.indexes) {
    switch (wanted.kind) {
      case IndexChange::Kind::create: check_creation(table, change, wanted, billing); break;
      case IndexChange::Kind::remove: check_removal(table, wanted); break;
      case IndexChange::Kind::update: check_update(table, wanted, billing, now); continue;
    }
    if (++online > 1) throw ApiError("LimitExceededException", std::string(kOneAtATime));
  }
  check_redefinitions(table, change);
}

void apply_index_changes(Session& session, Table& table, const TableChange& change) {
  if (change.indexes.empty() && change.vectors.empty()) return;
  for (const IndexChange& wanted : change.indexes) {
    switch (wanted.kind) {
      case IndexChange::Kind::create: create(session, table, spec_of(change, wanted)); break;
      case IndexChange::Kind::remove: remove(session, table, wanted.name); break;
      case IndexChange::Kind::update: update(session, *table.find_index(wanted.name), wanted.body); break;
    }
  }
  merge_definitions(table, change.definitions);
}

void show_index_changes(json::object& description, const json::object& old, const TableChange& change) {
  const auto find = [](json::array& list, const std::string& name) {
    return std::find_if(list.begin(), list.end(),
                        [&](const json::value& one) { return one.at("IndexName").as_string() == name; });
  };
  json::array indexes;
  json::array before;
  if (const json::value* list = description.if_contains("GlobalSecondaryIndexes")) indexes = list->as_array();
  if (const json::value* list = old.if_contains("GlobalSecondaryIndexes")) before = list->as_array();
  for (auto& index : indexes) {
    const auto was = find(before, std::string(index.at("IndexName").as_string()));
    if (was != before.end()) index.as_object()["ProvisionedThroughput"] = was->at("ProvisionedThroughput");
  }
  for (const IndexChange& wanted : change.indexes) {
    auto index = find(indexes, wanted.name);
    if (index == indexes.end()) index = indexes.insert(indexes.end(), *find(before, wanted.name));
    json::object& shown = index->as_object();
    switch (wanted.kind) {
      case IndexChange::Kind::create:
        shown["IndexStatus"] = "CREATING";
        shown["Backfilling"] = false;
        break;
      case IndexChange::Kind::remove:
        shown["IndexStatus"] = "DELETING";
        description["AttributeDefinitions"] = old.at("AttributeDefinitions");
        break;
      case IndexChange::Kind::update:
        shown["IndexStatus"] = "UPDATING";
        if (read_object(wanted.body, "WarmThroughput") != nullptr)
          shown["WarmThroughput"].as_object()["Status"] = "UPDATING";
        break;
    }
  }
  if (!indexes.empty()) description["GlobalSecondaryIndexes"] = std::move(indexes);
}

}  // namespace fickle
