#include "emulator/ops/table_spec.hh"

#include <algorithm>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/ops/resource_policies.hh"
#include "emulator/ops/tag_rules.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kLocalIndexesMax = 5;
constexpr std::size_t kGlobalIndexesMax = 20;
constexpr std::size_t kProjectedMax = 100;

IndexSpec read_local_index(const json::object& body, const Definitions& definitions, const KeySchema& table_key) {
  IndexSpec index;
  index.schema.kind = IndexSchema::Kind::local;
  index.schema.name = read_string(body, "IndexName").value_or("");
  index.schema.key = read_key_schema(body, definitions, SchemaKind::local_index);
  if (index.schema.key.range.empty()) {
    throw_parameter_invalid("Index KeySchema does not have a range key for index: " + index.schema.name);
  }
  const std::string& hash = index.schema.key.hash.front().name;
  if (hash != table_key.hash.front().name) {
    throw_parameter_invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: " + index.schema.name +
        ". index hash key: " + hash + ", table hash key: " + table_key.hash.front().name);
  }
  index.schema.projection = read_projection(body);
  return index;
}

void read_local_indexes(const json::object& body, const Definitions& definitions, TableSpec& spec,
                        std::set<std::string>& names) {
  const json::array* list = read_array(body, "LocalSecondaryIndexes");
  if (list == nullptr) return;
  if (list->empty()) throw_parameter_invalid("List of LocalSecondaryIndexes is empty");
  if (spec.schema.key.range.empty()) {
    throw_parameter_invalid(
        "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
  }
  for (const auto& element : *list) {
    IndexSpec index = read_local_index(element.as_object(), definitions, spec.schema.key);
    if (!names.insert(index.schema.name).second) throw_parameter_invalid("Duplicate index name: " + index.schema.name);
    spec.indexes.push_back(std::move(index));
  }
  if (list->size() > kLocalIndexesMax)
    throw_parameter_invalid("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
}

void read_global_indexes(const json::object& body, const Definitions& definitions, TableSpec& spec,
                         std::set<std::string>& names) {
  const json::array* list = read_array(body, "GlobalSecondaryIndexes");
  if (list == nullptr) return;
  if (list->empty()) throw_parameter_invalid("List of GlobalSecondaryIndexes is empty");
  for (const auto& element : *list) {
    IndexSpec index = read_global_index(element.as_object(), definitions);
    check_index_throughput(index, spec.billing);
    if (!names.insert(index.schema.name).second) throw_parameter_invalid("Duplicate index name: " + index.schema.name);
    spec.indexes.push_back(std::move(index));
  }
  if (list->size() > kGlobalIndexesMax)
    throw_parameter_invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20");
}

// Every definition is used by some key, every projected attribute counts.
void check_use(const json::object& body, const Definitions& definitions, const TableSpec& spec) {
  std::vector<std::string> used;
  const auto use = [&used](const KeySchema& key) {
    for (const KeyAttribute* attribute : key.all()) {
      if (std::find(used.begin(), used.end(), attribute->name) == used.end()) used.push_back(attribute->name);
    }
  };
  use(spec.schema.key);
  std::size_t projected = 0;
  for (const auto& index : spec.indexes) {
    use(index.schema.key);
    projected += index.schema.projection.non_key_attributes.size();
  }
  check_vector_creations(spec.vectors, 0, spec.billing, definitions.list);
  for (const VectorIndexChange& vector : spec.vectors) {
    for (const SearchAttribute& searched : search_schema_of(vector.body)) {
      if (std::find(used.begin(), used.end(), searched.name) == used.end()) used.push_back(searched.name);
    }
  }
  if (used.size() != definitions.list.size()) {
    const bool indexed =
        find_member(body, "LocalSecondaryIndexes") != nullptr || find_member(body, "GlobalSecondaryIndexes") != nullptr;
    if (!indexed) {
      throw_parameter_invalid(
          "Number of attributes in KeySchema does not exactly match number of attributes defined in "
          "AttributeDefinitions");
    }
    throw_parameter_invalid("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                            bracketed(names_of(definitions)) + ", keys used: " + bracketed(used));
  }
  check_projected(projected);
}

std::optional<StreamView> read_stream(const json::object& body) {
  const json::object* stream = read_object(body, "StreamSpecification");
  if (stream == nullptr) return std::nullopt;
  const auto view = read_string(*stream, "StreamViewType");
  const bool enabled = read_bool(*stream, "StreamEnabled").value_or(false);
  if (enabled && !view)
    throw_parameter_invalid("Table is being created with a stream enabled, UpdateViewType is required");
  if (!enabled && view)
    throw_parameter_invalid("Table is being created with a stream disabled, UpdateViewType should not be specified");
  return enabled ? stream_view_of_name(*view) : std::nullopt;
}

void read_billing(const json::object& body, TableSpec& spec) {
  const auto mode = read_string(body, "BillingMode");
  spec.billing_mode_given = mode.has_value();
  spec.billing = mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request : BillingMode::provisioned;
  spec.throughput = read_throughput(body);
  if (spec.billing == BillingMode::pay_per_request && spec.throughput) {
    throw_parameter_invalid(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
  }
  if (spec.billing == BillingMode::provisioned && !spec.throughput) {
    throw_parameter_invalid(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
  }
  if (spec.throughput) check_units(*spec.throughput);
}

}  // namespace

json::object read_encryption(const json::object& body) {
  const json::object* given = read_object(body, "SSESpecification");
  if (given == nullptr) return {};
  const bool enabled = read_bool(*given, "Enabled").value_or(false);
  const auto type = read_string(*given, "SSEType");
  const auto key = read_string(*given, "KMSMasterKeyId");
  if (!enabled && type) throw_parameter_invalid("SSEType can not be specified if Enabled is false");
  if (!enabled && key) throw_parameter_invalid("KMSMasterKeyId can not be specified if Enabled is false");
  if (key && type != "KMS") throw_parameter_invalid("SSEType KMS is required if KMSMasterKeyId is specified");
  if (type == "AES256") throw_parameter_invalid("SSEType AES256 is not supported");
  if (!enabled) return {};
  return {{"Status", "ENABLED"}, {"SSEType", "KMS"}, {"KMSMasterKeyArn", key.value_or("")}};
}

std::optional<std::string> read_table_class(const json::object& body) {
  auto table_class = read_string(body, "TableClass");
  if (table_class && *table_class != "STANDARD" && *table_class != "STANDARD_INFREQUENT_ACCESS") {
    throw_validation(
        "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, "
        "STANDARD_INFREQUENT_ACCESS].");
  }
  return table_class;
}

IndexSpec read_global_index(const json::object& body, const Definitions& definitions) {
  IndexSpec index;
  index.schema.kind = IndexSchema::Kind::global;
  index.schema.name = read_string(body, "IndexName").value_or("");
  index.schema.key = read_key_schema(body, definitions, SchemaKind::global_index);
  index.schema.projection = read_projection(body);
  index.throughput = read_throughput(body);
  index.on_demand = read_unit_limits(body, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits");
  index.warm = read_unit_limits(body, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  return index;
}

void check_projected(std::size_t count) {
  if (count > kProjectedMax)
    throw_parameter_invalid("Number of projected attributes in all indexes exceeds the limit of 100");
}

void check_index_throughput(const IndexSpec& index, BillingMode billing) {
  const std::string& name = index.schema.name;
  if (billing == BillingMode::pay_per_request && index.throughput) {
    throw_parameter_invalid("ProvisionedThroughput should not be specified for index: " + name +
                            " when BillingMode is PAY_PER_REQUEST");
  }
  if (billing == BillingMode::provisioned && !index.throughput) {
    throw_parameter_invalid("ProvisionedThroughput is not specified for index: " + name);
  }
  if (index.throughput) check_units(*index.throughput);
}

TableSpec read_table_spec(const json::object& body) {
  TableSpec spec;
  spec.name = plain_table_name(read_string(body, "TableName").value_or(""));
  spec.schema.name = spec.name;
  read_billing(body, spec);
  const Definitions definitions = read_definitions(body);
  spec.attribute_definitions = definitions.list;
  spec.schema.key = read_key_schema(body, definitions, SchemaKind::table);
  std::set<std::string> seen;
  for (const auto& attribute : definitions.list) {
    if (!seen.insert(attribute.name).second) throw_validation("Attribute Name is duplicated: " + attribute.name);
  }
  std::set<std::string> names;
  read_local_indexes(body, definitions, spec, names);
  read_global_indexes(body, definitions, spec, names);
  spec.vectors = read_vector_indexes(body);
  check_use(body, definitions, spec);
  spec.stream = read_stream(body);
  spec.encryption = read_encryption(body);
  spec.on_demand = read_unit_limits(body, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits");
  check_on_demand(spec.on_demand, spec.billing, "");
  for (const auto& index : spec.indexes) check_on_demand(index.on_demand, spec.billing, index.schema.name);
  spec.warm = read_unit_limits(body, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  check_initial_warm(spec.warm, spec.billing, spec.throughput, "");
  for (const auto& index : spec.indexes)
    check_initial_warm(index.warm, spec.billing, index.throughput, index.schema.name);
  spec.table_class = read_table_class(body);
  spec.deletion_protection = read_bool(body, "DeletionProtectionEnabled").value_or(false);
  spec.tags = read_tags(body, "Tags");
  spec.policy = read_string(body, "ResourcePolicy");
  if (spec.policy) check_policy(*spec.policy);
  return spec;
}

}  // namespace fickle
