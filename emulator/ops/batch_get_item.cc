// BatchGetItem - up to 100 items of any tables by their keys. Source: API_BatchGetItem; behaviour reference 8.1; errors:
// tests/cases/BatchGetItem.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/consumed.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/shortfall.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/reply_room.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kKeysMax = 100;

constexpr std::array<std::string_view, 1> kLegacy = {"AttributesToGet"};
constexpr std::array<std::string_view, 1> kExpressions = {"ProjectionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy, .expressions = kExpressions, .with_values = {}};

constexpr Field kFields[] = {fields::batch_get_request_items, fields::return_consumed_capacity};

constexpr Field kResponses{.shape = Shape::list, .element = &fields::kAnyItem};
constexpr Field kUnprocessed{.shape = Shape::structure, .members = fields::kKeysAndAttributesMembers};
constexpr Field kReply[] = {
    {.name = "Responses", .shape = Shape::map, .element = &kResponses},
    {.name = "UnprocessedKeys", .shape = Shape::map, .element = &kUnprocessed},
    fields::table_capacities,
};

// The keys asked of one table, and how.
struct TableKeys {
  std::string name_as_given, name;
  Consistency consistency = Consistency::eventual;
  std::optional<expr::Projection> projection;
  json::object settings;  // members other than Keys, for UnprocessedKeys
  std::vector<Item> keys;
};

struct BatchGet {
  std::vector<TableKeys> tables;
  ConsumedMode consumed = ConsumedMode::none;
};

struct TableAnswer {
  std::vector<ItemPtr> items;
  std::vector<std::size_t> unprocessed;  // positions in keys
  Consumption consumption;
  bool read = false;
};

// The members of all tables together decide.
void check_mixing(const json::object& request_items) {
  bool legacy = false;
  bool expression = false;
  for (const auto& entry : request_items) {
    const auto& members = entry.value().as_object();
    legacy = legacy || find_member(members, "AttributesToGet") != nullptr;
    expression = expression || find_member(members, "ProjectionExpression") != nullptr;
  }
  if (!legacy || !expression) return;
  throw_validation(
      "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
      "{AttributesToGet} Expression parameters: {ProjectionExpression}");
}

// Attributes in name order, values as they were written: 1000 and 1e3 are not the same here.
std::string text_of(const json::object& key) {
  std::vector<std::string> parts;
  for (const auto& attribute : key) {
    parts.push_back(json::serialize(json::value(attribute.key())) + ":" + json::serialize(attribute.value()));
  }
  std::sort(parts.begin(), parts.end());
  return join(parts, ",");
}

void read_keys(const json::object& members, TableKeys& table) {
  const json::array& keys = *read_array(members, "Keys");
  for (const auto& key : keys) {
    auto item = read_item(key.as_object());
    if (!item) throw_value_error(item.error(), Envelope::bare);
    table.keys.push_back(std::move(item).value());
  }
  std::set<std::string> seen;
  for (const auto& key : keys) {
    if (!seen.insert(text_of(key.as_object())).second)
      throw_validation("Provided list of item keys contains duplicates");
  }
}

TableKeys read_table(std::string_view name, const json::object& members) {
  TableKeys table;
  table.name_as_given = name;
  table.name = plain_table_name(name);
  Expressions expressions(read_expression_params(members, kRules), kRules);
  table.projection = projection_of(members, expressions);
  expressions.check_all_used();
  table.consistency =
      read_bool(members, "ConsistentRead").value_or(false) ? Consistency::strong : Consistency::eventual;
  for (const std::string_view member :
       {"ConsistentRead", "AttributesToGet", "ProjectionExpression", "ExpressionAttributeNames"}) {
    if (const auto* value = find_member(members, member)) table.settings[member] = *value;
  }
  return table;
}

struct Member {
  Table* table;
  RowKey key;
  std::size_t table_position;
  std::size_t key_position;
};

// Tables first, then keys, and of each table after its keys what is wanted of them: in the order of the document.
std::vector<Member> resolve(const BatchGet& batch, Session& session) {
  std::vector<Table*> tables;
  for (const TableKeys& keys : batch.tables) tables.push_back(&session.item_table(keys.name));
  std::vector<Member> members;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const TableKeys& keys = batch.tables[t];
    for (std::size_t k = 0; k < keys.keys.size(); ++k) {
      members.push_back({tables[t], check_key(tables[t]->schema, keys.keys[k]), t, k});
    }
    if (keys.projection) check_nested_key_access(*tables[t], keys.projection->paths);
  }
  return members;
}

void print(JsonText& out, const BatchGet& batch, const std::vector<TableAnswer>& answers) {
  out.begin_object().key("Responses").begin_object();
  for (std::size_t t = 0; t < answers.size(); ++t) {
    const TableKeys& keys = batch.tables[t];
    out.key(keys.name_as_given).begin_array();
    for (const ItemPtr& item : answers[t].items) {
      if (keys.projection) {
        out.item(expr::project(*keys.projection, *item));
      } else {
        out.item(*item);
      }
    }
    out.end_array();
  }
  out.end_object().key("UnprocessedKeys").begin_object();
  std::vector<Consumption> consumptions;
  for (std::size_t t = 0; t < answers.size(); ++t) {
    const TableKeys& keys = batch.tables[t];
    if (answers[t].read) consumptions.push_back(answers[t].consumption);
    if (answers[t].unprocessed.empty()) continue;
    out.key(keys.name_as_given).begin_object().key("Keys").begin_array();
    for (const std::size_t position : answers[t].unprocessed) out.item(keys.keys[position]);
    out.end_array();
    for (const auto& member : keys.settings) out.key(member.key()).json(member.value());
    out.end_object();
  }
  out.end_object();
  print_consumed_list(out, batch.consumed, consumptions);
  out.end_object();
}

Answer run(const std::shared_ptr<const BatchGet>& batch, Session& session) {
  const auto members = resolve(*batch, session);
  std::vector<RivalTarget> targets;
  for (const Member& member : members) {
    targets.push_back({member.table, &batch->tables[member.table_position].keys[member.key_position]});
  }
  session.let_rivals_act(targets);

  BatchProgress progress(session, members.size());
  auto answers = std::make_shared<std::vector<TableAnswer>>(batch->tables.size());
  ReplyRoom room;
  std::set<std::pair<std::size_t, RowKey>> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    TableAnswer& answer = (*answers)[member.table_position];
    const TableKeys& keys = batch->tables[member.table_position];
    if (!seen.emplace(member.table_position, member.key).second) continue;  // 1000 and 1e3: returned once
    if (progress.is_left_out(i)) {
      answer.unprocessed.push_back(member.key_position);
      continue;
    }
    ItemPtr item = room.is_full() ? nullptr : session.read_row(*member.table, member.key, keys.consistency);
    const Bytes item_size = item ? size_of(*item) : Bytes{};
    if (!room.fits(*member.table, member.key, item_size)) {
      progress.note_undone();
      if (!room.is_full()) {  // looked at in vain, which costs as much as an item that is not there
        answer.read = true;
        answer.consumption.table = keys.name_as_given;
        answer.consumption.own += read_units(Bytes{}, keys.consistency);
      }
      answer.unprocessed.push_back(member.key_position);
      continue;
    }
    const HalfUnits cost = read_units(item_size, keys.consistency);
    if (auto throttled = try_read(session, *member.table, member.key, cost)) {
      progress.note_throttled(*std::move(throttled));
      answer.unprocessed.push_back(member.key_position);
      continue;
    }
    progress.note_done();
    room.take(*member.table, member.key, item_size);
    answer.read = true;
    answer.consumption.table = keys.name_as_given;
    answer.consumption.own += cost;
    if (item) answer.items.push_back(std::move(item));
  }
  progress.finish(false);
  return [batch, answers](JsonText& out) { print(out, *batch, *answers); };
}

Prepared prepare(const json::object& body) {
  auto batch = std::make_shared<BatchGet>();
  const json::object& request_items = *read_object(body, "RequestItems");
  if (request_items.empty()) {  // not among the constraints: its path is spelled like no other of the operation
    throw_validation(
        "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length "
        "greater than or equal to 1");
  }
  std::size_t count = 0;
  for (const auto& entry : request_items) count += read_array(entry.value().as_object(), "Keys")->size();
  if (count > kKeysMax) throw_validation("Too many items requested for the BatchGetItem call");
  check_mixing(request_items);
  for (const auto& entry : request_items) batch->tables.push_back(read_table(entry.key(), entry.value().as_object()));
  std::size_t position = 0;
  for (const auto& entry : request_items) read_keys(entry.value().as_object(), batch->tables[position++]);
  batch->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));

  Prepared prepared;
  prepared.consistent_read = true;
  for (const TableKeys& table : batch->tables) {
    if (table.consistency == Consistency::eventual) prepared.consistent_read = false;
    for (const Item& key : table.keys) {
      prepared.touches.push_back({.table = table.name, .index = {}, .carried = ItemPtr(batch, &key)});
    }
  }
  prepared.execute = [batch = std::shared_ptr<const BatchGet>(batch)](Session& session) { return run(batch, session); };
  return prepared;
}

}  // namespace

constinit const Operation batch_get_item{.name = "BatchGetItem",
                                         .groups = Group::read | Group::batch,
                                         .fields = kFields,
                                         .reply = kReply,
                                         .prepare = prepare};

}  // namespace fickle
