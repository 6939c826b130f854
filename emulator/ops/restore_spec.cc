#include "emulator/ops/restore_spec.hh"
#include "emulator/engine/vector_entries.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"

namespace fickle {

namespace {

namespace json = boost::json;

// What the request says of an index: absent list, every index comes along; otherwise only those named.
const json::object* override_of(const json::object& body, const IndexSchema& index, bool& kept) {
  const bool global = index.kind == IndexSchema::Kind::global;
  const json::array* list = read_array(body, global ? "GlobalSecondaryIndexOverride" : "LocalSecondaryIndexOverride");
  kept = list == nullptr;
  if (list == nullptr) return nullptr;
  for (const auto& element : *list) {
    if (read_string(element.as_object(), "IndexName") != index.name) continue;
    kept = true;
    return &element.as_object();
  }
  return nullptr;
}

void check_overrides(const json::object& body, const Table& source) {
  for (const std::string_view member : {"GlobalSecondaryIndexOverride", "LocalSecondaryIndexOverride"}) {
    const json::array* list = read_array(body, member);
    if (list == nullptr) continue;
    for (const auto& element : *list) {
      const std::string name = read_string(element.as_object(), "IndexName").value_or("");
      const Index* index = source.find_index(name);
      const auto kind = member.front() == 'G' ? IndexSchema::Kind::global : IndexSchema::Kind::local;
      if (index == nullptr || index->schema.kind != kind)
        throw_validation("Invalid Request: " + std::string(member) +
                         " contains an index that the source table does not have: " + name);
    }
  }
  for (const VectorIndexChange& wanted : read_vector_indexes(body, "VectorIndexOverride")) {
    if (find_vector_index(source, wanted.name) == nullptr)
      throw_validation("Invalid Request: VectorIndexOverride contains an index that the source table does not have: " +
                       wanted.name);
  }
}

// Those of the source, or of them those that the request names.
std::vector<VectorIndexChange> vectors_of(const Table& source, const json::object& body) {
  if (read_array(body, "VectorIndexOverride") != nullptr) return read_vector_indexes(body, "VectorIndexOverride");
  return read_vector_indexes(json::object{{"VectorIndexes", vector_indexes_as_asked(source)}});
}

std::optional<Throughput> throughput_override(const json::object& body, std::string_view member) {
  const json::object* given = read_object(body, member);
  if (given == nullptr) return std::nullopt;
  return read_throughput(json::object{{"ProvisionedThroughput", *given}});
}

TableSpec spec_of(const Table& source, const std::string& target, const json::object& body) {
  const TableSettings& settings = source.settings;
  TableSpec spec;
  spec.name = target;
  spec.schema = source.schema;
  spec.schema.name = target;
  spec.attribute_definitions = settings.attribute_definitions;
  spec.billing = settings.billing;
  spec.billing_mode_given = settings.billing_mode_given;
  if (const auto mode = read_string(body, "BillingModeOverride")) {
    spec.billing = *mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request : BillingMode::provisioned;
    spec.billing_mode_given = true;
  }
  spec.throughput = throughput_override(body, "ProvisionedThroughputOverride");
  if (spec.billing == BillingMode::provisioned && !spec.throughput) {
    if (settings.billing == BillingMode::pay_per_request) {
      throw_parameter_invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }
    spec.throughput = Throughput{
        .read = settings.throughput.read, .write = settings.throughput.write, .last_increase = {}, .last_decrease = {}};
  }
  if (spec.billing == BillingMode::pay_per_request) {
    if (spec.throughput) {
      throw_parameter_invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }
    spec.on_demand = settings.on_demand;
    const UnitLimits limits =
        read_unit_limits(body, "OnDemandThroughputOverride", "MaxReadRequestUnits", "MaxWriteRequestUnits");
    if (limits.read || limits.write) spec.on_demand = limits;
  }
  spec.table_class = settings.table_class;
  if (const json::object* encryption = read_object(body, "SSESpecificationOverride"))
    spec.encryption = read_encryption(json::object{{"SSESpecification", *encryption}});
  for (const Index& index : source.indexes) {
    bool kept = false;
    const json::object* changed = override_of(body, index.schema, kept);
    if (!kept) continue;
    IndexSpec one{.schema = index.schema, .throughput = {}, .on_demand = index.on_demand, .warm = {}};
    if (spec.billing == BillingMode::provisioned) {
      one.throughput = changed != nullptr ? read_throughput(*changed) : std::nullopt;
      if (!one.throughput) one.throughput = index.throughput.read > 0 ? index.throughput : *spec.throughput;
    }
    spec.indexes.push_back(std::move(one));
  }
  spec.vectors = vectors_of(source, body);
  return spec;
}

// Definitions that no key uses any more, because their index did not come along.
void prune_definitions(TableSpec& spec) {
  std::erase_if(spec.attribute_definitions, [&spec](const KeyAttribute& attribute) {
    return spec.schema.key.find(attribute.name) == nullptr &&
           std::none_of(spec.indexes.begin(), spec.indexes.end(),
                        [&](const IndexSpec& index) { return index.schema.key.find(attribute.name) != nullptr; });
  });
}

}  // namespace

TableSpec restore_spec(const Table& source, const std::string& target, const json::object& body) {
  check_overrides(body, source);
  TableSpec spec = spec_of(source, target, body);
  prune_definitions(spec);
  return spec;
}

}  // namespace fickle
