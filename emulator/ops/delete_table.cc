// DeleteTable - removes a table, its items and indexes; its stream stays readable for 24 h. Source: API_DeleteTable; behaviour
// reference 3.6; errors: tests/cases/DeleteTable.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/ops/vector_index.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {fields::control_table_name};
constexpr Field kReply[] = {fields::deleted_table};

void check_deletable(const Table& table) {
  constexpr std::string_view in_use = "Attempt to change a resource which is still in use: ";
  const std::string& name = table.schema.name;
  const auto refuse = [&](std::string_view why) {
    throw ApiError("ResourceInUseException", std::string(in_use) + std::string(why));
  };
  if (table.settings.deletion_protection) {
    throw_validation(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
  }
  if (table.status == TableStatus::creating) refuse("Table is being created: " + name);
  if (table.status == TableStatus::deleting) refuse("Table is being deleted: " + name);
  for (const Index& index : table.indexes) {
    if (index.status != IndexStatus::active)
      refuse("Cannot delete table while indexes are being created, updated, or deleted.");
  }
  if (online_vector_changes(table) > 0)
    refuse("Cannot delete table while indexes are being created, updated, or deleted.");
  if (table.status == TableStatus::updating) refuse("Table is being updated: " + name);
}

Answer run(const std::string& name, Session& session) {
  Table& table = session.control_table(name);
  check_deletable(table);
  if (is_being_backed_up(session.universe(), table)) throw_in_use("Table is being backed up: " + name);
  check_concurrency(session);
  auto description = describe_table(table, DescriptionKind::remove, session.now());
  // A table that could be recovered leaves a backup behind, as the service makes it.
  if (recovery_of(table)) make_backup(session, table, name + "$DeletedTableBackup", BackupType::system);
  const Duration wait = session.universe().models.lifecycle_delete;
  if (wait > Duration{0}) {
    table.status = TableStatus::deleting;
    table.status_until = session.now() + wait;
    if (table.stream) table.stream->status = StreamStatus::disabling;
  } else {
    store::drop_table(session.universe(), name);
  }
  session.effects().applied = Effects::Applied::yes;
  return [description = std::move(description)](JsonText& out) {
    out.begin_object().key("TableDescription").json(description).end_object();
  };
}

Prepared prepare(const boost::json::object& body) {
  const std::string name = plain_table_name(read_string(body, "TableName").value_or(""));
  return {.touches = {{.table = name, .index = {}, .carried = nullptr, .write = true}},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .settle = {},
          .execute = [name](Session& session) { return run(name, session); }};
}

}  // namespace

constinit const Operation delete_table{.name = "DeleteTable",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kFields,
                                       .reply = kReply,
                                       .prepare = prepare};

}  // namespace fickle
