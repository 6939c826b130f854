// TransactGetItems - up to 100 items read at one moment. Source: API_TransactGetItems; behaviour reference 8.6; errors:
// tests/cases/TransactGetItems.
#include <array>
#include <boost/json.hpp>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/transact_read.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 1> kExpressions = {"ProjectionExpression"};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kExpressions, .with_values = {}};

constexpr Field kFields[] = {fields::transact_get_items, fields::return_consumed_capacity};

constexpr Field kResponseMembers[] = {fields::found_item};
constexpr Field kResponse{.shape = Shape::structure, .members = kResponseMembers};
constexpr Field kReply[] = {
    {.name = "Responses", .shape = Shape::list, .element = &kResponse},
    fields::transact_get_capacities,
};

struct Get {
  std::string table_as_given, table;
  Item key;
  std::optional<expr::Projection> projection;
};
struct Transaction {
  std::vector<Get> gets;
  ConsumedMode consumed = ConsumedMode::none;
};

void print(JsonText& out, const Transaction& transaction, const std::vector<ItemPtr>& items,
           const std::vector<Consumption>& consumptions) {
  out.begin_object().key("Responses").begin_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& projection = transaction.gets[i].projection;
    out.begin_object();
    if (items[i] && projection) {
      const Item part = expr::project(*projection, *items[i]);
      if (!part.empty()) out.member("Item", part);
    } else if (items[i]) {
      out.member("Item", *items[i]);
    }
    out.end_object();
  }
  out.end_array();
  print_consumed_list(out, transaction.consumed, consumptions, CapacityKind::read);
  out.end_object();
}

Answer run(const std::shared_ptr<const Transaction>& transaction, Session& session) {
  std::vector<TransactRead> reads;
  for (const Get& get : transaction->gets) {
    reads.push_back({.table_as_given = get.table_as_given, .table = get.table, .key = &get.key});
    if (get.projection) reads.back().paths = get.projection->paths;
  }
  return [transaction, result = read_transaction(session, reads)](JsonText& out) {
    print(out, *transaction, result.items, result.consumptions);
  };
}

Get read_get(const json::object& element) {
  const json::object& members = *read_object(element, "Get");
  Get get;
  get.table_as_given = read_string(members, "TableName").value_or("");
  get.table = plain_table_name(get.table_as_given);
  Expressions expressions(read_expression_params(members, kRules), kRules);
  get.key = read_attributes(members, "Key", Envelope::bare);
  get.projection = expressions.projection();
  expressions.check_all_used();
  return get;
}

Prepared prepare(const json::object& body) {
  auto transaction = std::make_shared<Transaction>();
  for (const auto& element : *read_array(body, "TransactItems")) {
    transaction->gets.push_back(read_get(element.as_object()));
  }
  transaction->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  Prepared prepared;
  for (const Get& get : transaction->gets) {
    prepared.touches.push_back({.table = get.table, .index = {}, .carried = ItemPtr(transaction, &get.key)});
  }
  prepared.execute = [shared = std::shared_ptr<const Transaction>(transaction)](Session& session) {
    return run(shared, session);
  };
  return prepared;
}

}  // namespace

constinit const Operation transact_get_items{.name = "TransactGetItems",
                                             .groups = Group::read | Group::transaction,
                                             .fields = kFields,
                                             .reply = kReply,
                                             .prepare = prepare};

}  // namespace fickle
