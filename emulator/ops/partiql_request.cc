#include "emulator/ops/partiql_request.hh"

#include <algorithm>
#include <boost/json.hpp>

#include "emulator/api/reader.hh"
#include "emulator/engine/cancellation.hh"
#include "emulator/partiql/key_terms.hh"
#include "emulator/partiql/lower.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

std::vector<Value> read_parameters(const boost::json::object& body) {
  std::vector<Value> parameters;
  const auto* array = read_array(body, "Parameters");
  if (array == nullptr) return parameters;
  for (const auto& element : *array) {
    auto value = read_value(element);
    if (!value) throw_value_error(value.error(), Envelope::bare);
    parameters.push_back(std::move(value).value());
  }
  return parameters;
}

// Whether ConditionalCheckFailed is among its answers: an UPDATE wants its item to be there, a DELETE may say more than the key. `key`:
// attributes of the table's key; none when there is no such table, and then it makes no difference.
bool is_conditional(const partiql::Statement& statement, const std::vector<std::string>& key) {
  if (std::holds_alternative<partiql::Update>(statement)) return true;
  if (std::holds_alternative<partiql::Exists>(statement)) return true;
  const auto* erase = std::get_if<partiql::Delete>(&statement);
  if (erase == nullptr) return false;
  const auto terms = partiql::terms_of(erase->where);
  return terms.size() != key.size() || std::any_of(terms.begin(), terms.end(), [&key](const auto* term) {
           const auto equality = partiql::equality_of(*term);
           return !equality || std::find(key.begin(), key.end(), *equality->attribute) == key.end();
         });
}

}  // namespace

StatementRequest read_statement(const boost::json::object& body, partiql::Surface surface) {
  const auto parameters = read_parameters(body);
  const std::string text = read_string(body, "Statement").value_or("");
  StatementRequest request{.statement = partiql::parse(text, parameters, surface), .equalities = {}, .payload = {}};
  request.payload = Bytes{text.size()};
  for (const Value& parameter : parameters) request.payload += size_of(parameter);
  const auto* insert = std::get_if<partiql::Insert>(&request.statement);
  request.equalities = insert != nullptr ? *insert->item : partiql::equalities_of(*where_of(request.statement));
  if (read_bool(body, "ConsistentRead").value_or(false)) request.consistency = Consistency::strong;
  request.return_old_on_failure = read_string(body, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
  return request;
}

Touch touch_of(const StatementRequest& request, const std::shared_ptr<const void>& owner) {
  const partiql::Source& source = source_of(request.statement);
  Touch touch{.table = source.table, .index = source.index, .carried = nullptr};
  if (!request.equalities.empty()) touch.carried = ItemPtr(owner, &request.equalities);
  touch.write = !is_read(request.statement);
  touch.conditional = is_conditional(request.statement, {});
  return touch;
}

void settle(const StatementRequest& request, Touch& touch, const KeyNames& key_names) {
  touch.conditional = is_conditional(request.statement, key_names(touch.table));
}

Group group_of(const StatementRequest& request) {
  return is_read(request.statement) ? Group::read : Group::write;
}

ResolvedWrite resolve_write(const StatementRequest& request, Table& table) {
  ResolvedWrite write{.table = &table, .mutation = partiql::lower_write(request.statement, table), .key = {}};
  write.mutation.return_old_on_failure = request.return_old_on_failure;
  write.key = resolve(write.mutation, table);
  return write;
}

SingleWrite run_write(Session& session, const StatementRequest& request, const ResolvedWrite& write,
                      std::size_t position) {
  const Conditions& conditions = session.conditions();
  const bool concerned = concerns(conditions, position);
  const bool is_insert = std::holds_alternative<partiql::Insert>(request.statement);
  const bool fails = concerned && conditions.conditional_check_failure && write.mutation.condition && !is_insert;
  SingleWrite done = write_one(session, *write.table, write.key, write.mutation,
                               {.condition = fails ? ForcedCondition::fails : ForcedCondition::none,
                                .conflict = concerned && conditions.transaction_conflict});
  if (done.outcome.verdict == MutationOutcome::Verdict::condition_failed)
    partiql::throw_failed(request.statement, write.mutation, done.outcome.before);
  done.consumption.table = source_of(request.statement).table_as_given;
  return done;
}

void add_consumption(std::vector<Consumption>& consumptions, const Consumption& cost) {
  for (Consumption& known : consumptions) {
    if (known.table == cost.table) return known.add(cost);
  }
  consumptions.push_back(cost);
}

}  // namespace fickle
