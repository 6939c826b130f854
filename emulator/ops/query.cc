// Query - the items of one partition of a table or index, in the order of the sort key, a page at a time. Source: API_Query; behaviour
// reference 5.8, 6.5, 7; errors: tests/cases/Query.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/engine/legacy_projection.hh"
#include "emulator/engine/start_key_rules.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/page_operation.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 4> kLegacy = {"AttributesToGet", "QueryFilter", "ConditionalOperator",
                                                     "KeyConditions"};
constexpr std::array<std::string_view, 3> kExpressions = {"ProjectionExpression", "FilterExpression",
                                                          "KeyConditionExpression"};
constexpr std::array<std::string_view, 2> kWithValues = {"FilterExpression", "KeyConditionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy, .expressions = kExpressions, .with_values = kWithValues};

// In the order of reported errors (behaviour reference 7.1, 13.3).
constexpr Field kFields[] = {
    fields::item_table_name,
    fields::index_name,
    fields::return_consumed_capacity,
    fields::select,
    fields::query_limit,
    fields::conditional_operator,
    fields::query_filter,
    fields::key_conditions,
    fields::attributes_to_get,
    fields::exclusive_start_key,
    fields::consistent_read,
    fields::scan_index_forward,
    fields::key_condition_expression,
    fields::filter_expression,
    fields::projection_expression,
    fields::expression_attribute_names,
    fields::expression_attribute_values,
};

constexpr Field kReply[] = {
    fields::items, fields::count, fields::scanned_count, fields::last_evaluated_key, fields::consumed_capacity,
};

struct Query {
  PageOperation page;
  std::vector<expr::LegacyCondition> key_conditions;
  std::optional<expr::KeyCondition> key_condition;
  Direction direction = Direction::forward;
  Item equalities;  // what the key condition says is equal
};

void note_equalities(Query& query) {
  for (const auto& condition : query.key_conditions) {
    if (condition.comparison == expr::LegacyOperator::EQ)
      query.equalities.set(condition.attribute, condition.values->at(0));
  }
  if (!query.key_condition) return;
  for (const auto& term : query.key_condition->terms) {
    if (term.op == expr::KeyTerm::Operator::eq) query.equalities.set(term.attribute, term.operand);
  }
}

Answer run(const std::shared_ptr<const Query>& query, Session& session) {
  const PageOperation& page = query->page;
  Table& table = session.item_table(page.table);
  Index* index = index_to_read(table, page.index, page.consistency);
  if (page.start_key) check_query_start_hash(*page.start_key, table, index);
  const expr::KeyRange range = query->key_condition ? check_key_condition(*query->key_condition, table, index)
                                                    : check_key_conditions(query->key_conditions, table, index);
  if (page.start_key) check_start_key(*page.start_key, table, index, StartOf::query);
  if (page.start_key) check_start_in_range(*page.start_key, range, session.universe(), table, index);
  session.let_rivals_act(table, query->equalities);

  PageRequest request;
  request.table = &table;
  request.index = index;
  expr::KeyBounds bounds = expr::bounds_of(range);
  request.low = std::move(bounds.low);
  request.high = std::move(bounds.high);
  request.direction = query->direction;
  request.one_row = finds_one_row(table, index);
  request.partition = request.low;
  return answer_page({query, &query->page}, session, std::move(request), FilterRule::no_keys);
}

Prepared prepare(const boost::json::object& body) {
  auto query = std::make_shared<Query>();
  PageOperation& page = query->page;
  read_page_members(body, page);
  check_expression_presence(body, kRules);
  page.filter = lowered_filter(body, "QueryFilter");
  page.filter_subject = "QueryFilter";
  page.projection = legacy_projection(body);
  read_start_key(body, page);
  if (find_member(body, "KeyConditions") == nullptr && find_member(body, "KeyConditionExpression") == nullptr) {
    throw_validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  Expressions expressions(read_expression_params(body, kRules), kRules);
  query->key_condition = expressions.key_condition();
  compile_page_expressions(expressions, page);
  expressions.check_key_form();
  expressions.check_all_used();
  query->key_conditions = read_key_conditions(body);
  if (!query->key_condition && query->key_conditions.empty()) {
    throw_validation("Conditions can be of length 1 or 2 only");
  }
  check_select(body, page, Envelope::detected);
  if (!read_bool(body, "ScanIndexForward").value_or(true)) query->direction = Direction::backward;
  note_equalities(*query);

  Touch touch{.table = page.table, .index = page.index, .carried = nullptr};
  if (!query->equalities.empty()) touch.carried = ItemPtr(query, &query->equalities);
  return {.touches = {std::move(touch)},
          .groups = 0,
          .consistent_read = page.consistency == Consistency::strong,
          .token = {},
          .settle = {},
          .execute = [query = std::shared_ptr<const Query>(query)](Session& session) { return run(query, session); }};
}

}  // namespace

constinit const Operation query_operation{
    .name = "Query", .groups = Group::read | Group::query, .fields = kFields, .reply = kReply, .prepare = prepare};

}  // namespace fickle
