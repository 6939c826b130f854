#include "emulator/ops/make_table.hh"

#include "emulator/engine/described.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace json = boost::json;

json::object encryption_description(Session& session, const TableSettings& settings, json::object asked) {
  if (asked["KMSMasterKeyArn"].as_string().empty()) {
    asked["KMSMasterKeyArn"] =
        "arn:aws:kms:" + settings.region + ":" + settings.account + ":key/" + session.new_uuid("key");
  }
  return asked;
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
  apply_vector_changes(session, made, spec.vectors, VectorsOf::new_table);
  if (spec.stream) store::enable_stream(universe, made, *spec.stream, wait);
  return made;
}

}  // namespace fickle
