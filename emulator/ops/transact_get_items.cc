// TransactGetItems - up to 100 items read at one moment. Source: API_TransactGetItems; behaviour reference 8.6; errors:
// tests/cases/TransactGetItems.
#include <array>
#include <boost/json.hpp>
#include <set>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/cancellation.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/transact.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Bytes kReplyMax{4ULL * 1024 * 1024};

constexpr std::array<std::string_view, 1> kExpressions = {"ProjectionExpression"};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kExpressions, .with_values = {}};

constexpr Field kFields[] = {fields::transact_get_items, fields::return_consumed_capacity};

constexpr Field kResponseMembers[] = {fields::found_item};
constexpr Field kResponse{.shape = Shape::structure, .members = kResponseMembers};
constexpr Field kReply[] = {
    {.name = "Responses", .shape = Shape::list, .element = &kResponse},
    fields::consumed_capacities,
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

struct Member {
  Table* table = nullptr;
  RowKey key;
  ItemPtr item;
};

using Reasons = std::vector<CancelReason>;

// Missing tables and an item named twice end the request; a key that does not fit cancels it.
std::vector<Member> resolve_all(const Transaction& transaction, Session& session) {
  std::vector<Member> members;
  for (const Get& get : transaction.gets) members.push_back({&session.item_table(get.table), {}, nullptr});
  std::set<std::pair<const Table*, RowKey>> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto key = row_key_of(members[i].table->schema.key, transaction.gets[i].key);
    if (key && !seen.emplace(members[i].table, *key).second) throw_validation(std::string(kSameItemTwice));
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Get& get = transaction.gets[i];
    try {
      members[i].key = check_key(members[i].table->schema, get.key);
      if (get.projection) check_nested_key_access(*members[i].table, get.projection->paths);
    } catch (const ApiError& error) {
      Reasons reasons(members.size());
      reasons[i] = validation_reason(error.message());
      throw_cancelled(reasons);
    }
  }
  return members;
}

void check_conflicts(Session& session, const std::vector<Member>& members) {
  Reasons reasons = forced_reasons(session.conditions(), members.size());
  if (any_reason(reasons)) session.effects().forced = true;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (session.is_locked(*members[i].table, members[i].key)) reasons[i] = conflict_reason();
  }
  if (any_reason(reasons)) throw_cancelled(reasons);
}

void add_to(std::vector<Consumption>& consumptions, const Consumption& cost) {
  for (Consumption& known : consumptions) {
    if (known.table == cost.table) return known.add(cost);
  }
  consumptions.push_back(cost);
}

// Double the units of a consistent read; all or none.
std::vector<Consumption> admit(Session& session, const Transaction& transaction, const std::vector<Member>& members) {
  std::vector<Charge> charges;
  std::vector<Consumption> consumptions;
  for (std::size_t i = 0; i < members.size(); ++i) {
    Consumption cost;
    cost.table = transaction.gets[i].table_as_given;
    cost.own = read_units(members[i].item ? size_of(*members[i].item) : Bytes{}, Consistency::strong);
    cost.own += cost.own;
    add_to(consumptions, cost);
    charges.push_back({members[i].table, members[i].key, std::move(cost), ChargeKind::read});
  }
  const auto throttled = try_all(session, charges);
  Reasons reasons(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (throttled[i]) reasons[i] = throttled_reason(*throttled[i]);
  }
  if (any_reason(reasons)) throw_cancelled(reasons);
  return consumptions;
}

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
  auto members = resolve_all(*transaction, session);
  std::vector<RivalTarget> targets;
  for (std::size_t i = 0; i < members.size(); ++i) targets.push_back({members[i].table, &transaction->gets[i].key});
  session.let_rivals_act(targets);
  check_conflicts(session, members);
  Bytes size;
  std::vector<ItemPtr> items;
  for (Member& member : members) {
    member.item = member.table->rows.find(member.key);
    if (member.item) size += size_of(*member.item);
    items.push_back(member.item);
  }
  if (size > kReplyMax)
    throw_validation("Collection size of items exceeded: the items of the transaction are over 4 MB");
  auto consumptions = admit(session, *transaction, members);
  return [transaction, items = std::move(items), consumptions = std::move(consumptions)](JsonText& out) {
    print(out, *transaction, items, consumptions);
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
