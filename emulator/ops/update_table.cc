// UpdateTable - reading the request and what it may not combine. Source: API_UpdateTable; behaviour reference 3.8; errors:
// tests/cases/UpdateTable.
#include "emulator/ops/update_table.hh"

#include <set>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kFields[] = {
    fields::control_table_name,
    fields::billing_mode,
    fields::provisioned_throughput,
    fields::attribute_definitions,
    fields::global_secondary_index_updates,
    fields::stream_specification,
    fields::sse_specification,
    fields::replica_updates,
    fields::table_class,
    fields::deletion_protection,
    fields::multi_region_consistency,
    fields::witness_updates,
    fields::on_demand_throughput,
    fields::warm_throughput,
    fields::settings_replication_mode,
    {.name = "DisassociationProtectionEnabled", .shape = Shape::boolean},
    fields::vector_index_updates,
};
constexpr Field kReply[] = {fields::table_description};

constexpr std::string_view kChanges[] = {
    "BillingMode",
    "ProvisionedThroughput",
    "GlobalSecondaryIndexUpdates",
    "StreamSpecification",
    "SSESpecification",
    "ReplicaUpdates",
    "TableClass",
    "DeletionProtectionEnabled",
    "MultiRegionConsistency",
    "GlobalTableWitnessUpdates",
    "OnDemandThroughput",
    "WarmThroughput",
    "GlobalTableSettingsReplicationMode",
    "DisassociationProtectionEnabled",
    "VectorIndexUpdates",
};

// Those that suffer nothing beside them.
struct Exclusive {
  std::string_view member;
  std::string_view text;
};
constexpr Exclusive kExclusive[] = {
    {"SSESpecification", "Server-Side Encryption modification must be the only operation in the request"},
    {"TableClass", "TableClass modification must be the only operation in the request"},
    {"DeletionProtectionEnabled", "DeletionProtection modification must be the only operation in the request"},
    {"ReplicaUpdates", "Replica modification must be the only operation in the request"},
    {"WarmThroughput", "WarmThroughput must be the only operation in the request"},
    {"DisassociationProtectionEnabled",
     "DisassociationProtection modification must be the only operation in the request"},
};
constexpr std::string_view kBesideReplicas[] = {"MultiRegionConsistency", "GlobalTableWitnessUpdates",
                                                "GlobalTableSettingsReplicationMode"};

std::vector<std::string_view> asked_for(const json::object& body) {
  std::vector<std::string_view> members;
  for (const std::string_view member : kChanges) {
    if (find_member(body, member) != nullptr) members.push_back(member);
  }
  return members;
}

void check_exclusive(const std::vector<std::string_view>& asked) {
  const std::set<std::string_view> members(asked.begin(), asked.end());
  for (const Exclusive& one : kExclusive) {
    if (!members.contains(one.member)) continue;
    std::size_t others = members.size() - 1;
    if (one.member == "ReplicaUpdates") {
      for (const std::string_view beside : kBesideReplicas) others -= members.contains(beside) ? 1 : 0;
    }
    if (others > 0) throw_parameter_invalid(one.text);
  }
  if (members.contains("OnDemandThroughput") && members.size() > (members.contains("BillingMode") ? 2u : 1u)) {
    throw_parameter_invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
  }
}

IndexChange read_index_change(const json::object& update) {
  struct Action {
    std::string_view member;
    IndexChange::Kind kind;
  };
  constexpr Action kActions[] = {{"Update", IndexChange::Kind::update},
                                 {"Create", IndexChange::Kind::create},
                                 {"Delete", IndexChange::Kind::remove}};
  std::optional<IndexChange> change;
  for (const Action& action : kActions) {
    const json::object* given = read_object(update, action.member);
    if (given == nullptr) continue;
    if (change) {
      throw_parameter_invalid(
          "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    }
    change = IndexChange{action.kind, read_string(*given, "IndexName").value_or(""), *given};
  }
  if (!change) {
    throw_parameter_invalid(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
        "GlobalSecondaryIndexUpdate.Delete "
        "must not be null");
  }
  return *change;
}

std::vector<IndexChange> read_index_changes(const json::object& body) {
  std::vector<IndexChange> changes;
  const json::array* list = read_array(body, "GlobalSecondaryIndexUpdates");
  if (list == nullptr) return changes;
  if (list->empty()) throw_parameter_invalid("List of GlobalSecondaryIndexes is empty");
  std::set<std::string> names;
  for (const auto& element : *list) {
    changes.push_back(read_index_change(element.as_object()));
    if (!names.insert(changes.back().name).second) {
      throw_parameter_invalid("Only one global secondary index update per index is allowed simultaneously. Index: " +
                              changes.back().name);
    }
  }
  return changes;
}

std::optional<StreamChange> read_stream_change(const json::object& body) {
  const json::object* given = read_object(body, "StreamSpecification");
  if (given == nullptr) return std::nullopt;
  const auto view = read_string(*given, "StreamViewType");
  const bool enable = read_bool(*given, "StreamEnabled").value_or(false);
  if (enable && !view) throw_parameter_invalid("If stream is being enabled then UpdateViewType is required");
  if (!enable && view)
    throw_parameter_invalid("If stream is being disabled, then UpdateViewType must not be specified");
  return StreamChange{enable, view ? stream_view_of_name(*view) : std::nullopt};
}

void check_mixture(const TableChange& change) {
  bool makes_or_drops = false;
  bool updates = false;
  for (const IndexChange& index : change.indexes)
    (index.kind == IndexChange::Kind::update ? updates : makes_or_drops) = true;
  const bool units = change.throughput.has_value() || updates;
  if (change.stream && units) throw_parameter_invalid("You cannot modify stream status while updating table IOPS");
  if (makes_or_drops && units) throw_parameter_invalid("You cannot create or delete index while updating table IOPS");
  if (makes_or_drops && change.stream)
    throw_parameter_invalid("You cannot create or delete index while changing stream status");
}

void read_billing_change(const json::object& body, TableChange& change) {
  if (const auto mode = read_string(body, "BillingMode"))
    change.billing = *mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request : BillingMode::provisioned;
  change.throughput = read_throughput(body);
  if (change.billing == BillingMode::provisioned && !change.throughput)
    throw_parameter_invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  if (change.billing == BillingMode::pay_per_request && change.throughput) {
    throw_parameter_invalid(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
  }
  if (change.throughput) check_units(*change.throughput);
}

Prepared prepare(const json::object& body) {
  auto change = std::make_shared<const TableChange>(read_table_change(body));
  return on_table(change->name, Access::write, [change](Session& session) {
    Table& table = session.control_table(change->name);
    check_active(table);
    json::object description = apply_change(session, table, *change);
    note_change(session);
    return document({{"TableDescription", std::move(description)}});
  });
}

}  // namespace

TableChange read_table_change(const json::object& body) {
  const std::vector<std::string_view> asked = asked_for(body);
  if (asked.empty()) {
    throw_validation(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
        "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
        "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
  }
  TableChange change;
  change.name = table_name_of(body);
  change.definitions = read_definitions(body);
  read_billing_change(body, change);
  change.indexes = read_index_changes(body);
  change.vectors = read_vector_changes(body);
  check_exclusive(asked);
  change.stream = read_stream_change(body);
  check_mixture(change);
  if (find_member(body, "SSESpecification") != nullptr) change.encryption = read_encryption(body);
  change.table_class = read_table_class(body);
  change.deletion_protection = read_bool(body, "DeletionProtectionEnabled");
  change.on_demand = read_unit_limits(body, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits");
  change.warm = read_unit_limits(body, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  change.replicas = read_replica_change(body);
  return change;
}

constinit const Operation update_table{
    .name = "UpdateTable",
    .groups = static_cast<unsigned>(Group::control),
    .fields = kFields,
    .reply = kReply,
    .prepare = prepare,
    .simplified = "replicas and vector indexes are settings: nothing is copied to other regions"};

}  // namespace fickle
