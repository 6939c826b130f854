#include "emulator/partiql/statement.hh"

namespace fickle::partiql {

const Source& source_of(const Statement& statement) {
  if (const auto* select = std::get_if<Select>(&statement)) return select->from;
  if (const auto* insert = std::get_if<Insert>(&statement)) return insert->into;
  if (const auto* update = std::get_if<Update>(&statement)) return update->table;
  if (const auto* erase = std::get_if<Delete>(&statement)) return erase->from;
  return std::get<Exists>(statement).select.from;
}

const std::optional<expr::Condition>* where_of(const Statement& statement) {
  if (const auto* select = std::get_if<Select>(&statement)) return &select->where;
  if (const auto* update = std::get_if<Update>(&statement)) return &update->where;
  if (const auto* erase = std::get_if<Delete>(&statement)) return &erase->where;
  if (const auto* exists = std::get_if<Exists>(&statement)) return &exists->select.where;
  return nullptr;
}

Returning returning_of(const Statement& statement) {
  if (const auto* update = std::get_if<Update>(&statement)) return update->returning;
  if (const auto* erase = std::get_if<Delete>(&statement)) return erase->returning;
  return Returning::none;
}

bool is_read(const Statement& statement) {
  return std::holds_alternative<Select>(statement);
}

}  // namespace fickle::partiql
