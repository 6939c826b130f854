#include "emulator/ops/replicas.hh"

#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/table_spec.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kVersion = "2019.11.21";

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
json::object replica_json(const json::object& given, const std::string& region, Instant now, bool changes) {
  json::object replica{{"RegionName", region}, {"ReplicaStatus", "ACTIVE"}};
  for (const std::string_view member :
       {"KMSMasterKeyId", "ProvisionedThroughputOverride", "OnDemandThroughputOverride", "GlobalSecondaryIndexes"}) {
    if (const json::value* value = find_member(given, member)) replica[member] = *value;
  }
  if (const auto table_class = read_string(given, "TableClassOverride")) {
    json::object summary{{"TableClass", *table_class}};
    if (changes) summary["LastUpdateDateTime"] = epoch_seconds(now);
    replica["ReplicaTableClassSummary"] = std::move(summary);
  }
  return replica;
}

json::array& list_in(json::object& described, std::string_view name) {
  json::value& list = described[name];
  if (!list.is_array()) list = json::array{};
  return list.as_array();
}

void apply(json::array& list, const ReplicaAction& action, Instant now) {
  const auto found = find_region(list, action.region);
  switch (action.kind) {
    case ReplicaAction::Kind::create: list.push_back(replica_json(action.body, action.region, now, false)); return;
    case ReplicaAction::Kind::remove: list.erase(found); return;
    case ReplicaAction::Kind::update:
      for (const auto& member : replica_json(action.body, action.region, now, true)) {
        list[static_cast<std::size_t>(found - list.begin())].as_object()[member.key()] = member.value();
      }
      return;
  }
}

void apply_witness(json::array& list, const ReplicaAction& action) {
  const auto found = find_region(list, action.region);
  if (action.kind == ReplicaAction::Kind::create && found == list.end())
    list.push_back(json::object{{"RegionName", action.region}, {"WitnessStatus", "ACTIVE"}});
  if (action.kind == ReplicaAction::Kind::remove && found != list.end()) list.erase(found);
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

std::string_view transition_of(ReplicaAction::Kind kind) {
  switch (kind) {
    case ReplicaAction::Kind::create: return "CREATING";
    case ReplicaAction::Kind::update: return "UPDATING";
    case ReplicaAction::Kind::remove: return "DELETING";
  }
  return "UPDATING";
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

void check_replica_change(const Session&, const Table& table, const ReplicaChange& change) {
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
  }
}

void apply_replica_change(Session& session, Table& table, const ReplicaChange& change) {
  if (change.empty()) return;
  json::object& described = described_more(table);
  for (const ReplicaAction& action : change.actions) apply(list_in(described, "Replicas"), action, session.now());
  for (const ReplicaAction& action : change.witnesses)
    apply_witness(list_in(described, "GlobalTableWitnesses"), action);
  for (const std::string_view name : {"Replicas", "GlobalTableWitnesses"}) {
    if (const json::value* list = described.if_contains(name); list != nullptr && list->as_array().empty())
      described.erase(name);
  }
  if (change.consistency) described["MultiRegionConsistency"] = *change.consistency;
  if (change.settings_mode) described["GlobalTableSettingsReplicationMode"] = *change.settings_mode;
  if (change.disassociation_protection)
    described["DisassociationProtectionEnabled"] = *change.disassociation_protection;
  if (!described.contains("Replicas")) {
    described.erase("GlobalTableVersion");
    described.erase("MultiRegionConsistency");
    return;
  }
  described["GlobalTableVersion"] = kVersion;
  // Replication lives on a stream of both images.
  if (!table.stream) store::enable_stream(session.universe(), table, StreamView::new_and_old_images);
}

void show_replica_change(json::object& description, const json::object& old, const ReplicaChange& change) {
  for (const ReplicaAction& action : change.actions)
    shown_entry(description, old, "Replicas", action.region)["ReplicaStatus"] = transition_of(action.kind);
  for (const ReplicaAction& action : change.witnesses)
    shown_entry(description, old, "GlobalTableWitnesses", action.region)["WitnessStatus"] = transition_of(action.kind);
}

bool is_replicated(const Table& table) {
  return replicas_of(table) != nullptr;
}

const json::array* replicas_of(const Table& table) {
  const json::value* described = table.settings.more.if_contains("describe");
  if (described == nullptr) return nullptr;
  const json::value* replicas = described->as_object().if_contains("Replicas");
  return replicas == nullptr ? nullptr : &replicas->as_array();
}

}  // namespace fickle
