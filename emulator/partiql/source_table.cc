#include "emulator/partiql/source_table.hh"

#include "emulator/engine/arn_scope.hh"

namespace fickle::partiql {

std::string_view action_of(const Statement& statement) {
  if (std::holds_alternative<Select>(statement)) return "PartiQLSelect";
  if (std::holds_alternative<Insert>(statement)) return "PartiQLInsert";
  if (std::holds_alternative<Update>(statement)) return "PartiQLUpdate";
  if (std::holds_alternative<Delete>(statement)) return "PartiQLDelete";
  return "ConditionCheckItem";  // EXISTS
}

Table& source_table(Session& session, const Source& source, std::string_view action) {
  check_table_arn(session, {source.table_as_given, std::string(action)});
  return session.item_table(source.table);
}

Table& source_table(Session& session, const Statement& statement) {
  return source_table(session, source_of(statement), action_of(statement));
}

}  // namespace fickle::partiql
