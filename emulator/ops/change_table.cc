// What UpdateTable does to a table besides its indexes. Source: behaviour reference 3.8.
#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/engine/described.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/make_table.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/ops/throughput_change.hh"
#include "emulator/ops/update_table.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

void check_billing(const Table& table, const TableChange& change, BillingMode billing, Instant now) {
  if (change.throughput && billing == BillingMode::pay_per_request) {
    throw_parameter_invalid(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
  }
  if (change.throughput && table.settings.billing == BillingMode::provisioned)
    check_throughput_change(table.settings.throughput, *change.throughput, "", now);
  if (change.billing != BillingMode::provisioned || table.settings.billing == BillingMode::provisioned) return;
  for (const Index& index : table.indexes) {
    if (index.schema.kind != IndexSchema::Kind::global || index.status == IndexStatus::deleting) continue;
    const auto updated = std::find_if(change.indexes.begin(), change.indexes.end(), [&](const IndexChange& one) {
      return one.kind == IndexChange::Kind::update && one.name == index.schema.name && read_throughput(one.body);
    });
    if (updated == change.indexes.end())
      throw_parameter_invalid("ProvisionedThroughput must be specified for index: " + index.schema.name);
  }
}

void check_stream(const Table& table, const TableChange& change) {
  if (!change.stream) return;
  if (change.stream->enable && table.stream)
    throw_validation("Table already has an enabled stream: TableName: " + table.schema.name);
  if (change.stream->enable) return;
  if (!table.stream) throw_validation("Table has no stream to disable: TableName: " + table.schema.name);
  if (is_replicated(table)) throw_parameter_invalid("Disabling Stream is not allowed for a Global Table replica.");
}

const json::object* encryption_of(const Table& table) {
  const json::value* encryption = find_described(table, "SSEDescription");
  return encryption == nullptr ? nullptr : &encryption->as_object();
}

void check_encryption(const Table& table, const TableChange& change) {
  if (!change.encryption) return;
  const json::object* present = encryption_of(table);
  if (change.encryption->empty()) {
    if (present == nullptr) throw_parameter_invalid("Table is already encrypted by default");
    return;
  }
  if (present == nullptr) return;
  const json::string& key = change.encryption->at("KMSMasterKeyArn").as_string();
  if (key.empty() || key == present->at("KMSMasterKeyArn").as_string()) {
    throw_parameter_invalid(
        "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change "
        "Master Key");
  }
}

void check(Session& session, const Table& table, const TableChange& change) {
  const BillingMode billing = change.billing.value_or(table.settings.billing);
  check_billing(table, change, billing, session.now());
  check_index_changes(table, change, billing, session.now());
  check_vector_changes(table, change.vectors, billing, change.definitions.list);
  check_online_changes(table, change);
  check_stream(table, change);
  check_encryption(table, change);
  check_changed_on_demand(change.on_demand, billing);
  check_changed_warm(change.warm, billing, table.settings.warm, table.settings.throughput, "");
  check_replica_change(session, table, change.replicas);
}

void change_billing(Session& session, Table& table, const TableChange& change) {
  TableSettings& settings = table.settings;
  if (change.billing) {
    settings.billing_mode_given = true;
    if (*change.billing == BillingMode::pay_per_request && settings.billing != BillingMode::pay_per_request) {
      settings.pay_per_request_since = session.now();
      settings.throughput.read = settings.throughput.write = 0;
      for (Index& index : table.indexes) index.throughput.read = index.throughput.write = 0;
    }
    settings.billing = *change.billing;
  }
  // Dated when it has been done.
  const Instant done = session.now() + session.universe().models.lifecycle_update;
  if (change.throughput) set_throughput(settings.throughput, *change.throughput, done);
}

void settle_encryption(Table& table, const json::object& settled) {
  if (settled.empty()) {
    described_more(table).erase("SSEDescription");
  } else {
    described_more(table)["SSEDescription"] = settled;
  }
}

json::object changing(json::object encryption) {
  encryption["Status"] = "UPDATING";
  return encryption;
}

// While it is being turned off, the key is still shown (LocalStack's recording of the service, October 2025).
void change_encryption(Session& session, Table& table, const TableChange& change) {
  if (!change.encryption) return;
  json::object settled = *change.encryption;
  if (!settled.empty()) settled = encryption_description(session, table.settings, settled);
  settle_encryption(table, changing(settled.empty() ? *encryption_of(table) : settled));
  after(session, session.universe().models.lifecycle_update,
        [name = table.schema.name, id = table.settings.id, settled](Universe& universe, Instant) {
          if (Table* changed = same_table(universe, name, id)) settle_encryption(*changed, settled);
        });
}

void change_settings(Session& session, Table& table, const TableChange& change) {
  TableSettings& settings = table.settings;
  if (change.table_class) {
    if (settings.table_class.value_or("STANDARD") != *change.table_class) settings.table_class_changed = session.now();
    settings.table_class = change.table_class;
  }
  if (change.deletion_protection) settings.deletion_protection = *change.deletion_protection;
  change_ceilings(settings.on_demand, change.on_demand);
  if (change.warm.read) settings.warm.read = change.warm.read;
  if (change.warm.write) settings.warm.write = change.warm.write;
}

void change_stream(Session& session, Table& table, const TableChange& change) {
  if (!change.stream) return;
  const Duration wait = session.universe().models.lifecycle_update;
  if (change.stream->enable) {
    store::enable_stream(session.universe(), table, *change.stream->view, wait);
  } else {
    store::disable_stream(session.universe(), table, wait);
  }
}

// The old units, but already the time of the change (dynalite's test/updateTable.js, "should triple rates").
json::object throughput_under_way(const json::object& old, const json::object& changed, Instant now) {
  json::object shown = old.at("ProvisionedThroughput").as_object();
  for (const char* name : {"LastIncreaseDateTime", "LastDecreaseDateTime"}) {
    const json::value* date = changed.at("ProvisionedThroughput").as_object().if_contains(name);
    const json::value* before = old.at("ProvisionedThroughput").as_object().if_contains(name);
    if (date != nullptr && (before == nullptr || *before != *date)) shown[name] = epoch_seconds(now);
  }
  return shown;
}

// Whatever the answer shows as it was before, or as changing.
json::object answer(const json::object& old, const Table& table, const TableChange& change, Instant now) {
  json::object description = describe_table(table, DescriptionKind::update, now);
  description["ProvisionedThroughput"] = throughput_under_way(old, description, now);
  show_index_changes(description, old, change);
  show_vector_changes(description, old, change.vectors);
  if (change.encryption) {
    const json::object& shown = description.contains("SSEDescription") ? description : old;
    description["SSEDescription"] = changing(shown.at("SSEDescription").as_object());
  }
  if (change.warm.read || change.warm.write) description["WarmThroughput"].as_object()["Status"] = "UPDATING";
  json::object ceilings;  // -1, the removal of a ceiling, is echoed
  if (change.on_demand.read) ceilings["MaxReadRequestUnits"] = *change.on_demand.read;
  if (change.on_demand.write) ceilings["MaxWriteRequestUnits"] = *change.on_demand.write;
  if (!ceilings.empty()) description["OnDemandThroughput"] = std::move(ceilings);
  show_replica_change(description, old, change.replicas);
  return description;
}

}  // namespace

json::object apply_change(Session& session, Table& table, const TableChange& change) {
  check(session, table, change);
  check_concurrency(session);
  const json::object old = describe_table(table, DescriptionKind::update, session.now());
  change_billing(session, table, change);
  apply_vector_changes(session, table, change.vectors, VectorsOf::present_table);
  apply_index_changes(session, table, change);
  change_stream(session, table, change);
  change_encryption(session, table, change);
  change_settings(session, table, change);
  apply_replica_change(session, table, change.replicas);
  const Duration wait = session.universe().models.lifecycle_update;
  if (wait > Duration{0}) {
    table.status = TableStatus::updating;
    table.status_until = session.now() + wait;
  }
  return answer(old, table, change, session.now());
}

}  // namespace fickle
