// ExecuteStatement - one PartiQL statement: a SELECT a page at a time, or a write of one item. Source: API_ExecuteStatement; behaviour
// reference 9.1-9.3; errors: tests/cases/ExecuteStatement.
#include <boost/json.hpp>

#include "emulator/api/common_fields.hh"
#include "emulator/api/partiql_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/tokens.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/partiql_request.hh"
#include "emulator/partiql/lower.hh"
#include "emulator/partiql/next_token.hh"
#include "emulator/partiql/run_select.hh"
#include "emulator/partiql/source_table.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {
    fields::statement,
    fields::parameters,
    fields::consistent_read,
    fields::statement_next_token,
    fields::return_consumed_capacity,
    fields::limit,
    fields::return_values_on_condition_check_failure,
};

constexpr Field kReply[] = {
    fields::items,
    fields::next_token,
    fields::written_capacity,
    fields::last_evaluated_key,
};

struct Execute {
  StatementRequest request;
  partiql::SelectOptions options;
  std::string fingerprint;  // what a NextToken is good for
  ConsumedMode consumed = ConsumedMode::none;
};

Answer answer_select(const std::shared_ptr<const Execute>& execute, Session& session) {
  const auto& select = std::get<partiql::Select>(execute->request.statement);
  auto result = std::make_shared<partiql::SelectResult>(partiql::run_select(session, select, execute->options));
  return [execute, result](JsonText& out) {
    const auto& rows = std::get<partiql::Select>(execute->request.statement);
    out.begin_object().key("Items").begin_array();
    for (const ItemPtr& item : result->items) {
      if (rows.paths) {
        out.item(partiql::row_of(rows, *item));
      } else {
        out.item(*item);
      }
    }
    out.end_array();
    if (result->last_key) {
      out.member("NextToken", partiql::make_next_token(execute->fingerprint, *result->last_key));
      out.member("LastEvaluatedKey", *result->last_key);
    }
    print_consumed(out, execute->consumed, result->consumption);
    out.end_object();
  };
}

Answer answer_write(const std::shared_ptr<const Execute>& execute, Session& session) {
  const partiql::Statement& statement = execute->request.statement;
  Table& table = partiql::source_table(session, statement);
  const ResolvedWrite write = resolve_write(execute->request, table);
  session.let_rivals_act(table, write.mutation.carried());
  const SingleWrite done = run_write(session, execute->request, write, 0);
  return [execute, returned = partiql::returned_item(statement, done.outcome),
          consumption = done.consumption](JsonText& out) {
    out.begin_object().key("Items").begin_array();
    if (returned) out.item(*returned);
    out.end_array();
    print_consumed(out, execute->consumed, consumption);
    out.end_object();
  };
}

// Statement and parameters, in one text.
std::string fingerprint(const boost::json::object& body) {
  boost::json::object content{{"Statement", body.at("Statement")}};
  if (const auto* parameters = find_member(body, "Parameters")) content["Parameters"] = *parameters;
  return fingerprint_of(content);
}

Prepared prepare(const boost::json::object& body) {
  auto execute = std::make_shared<Execute>();
  execute->request = read_statement(body);
  execute->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  execute->fingerprint = fingerprint(body);
  execute->options.consistency = execute->request.consistency;
  execute->options.limit = read_integer(body, "Limit");
  if (const auto token = read_string(body, "NextToken"))
    execute->options.start_key = partiql::read_next_token(*token, execute->fingerprint);

  const bool reads = is_read(execute->request.statement);
  Prepared prepared;
  prepared.touches.push_back(touch_of(execute->request, execute));
  prepared.groups = static_cast<unsigned>(group_of(execute->request));
  prepared.settle = [execute](std::vector<Touch>& touches, const KeyNames& key_names) {
    settle(execute->request, touches.front(), key_names);
  };
  if (reads) prepared.consistent_read = execute->request.consistency == Consistency::strong;
  prepared.execute = [execute = std::shared_ptr<const Execute>(execute), reads](Session& session) {
    return reads ? answer_select(execute, session) : answer_write(execute, session);
  };
  return prepared;
}

}  // namespace

constinit const Operation execute_statement{.name = "ExecuteStatement",
                                            .groups = static_cast<unsigned>(Group::partiql),
                                            .fields = kFields,
                                            .reply = kReply,
                                            .prepare = prepare,
                                            .simplified =
                                                "Details of malformed statements are ours where none is known. ORDER "
                                                "BY of a sort key ahead of the partition key, over several "
                                                "partitions, has not been observed: partitions come first."};

}  // namespace fickle
