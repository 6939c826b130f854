#include "emulator/ops/table_spec.hh"

#include <algorithm>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/text.hh"
#include "emulator/ops/resource_policies.hh"
#include "emulator/ops/tag_rules.hh"
#include "emulator/store/lifecycle.hh"
#include "emulator/store/throughput.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::int64_t kUnitsMax = 1'000'000'000'000;
constexpr std::size_t kLocalIndexesMax = 5;
constexpr std::size_t kGlobalIndexesMax = 20;
constexpr std::size_t kProjectedMax = 100;
constexpr std::size_t kIndexKeyParts = 4;

struct KeyElement {
  std::string name;
  std::string type;
};

std::vector<KeyElement> key_elements(const json::object& owner) {
  std::vector<KeyElement> elements;
  if (const json::array* list = read_array(owner, "KeySchema")) {
    for (const auto& element : *list) {
      const json::object& object = element.as_object();
      elements.push_back(
          {read_string(object, "AttributeName").value_or(""), read_string(object, "KeyType").value_or("")});
    }
  }
  return elements;
}

std::string bracketed(const std::vector<std::string>& names) {
  return "[" + join(names, ", ") + "]";
}

std::vector<std::string> names_of(const Definitions& definitions) {
  std::vector<std::string> names;
  for (const auto& attribute : definitions.list) names.push_back(attribute.name);
  return names;
}

void check_defined(const std::vector<KeyElement>& elements, const Definitions& definitions) {
  std::vector<std::string> missing;
  for (const auto& element : elements) {
    if (definitions.find(element.name) == nullptr) missing.push_back(element.name);
  }
  if (missing.empty()) return;
  std::vector<std::string> keys;
  for (const auto& element : elements) keys.push_back(element.name);
  throw_parameter_invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                          bracketed(keys) + ", AttributeDefinitions: " + bracketed(names_of(definitions)));
}

// One hash and at most one range attribute: tables and local indexes, and global indexes of up to two elements.
void check_single_key(const std::vector<KeyElement>& elements) {
  if (elements.size() > 1 && elements[0].name == elements[1].name) {
    throw_validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (elements[0].type != "HASH")
    throw_validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (elements.size() > 1 && elements[1].type != "RANGE") {
    throw_validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
}

// Up to four of each (behaviour reference 3.4).
void check_multi_key(const std::vector<KeyElement>& elements) {
  std::set<std::string> names;
  std::size_t hash = 0;
  std::size_t range = 0;
  for (const auto& element : elements) {
    if (element.type == "HASH" && range > 0) {
      throw_parameter_invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
    ++(element.type == "HASH" ? hash : range);
  }
  if (hash == 0) throw_validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (hash > kIndexKeyParts)
    throw_parameter_invalid("The KeySchema exceeds the maximum allowed number of HASH key attributes");
  if (range > kIndexKeyParts)
    throw_parameter_invalid("The KeySchema exceeds the maximum allowed number of RANGE key attributes");
  for (const auto& element : elements) {
    if (!names.insert(element.name).second) {
      throw_validation("The KeySchema contains multiple key attributes with the same name");
    }
  }
}

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
  if (projected > kProjectedMax) {
    throw_parameter_invalid("Number of projected attributes in all indexes exceeds the limit of 100");
  }
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

void check_units(const Throughput& throughput) {
  const auto check = [](std::int64_t units, std::string_view name) {
    if (units > kUnitsMax)
      throw_validation("Given value " + std::to_string(units) + " for " + std::string(name) + " is out of bounds");
  };
  check(throughput.read, "ReadCapacityUnits");
  check(throughput.write, "WriteCapacityUnits");
}

std::optional<Throughput> read_throughput(const json::object& owner) {
  const json::object* given = read_object(owner, "ProvisionedThroughput");
  if (given == nullptr) return std::nullopt;
  Throughput throughput;
  throughput.read = read_integer(*given, "ReadCapacityUnits").value_or(0);
  throughput.write = read_integer(*given, "WriteCapacityUnits").value_or(0);
  return throughput;
}

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

namespace {

void check_ceilings(const UnitLimits& limits, BillingMode billing, std::string_view refusal, const std::string& where) {
  const auto check = [&](const std::optional<std::int64_t>& units, std::string_view name) {
    if (!units) return;
    if (billing == BillingMode::provisioned)
      throw_parameter_invalid(std::string(name) + " for OnDemandThroughput cannot be specified " +
                              std::string(refusal));
    if (*units < 1 && *units != -1) {
      throw_parameter_invalid("Requested " + std::string(name) + " for OnDemandThroughput for " + where +
                              " is outside of valid range");
    }
  };
  check(limits.read, "MaxReadRequestUnits");
  check(limits.write, "MaxWriteRequestUnits");
}

}  // namespace

void check_on_demand(const UnitLimits& limits, BillingMode billing, const std::string& index) {
  const std::string refusal = "when table BillingMode is PROVISIONED" + (index.empty() ? "." : " for index : " + index);
  check_ceilings(limits, billing, refusal, index.empty() ? "table" : "index : " + index);
}

void check_changed_on_demand(const UnitLimits& limits, BillingMode billing) {
  check_ceilings(limits, billing, "when the table BillingMode is PROVISIONED", "table");
}

void check_initial_warm(const UnitLimits& warm, BillingMode billing, const std::optional<Throughput>& throughput,
                        const std::string& index) {
  const bool on_demand = billing == BillingMode::pay_per_request;
  const std::string where = index.empty() ? "table" : "index : " + index;
  const auto check = [&](const std::optional<std::int64_t>& units, std::int64_t least, std::string_view name,
                         std::string_view capacity) {
    if (!units || *units >= least) return;
    const std::string lower = "Requested " + std::string(name) + " for WarmThroughput for " + where + " is lower than ";
    if (on_demand) {
      throw_parameter_invalid(lower +
                              "initial throughput for OnDemand. See: "
                              "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html");
    }
    throw_parameter_invalid(lower + std::string(capacity) + " of ProvisionedThroughput");
  };
  const Throughput units = throughput.value_or(Throughput{});
  check(warm.read, on_demand ? kOnDemandReadUnits : units.read, "ReadUnitsPerSecond", "ReadCapacityUnits");
  check(warm.write, on_demand ? kOnDemandWriteUnits : units.write, "WriteUnitsPerSecond", "WriteCapacityUnits");
}

void check_changed_warm(const UnitLimits& warm, BillingMode billing, const UnitLimits& present,
                        const Throughput& throughput, const std::string& index) {
  const bool on_demand = billing == BillingMode::pay_per_request;
  const std::string where = index.empty() ? "table" : "index : " + index;
  const auto check = [&where](const std::optional<std::int64_t>& wanted, std::int64_t now, std::string_view name) {
    if (!wanted || *wanted >= now) return;
    throw_parameter_invalid("Requested " + std::string(name) + " for WarmThroughput for " + where +
                            " is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
  };
  check(warm.read, present.read.value_or(on_demand ? kOnDemandReadUnits : throughput.read), "ReadUnitsPerSecond");
  check(warm.write, present.write.value_or(on_demand ? kOnDemandWriteUnits : throughput.write), "WriteUnitsPerSecond");
}

void change_ceilings(UnitLimits& present, const UnitLimits& wanted) {
  const auto change = [](std::optional<std::int64_t>& ceiling, const std::optional<std::int64_t>& asked) {
    if (asked) ceiling = *asked == -1 ? std::nullopt : asked;
  };
  change(present.read, wanted.read);
  change(present.write, wanted.write);
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

json::object encryption_description(Session& session, const TableSettings& settings, json::object asked) {
  if (asked["KMSMasterKeyArn"].as_string().empty()) {
    asked["KMSMasterKeyArn"] =
        "arn:aws:kms:" + settings.region + ":" + settings.account + ":key/" + session.new_uuid("key");
  }
  return asked;
}

const KeyAttribute* Definitions::find(std::string_view name) const {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const KeyAttribute& attribute) { return attribute.name == name; });
  return found == list.end() ? nullptr : &*found;
}

Definitions read_definitions(const json::object& body) {
  Definitions definitions;
  if (const json::array* list = read_array(body, "AttributeDefinitions")) {
    for (const auto& element : *list) {
      const json::object& object = element.as_object();
      definitions.list.push_back({read_string(object, "AttributeName").value_or(""),
                                  type_of_name(read_string(object, "AttributeType").value_or("S")).value_or(Type::S)});
    }
  }
  return definitions;
}

KeySchema read_key_schema(const json::object& owner, const Definitions& definitions, SchemaKind kind) {
  const std::vector<KeyElement> elements = key_elements(owner);
  if (kind == SchemaKind::table && elements.size() > definitions.list.size()) {
    throw_validation("Invalid KeySchema: Some index key attribute have no definition");
  }
  const bool multi = kind == SchemaKind::global_index &&
                     (elements.size() > 2 || (elements.size() == 2 && elements[0].type == elements[1].type));
  check_defined(elements, definitions);
  if (multi) {
    check_multi_key(elements);
  } else {
    check_single_key(elements);
  }
  KeySchema key;
  for (const auto& element : elements) {
    (element.type == "HASH" ? key.hash : key.range).push_back({element.name, definitions.find(element.name)->type});
  }
  return key;
}

IndexProjection read_projection(const json::object& owner) {
  const json::object* given = read_object(owner, "Projection");
  const auto type = given != nullptr ? read_string(*given, "ProjectionType") : std::nullopt;
  if (!type) throw_parameter_invalid("Unknown ProjectionType: null");
  IndexProjection projection;
  const bool listed = given != nullptr && find_member(*given, "NonKeyAttributes") != nullptr;
  if (*type == "INCLUDE") {
    projection.kind = IndexProjection::Kind::include;
    if (!listed) throw_parameter_invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    projection.non_key_attributes = read_strings(*given, "NonKeyAttributes");
    std::set<std::string> seen;
    for (const std::string& name : projection.non_key_attributes) {
      if (!seen.insert(name).second) throw_parameter_invalid("Duplicate element in NonKeyAttributes: " + name);
    }
    return projection;
  }
  if (listed) throw_parameter_invalid("ProjectionType is " + *type + ", but NonKeyAttributes is specified");
  projection.kind = *type == "ALL" ? IndexProjection::Kind::all : IndexProjection::Kind::keys_only;
  return projection;
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

UnitLimits read_unit_limits(const json::object& owner, std::string_view member, std::string_view read_name,
                            std::string_view write_name) {
  const json::object* given = read_object(owner, member);
  if (given == nullptr) return {};
  return {read_integer(*given, read_name), read_integer(*given, write_name)};
}

json::object& described_more(Table& table) {
  json::value& described = table.settings.more["describe"];
  if (!described.is_object()) described = json::object{};
  return described.as_object();
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
  spec.vectors = read_vector_indexes(body);
  spec.deletion_protection = read_bool(body, "DeletionProtectionEnabled").value_or(false);
  spec.tags = read_tags(body, "Tags");
  spec.policy = read_string(body, "ResourcePolicy");
  if (spec.policy) check_policy(*spec.policy);
  return spec;
}

Table& make_table(Session& session, const TableSpec& spec) {
  Universe& universe = session.universe();
  auto table = std::make_unique<Table>();
  table->schema = spec.schema;
  TableSettings& settings = table->settings;
  settings.id = session.new_uuid("table");
  settings.region = session.call().region;
  settings.account = universe.account;
  settings.arn = "arn:aws:dynamodb:" + settings.region + ":" + settings.account + ":table/" + spec.name;
  settings.created = session.now();
  settings.billing = spec.billing;
  settings.billing_mode_given = spec.billing_mode_given;
  if (spec.billing == BillingMode::pay_per_request) settings.pay_per_request_since = session.now();
  settings.throughput = spec.throughput.value_or(Throughput{});
  change_ceilings(settings.on_demand, spec.on_demand);
  settings.warm = spec.warm;
  settings.deletion_protection = spec.deletion_protection;
  settings.table_class = spec.table_class;
  settings.tags = spec.tags;
  settings.attribute_definitions = spec.attribute_definitions;
  if (!spec.encryption.empty())
    described_more(*table)["SSEDescription"] = encryption_description(session, settings, spec.encryption);
  const Duration wait = universe.models.lifecycle_create;
  if (wait > Duration{0}) {
    table->status = TableStatus::creating;
    table->status_until = session.now() + wait;
  }
  for (const IndexSpec& given : spec.indexes) {
    Index index;
    index.schema = given.schema;
    index.throughput = given.throughput.value_or(Throughput{});
    change_ceilings(index.on_demand, given.on_demand);
    index.warm = given.warm;
    if (wait > Duration{0}) {
      index.status = IndexStatus::creating;
      index.status_until = table->status_until;
    }
    table->indexes.push_back(std::move(index));
  }
  Table& made = *(universe.tables[spec.name] = std::move(table));
  apply_vector_changes(session, made, spec.vectors);
  if (spec.stream) store::enable_stream(universe, made, *spec.stream);
  return made;
}

}  // namespace fickle
