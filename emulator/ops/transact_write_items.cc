// TransactWriteItems - up to 100 puts, updates, deletes and checks, all or nothing. Source: API_TransactWriteItems; behaviour reference
// 8.3-8.5; errors: tests/cases/TransactWriteItems.
#include <array>
#include <boost/json.hpp>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/tokens.hh"
#include "emulator/engine/transact.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Bytes kPayloadMax{4ULL * 1024 * 1024};

constexpr std::array<std::string_view, 1> kConditionOnly = {"ConditionExpression"};
constexpr std::array<std::string_view, 2> kUpdateAndCondition = {"UpdateExpression", "ConditionExpression"};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kConditionOnly, .with_values = kConditionOnly};
constexpr ExpressionRules kUpdateRules{
    .legacy = {}, .expressions = kUpdateAndCondition, .with_values = kUpdateAndCondition};

constexpr Field kFields[] = {
    fields::transact_write_items,
    fields::client_request_token,
    fields::return_consumed_capacity,
    fields::return_item_collection_metrics,
};

constexpr Field kReply[] = {fields::transact_write_capacities, fields::item_collection_metrics_by_table};

struct Transaction {
  TransactWrites writes;
  ConsumedMode consumed = ConsumedMode::none;
  bool item_collection_metrics = false;
};

// What the request itself carries: items, keys and the values of expressions, not what is stored.
Bytes payload_of(const Mutation& mutation, const json::object& action) {
  Bytes size = size_of(mutation.carried());
  if (const json::object* values = read_object(action, "ExpressionAttributeValues")) {
    for (const auto& entry : *values) {
      size += Bytes{entry.key().size()};
      if (const auto value = read_value(entry.value())) size += size_of(value.value());
    }
  }
  return size;
}

PutItemChange read_put(const json::object& action) {
  auto item = std::make_shared<const Item>(read_attributes(action, "Item", Envelope::bare));
  return {.item = std::move(item), .style = PutStyle::single};
}

UpdateItemChange read_update(const json::object& action, Expressions& expressions) {
  UpdateItemChange change;
  change.key = read_attributes(action, "Key", Envelope::bare);
  if (auto update = expressions.update()) change.update = *std::move(update);
  change.targets = expr::targets_of(change.update);
  change.flat_size = true;
  return change;
}

TransactMember read_action(std::string_view kind, const json::object& action) {
  TransactMember member;
  member.table_as_given = read_string(action, "TableName").value_or("");
  Mutation& mutation = member.mutation;
  mutation.table = plain_table_name(member.table_as_given);
  mutation.return_old_on_failure = read_string(action, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
  const ExpressionRules& rules = kind == "Update" ? kUpdateRules : kRules;
  Expressions expressions(read_expression_params(action, rules), rules);
  if (kind == "Put") mutation.change = read_put(action);
  if (kind == "Update") mutation.change = read_update(action, expressions);
  if (kind == "Delete") mutation.change = DeleteItemChange{read_attributes(action, "Key", Envelope::bare)};
  if (kind == "ConditionCheck") mutation.change = CheckItemChange{read_attributes(action, "Key", Envelope::bare)};
  mutation.condition = expressions.condition("ConditionExpression", expr::ExpressionKind::condition);
  expressions.check_all_used();
  if (kind == "Put" && size_of(mutation.carried()) > kItemSizeLimit)
    throw_validation("Item size has exceeded the maximum allowed size");
  return member;
}

// The one action of an element.
std::pair<std::string_view, const json::object*> action_of(const json::object& element) {
  constexpr std::array<std::string_view, 4> kinds = {"ConditionCheck", "Put", "Delete", "Update"};
  std::pair<std::string_view, const json::object*> found{{}, nullptr};
  for (const std::string_view kind : kinds) {
    const json::object* action = read_object(element, kind);
    if (action == nullptr) continue;
    if (found.second != nullptr) throw_validation("TransactItems can only contain one of Check, Put, Update or Delete");
    found = {kind, action};
  }
  if (found.second == nullptr) {
    throw_validation("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
  }
  return found;
}

void print(JsonText& out, const Transaction& transaction, const TransactResult& result) {
  out.begin_object();
  print_consumed_list(out, transaction.consumed, result.consumptions,
                      result.replayed ? CapacityKind::read : CapacityKind::write);
  if (transaction.item_collection_metrics && !result.item_collections.empty()) {
    out.key("ItemCollectionMetrics").begin_object();
    for (const auto& [table, partitions] : result.item_collections) {
      out.key(table).begin_array();
      for (const Item& partition : partitions) print_item_collection(out, partition);
      out.end_array();
    }
    out.end_object();
  }
  out.end_object();
}

// All but ReturnConsumedCapacity: a replay may ask for another report.
std::string fingerprint_of_request(const json::object& body) {
  json::object content = body;
  content.erase("ReturnConsumedCapacity");
  content.erase("ClientRequestToken");
  return fingerprint_of(content);
}

Prepared prepare(const json::object& body) {
  auto transaction = std::make_shared<Transaction>();
  const json::array& elements = *read_array(body, "TransactItems");
  for (const auto& element : elements) (void)action_of(element.as_object());
  Bytes payload;
  for (const auto& element : elements) {
    const auto [kind, action] = action_of(element.as_object());
    transaction->writes.members.push_back(read_action(kind, *action));
    payload += payload_of(transaction->writes.members.back().mutation, *action);
  }
  if (payload > kPayloadMax) {
    throw_validation(
        "Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot exceed 4MB. "
        "Payload Size: " +
        std::to_string(payload.count));
  }
  transaction->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  transaction->item_collection_metrics = read_string(body, "ReturnItemCollectionMetrics") == "SIZE";
  Prepared prepared;
  if (const auto token = read_string(body, "ClientRequestToken")) {
    prepared.token = *token;
    transaction->writes.token = "TransactWriteItems:" + *token;
    transaction->writes.fingerprint = fingerprint_of_request(body);
  }
  for (const TransactMember& member : transaction->writes.members) {
    prepared.touches.push_back({.table = member.mutation.table,
                                .index = {},
                                .carried = ItemPtr(transaction, &member.mutation.carried()),
                                .write = true,
                                .conditional = member.mutation.condition.has_value()});
  }
  prepared.execute = [shared = std::shared_ptr<const Transaction>(transaction)](Session& session) {
    return run_transaction(session, {shared, &shared->writes}, [shared](TransactResult result) -> Answer {
      return [shared, result = std::make_shared<const TransactResult>(std::move(result))](JsonText& out) {
        print(out, *shared, *result);
      };
    });
  };
  return prepared;
}

}  // namespace

constinit const Operation transact_write_items{.name = "TransactWriteItems",
                                               .groups = Group::write | Group::transaction,
                                               .fields = kFields,
                                               .reply = kReply,
                                               .prepare = prepare};

}  // namespace fickle
