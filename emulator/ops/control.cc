#include "emulator/ops/control.hh"

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"

namespace fickle {

Prepared on_table(std::string table, Access access, std::function<Answer(Session&)> execute) {
  return {.touches = {{.table = std::move(table), .index = {}, .carried = nullptr, .write = access == Access::write}},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .execute = std::move(execute)};
}

Prepared on_account(std::function<Answer(Session&)> execute) {
  return {.touches = {}, .groups = 0, .consistent_read = {}, .token = {}, .execute = std::move(execute)};
}

std::string table_name_of(const boost::json::object& body) {
  return plain_table_name(read_string(body, "TableName").value_or(""));
}

Answer document(boost::json::object reply) {
  return [reply = std::move(reply)](JsonText& out) { out.json(reply); };
}

void note_change(Session& session) {
  session.effects().applied = Effects::Applied::yes;
  ++session.universe().commits;
}

void throw_in_use(std::string_view why) {
  throw ApiError("ResourceInUseException", "Attempt to change a resource which is still in use: " + std::string(why));
}

void check_active(const Table& table) {
  const std::string& name = table.schema.name;
  switch (table.status) {
    case TableStatus::active: return;
    case TableStatus::creating: throw_in_use("Table is being created: " + name);
    case TableStatus::updating: throw_in_use("Table is being updated: " + name);
    case TableStatus::deleting: throw_in_use("Table is being deleted: " + name);
  }
}

}  // namespace fickle
