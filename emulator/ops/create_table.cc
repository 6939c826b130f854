// CreateTable - a new table with its indexes. Source: API_CreateTable; behaviour reference 3.2-3.5; errors: tests/cases/CreateTable.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/constraints.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/make_table.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/ops/replicas.hh"
#include "emulator/ops/resource_policies.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {
    fields::control_table_name,
    fields::billing_mode,
    fields::provisioned_throughput,
    fields::required(fields::key_schema),
    fields::required(fields::attribute_definitions),
    fields::local_secondary_indexes,
    fields::global_secondary_indexes,
    fields::stream_specification,
    fields::sse_specification,
    fields::tags,
    fields::table_class,
    fields::deletion_protection,
    fields::on_demand_throughput,
    fields::warm_throughput,
    {.name = "ResourcePolicy"},
    fields::settings_replication_mode,
    fields::vector_indexes,
    {.name = "GlobalTableSourceArn", .min_length = 1, .max_length = 1024},
};

// A replica of another account's table has the keys of that table.
constexpr auto kReplicaFields = [] {
  auto fields = std::to_array(kFields);
  for (Field& field : fields) field.required = field.required && field.name == "TableName";
  return fields;
}();

void check(const boost::json::object& body) {
  const bool replica = find_member(body, "GlobalTableSourceArn") != nullptr;
  check_constraints(body, replica ? std::span<const Field>(kReplicaFields) : std::span<const Field>(kFields));
}

constexpr Field kReply[] = {fields::new_table};

Answer run(const TableSpec& spec, Session& session) {
  if (session.universe().find_table(spec.name) != nullptr) {
    throw ApiError("ResourceInUseException", "Table already exists: " + spec.name);
  }
  check_new_table(session, spec.indexes.empty() ? Indexed::no : Indexed::yes);
  Table& table = make_table(session, spec);
  if (spec.policy) attach_policy(session, table, *spec.policy);
  session.effects().applied = Effects::Applied::yes;
  return [description = describe_table(table, DescriptionKind::create, session.now())](JsonText& out) {
    out.begin_object().key("TableDescription").json(description).end_object();
  };
}

Prepared prepare(const boost::json::object& body) {
  if (const auto source = read_string(body, "GlobalTableSourceArn")) {
    return on_table(table_name_of(body), Access::write, [source = *source](Session&) -> Answer {
      // The tables of other accounts are not here.
      throw ApiError("ResourceNotFoundException", "Requested resource not found: Table: " + source + " not found");
    });
  }
  auto spec = std::make_shared<const TableSpec>(read_table_spec(body));
  return on_table(spec->name, Access::write, [spec](Session& session) { return run(*spec, session); });
}

}  // namespace

constinit const Operation create_table{.name = "CreateTable",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kFields,
                                       .reply = kReply,
                                       .prepare = prepare,
                                       .check = check};

}  // namespace fickle
