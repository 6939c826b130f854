#include "emulator/ops/replicas.hh"

#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/engine/described.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/bulk_put.hh"
#include "emulator/ops/control.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kVersion = "2019.11.21";
constexpr std::string_view kReplicas = "Replicas";
constexpr std::string_view kReplicaStatus = "ReplicaStatus";
constexpr std::string_view kWitnesses = "GlobalTableWitnesses";
constexpr std::string_view kWitnessStatus = "WitnessStatus";

std::optional<ReplicaAction> read_action(const json::object& update) {
  struct Member {
    std::string_view name;
    ReplicaAction::Kind kind;
  };
  constexpr Member kMembers[] = {{"Create", ReplicaAction::Kind::create},
                                 {"Update", ReplicaAction::Kind::update},
                                 {"Delete", ReplicaAction::Kind::remove},
                                 {"Disassociate", ReplicaAction::Kind::remove}};
  for (const Member& member : kMembers) {
    if (const json::object* given = read_object(update, member.name))
      return ReplicaAction{member.kind, read_string(*given, "RegionName").value_or(""), *given};
  }
  return std::nullopt;
}

json::array::const_iterator find_region(const json::array& list, const std::string& region) {
  return std::find_if(list.begin(), list.end(),
                      [&](const json::value& one) { return one.at("RegionName").as_string() == region; });
}

// What a replica describes of itself; overrides as given.
json::object replica_json(const ReplicaAction& action, Instant now) {
  const json::object& given = action.body;
  json::object replica{{"RegionName", action.region}};
  for (const std::string_view member :
       {"KMSMasterKeyId", "ProvisionedThroughputOverride", "OnDemandThroughputOverride", "GlobalSecondaryIndexes"}) {
    if (const json::value* value = find_member(given, member)) replica[member] = *value;
  }
  if (const auto table_class = read_string(given, "TableClassOverride")) {
    json::object summary{{"TableClass", *table_class}};
    if (action.kind == ReplicaAction::Kind::update) summary["LastUpdateDateTime"] = epoch_seconds(now);
    replica["ReplicaTableClassSummary"] = std::move(summary);
  }
  return replica;
}

json::array& list_in(json::object& described, std::string_view name) {
  json::value& list = described[name];
  if (!list.is_array()) list = json::array{};
  return list.as_array();
}

// While a replica or witness is being made, changed or removed its status says so.
std::string_view transition_of(ReplicaAction::Kind kind) {
  switch (kind) {
    case ReplicaAction::Kind::create: return "CREATING";
    case ReplicaAction::Kind::update: return "UPDATING";
    case ReplicaAction::Kind::remove: return "DELETING";
  }
  return "UPDATING";
}

void begin(json::array& list, const ReplicaAction& action, std::string_view status_name, Instant now) {
  auto found = find_region(list, action.region);
  if (found == list.end()) {
    if (action.kind != ReplicaAction::Kind::create) return;
    list.push_back(json::object{{"RegionName", action.region}});
    found = list.end() - 1;
  }
  json::object& member = list[static_cast<std::size_t>(found - list.begin())].as_object();
  member[status_name] = transition_of(action.kind);
  for (const auto& given : replica_json(action, now)) member[given.key()] = given.value();
}

// What was being made or changed is ACTIVE, what was being removed is gone.
void settle(json::object& described, std::string_view list_name, std::string_view status_name) {
  json::value* list = described.if_contains(list_name);
  if (list == nullptr) return;
  json::array left;
  for (json::value& member : list->as_array()) {
    if (member.at(status_name).as_string() == "DELETING") continue;
    member.as_object()[status_name] = "ACTIVE";
    left.push_back(std::move(member));
  }
  if (left.empty()) {
    described.erase(list_name);
  } else {
    *list = std::move(left);
  }
}

void settle_all(json::object& described) {
  settle(described, kReplicas, kReplicaStatus);
  settle(described, kWitnesses, kWitnessStatus);
  if (described.contains(kReplicas)) return;
  described.erase("GlobalTableVersion");
  described.erase("MultiRegionConsistency");
}

// The entry of a region in a list of the description, taken from the old one when it is on its way out.
json::object& shown_entry(json::object& description, const json::object& old, std::string_view name,
                          const std::string& region) {
  json::array& list = list_in(description, name);
  auto found = find_region(list, region);
  if (found == list.end()) {
    json::value entry = json::object{{"RegionName", region}};
    if (const json::value* before = old.if_contains(name)) {
      const auto was = find_region(before->as_array(), region);
      if (was != before->as_array().end()) entry = *was;
    }
    list.push_back(std::move(entry));
    found = list.end() - 1;
  }
  return list[static_cast<std::size_t>(found - list.begin())].as_object();
}

}  // namespace

ReplicaChange read_replica_change(const json::object& body) {
  ReplicaChange change;
  change.consistency = read_string(body, "MultiRegionConsistency");
  change.settings_mode = read_string(body, "GlobalTableSettingsReplicationMode");
  change.disassociation_protection = read_bool(body, "DisassociationProtectionEnabled");
  std::size_t created_or_deleted = 0;
  if (const json::array* updates = read_array(body, "ReplicaUpdates")) {
    for (const auto& element : *updates) {
      auto action = read_action(element.as_object());
      if (!action) throw_validation("There are no actions specified in the Replica Update Action of the request.");
      if (action->kind != ReplicaAction::Kind::update) ++created_or_deleted;
      change.actions.push_back(std::move(*action));
    }
  }
  // Strong consistency is set up with all its replicas at once.
  if (created_or_deleted > 1 && !change.consistency) {
    throw_validation("Update table operation with more than one create or delete replica actions not allowed");
  }
  if (const json::array* witnesses = read_array(body, "GlobalTableWitnessUpdates")) {
    for (const auto& element : *witnesses) {
      if (auto action = read_action(element.as_object())) change.witnesses.push_back(std::move(*action));
    }
  }
  return change;
}

void check_replica_change(Session& session, const Table& table, const ReplicaChange& change) {
  const json::array none;
  const json::array& present = replicas_of(table) != nullptr ? *replicas_of(table) : none;
  for (const ReplicaAction& action : change.actions) {
    if (action.region == table.settings.region) {
      throw_parameter_invalid(
          "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or "
          "UpdateTable as required.");
    }
    const bool exists = find_region(present, action.region) != present.end();
    if (action.kind == ReplicaAction::Kind::create && exists) {
      throw_validation("Failed to create a the new replica of table with name: '" + table.schema.name +
                       "' because one or more replicas already existed as tables.");
    }
    if (action.kind != ReplicaAction::Kind::create && !exists) {
      throw_validation(
          "Update global table operation failed because one or more replicas were not part of the global table.");
    }
    // Source: developer guide, "Bulk put items considerations" (global tables); the words are guessed.
    if (action.kind == ReplicaAction::Kind::create && has_running_bulk_put(session.universe(), table))
      throw_in_use("Table has a bulk operation in progress: " + table.schema.name);
  }
}

void apply_replica_change(Session& session, Table& table, const ReplicaChange& change) {
  if (change.empty()) return;
  json::object& described = described_more(table);
  const Instant now = session.now();
  for (const ReplicaAction& action : change.actions) begin(list_in(described, kReplicas), action, kReplicaStatus, now);
  for (const ReplicaAction& action : change.witnesses)
    begin(list_in(described, kWitnesses), action, kWitnessStatus, now);
  if (change.consistency) described["MultiRegionConsistency"] = *change.consistency;
  if (change.settings_mode) described["GlobalTableSettingsReplicationMode"] = *change.settings_mode;
  if (change.disassociation_protection)
    described["DisassociationProtectionEnabled"] = *change.disassociation_protection;
  if (described.contains(kReplicas)) {
    described["GlobalTableVersion"] = kVersion;
    // Replication lives on a stream of both images.
    if (!table.stream) {
      store::enable_stream(session.universe(), table, StreamView::new_and_old_images,
                           session.universe().models.lifecycle_update);
    }
  }
  after(session, session.universe().models.lifecycle_update,
        [name = table.schema.name, id = table.settings.id](Universe& universe, Instant) {
          if (Table* owner = same_table(universe, name, id)) settle_all(described_more(*owner));
        });
}

void show_replica_change(json::object& description, const json::object& old, const ReplicaChange& change) {
  for (const ReplicaAction& action : change.actions)
    shown_entry(description, old, kReplicas, action.region)[kReplicaStatus] = transition_of(action.kind);
  for (const ReplicaAction& action : change.witnesses)
    shown_entry(description, old, kWitnesses, action.region)[kWitnessStatus] = transition_of(action.kind);
}

bool is_replicated(const Table& table) {
  return replicas_of(table) != nullptr;
}

const json::array* replicas_of(const Table& table) {
  const json::value* replicas = find_described(table, kReplicas);
  return replicas == nullptr ? nullptr : &replicas->as_array();
}

}  // namespace fickle
