// BatchWriteItem - up to 25 puts and deletes in any tables, each for itself. Source: API_BatchWriteItem; behaviour reference 8.2; errors:
// tests/cases/BatchWriteItem.
#include <boost/json.hpp>
#include <set>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/consumed.hh"
#include "emulator/engine/mutation.hh"
#include "emulator/engine/shortfall.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kRequestsMax = 25;

constexpr Field kFields[] = {fields::batch_write_request_items, fields::return_consumed_capacity,
                             fields::return_item_collection_metrics};

// As the request had them, without what only the service's own model knows.
constexpr Field kPutMembers[] = {fields::item};
constexpr Field kRequestMembers[] = {
    {.name = "PutRequest", .shape = Shape::structure, .members = kPutMembers},
    {.name = "DeleteRequest", .shape = Shape::structure, .members = fields::kDeleteRequestMembers},
};
constexpr Field kRequest{.shape = Shape::structure, .members = kRequestMembers};
constexpr Field kUnprocessed{.shape = Shape::list, .element = &kRequest};
constexpr Field kReply[] = {
    {.name = "UnprocessedItems", .shape = Shape::map, .element = &kUnprocessed},
    fields::item_collection_metrics_by_table,
    fields::written_capacities,
};

struct TableWrites {
  std::string name_as_given, name;
  std::vector<Mutation> mutations;
};

struct BatchWrite {
  std::vector<TableWrites> tables;
  ConsumedMode consumed = ConsumedMode::none;
  bool item_collection_metrics = false;
};

struct TableAnswer {
  std::vector<std::size_t> unprocessed;  // positions in mutations
  std::optional<Consumption> consumption;
  std::vector<Item> partitions;  // distinct, of the items written, when item collections are asked for
};

Mutation read_request(const json::object& request, const std::string& table) {
  const json::object* put = read_object(request, "PutRequest");
  const json::object* erase = read_object(request, "DeleteRequest");
  if ((put == nullptr) == (erase == nullptr)) {
    throw_validation(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
  }
  Mutation mutation;
  mutation.table = table;
  if (erase != nullptr) {
    mutation.change = DeleteItemChange{read_attributes(*erase, "Key", Envelope::bare)};
    return mutation;
  }
  auto item = std::make_shared<const Item>(read_attributes(*put, "Item", Envelope::bare));
  if (size_of(*item) > kItemSizeLimit) throw_validation("Item size has exceeded the maximum allowed size");
  mutation.change = PutItemChange{.item = std::move(item), .style = PutStyle::batch};
  return mutation;
}

struct Member {
  Table* table;
  RowKey key;
  const Mutation* mutation;
  std::size_t table_position;
  std::size_t position;
};

// Tables, then keys, then duplicates: nothing is written when anything is wrong anywhere.
std::vector<Member> resolve_all(const BatchWrite& batch, Session& session) {
  std::vector<Table*> tables;
  for (const TableWrites& writes : batch.tables) tables.push_back(&session.item_table(writes.name));
  std::vector<Member> members;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto& mutations = batch.tables[t].mutations;
    for (std::size_t m = 0; m < mutations.size(); ++m) {
      members.push_back({tables[t], resolve(mutations[m], *tables[t]), &mutations[m], t, m});
    }
  }
  std::set<std::pair<const Table*, std::string_view>> seen;
  for (const Member& member : members) {
    if (!seen.emplace(member.table, member.key).second)
      throw_validation("Provided list of item keys contains duplicates");
  }
  return members;
}

void print_request(JsonText& out, const Mutation& mutation) {
  const bool put = std::holds_alternative<PutItemChange>(mutation.change);
  out.begin_object().key(put ? "PutRequest" : "DeleteRequest").begin_object();
  out.member(put ? "Item" : "Key", mutation.carried()).end_object().end_object();
}

void print(JsonText& out, const BatchWrite& batch, const std::vector<TableAnswer>& answers) {
  out.begin_object().key("UnprocessedItems").begin_object();
  for (std::size_t t = 0; t < answers.size(); ++t) {
    if (answers[t].unprocessed.empty()) continue;
    out.key(batch.tables[t].name_as_given).begin_array();
    for (const std::size_t position : answers[t].unprocessed) print_request(out, batch.tables[t].mutations[position]);
    out.end_array();
  }
  out.end_object();
  bool metrics = false;
  for (const TableAnswer& answer : answers) metrics = metrics || !answer.partitions.empty();
  if (metrics) {
    out.key("ItemCollectionMetrics").begin_object();
    for (std::size_t t = 0; t < answers.size(); ++t) {
      if (answers[t].partitions.empty()) continue;
      out.key(batch.tables[t].name_as_given).begin_array();
      for (const Item& partition : answers[t].partitions) print_item_collection(out, partition);
      out.end_array();
    }
    out.end_object();
  }
  std::vector<Consumption> consumptions;
  for (const TableAnswer& answer : answers) {
    if (answer.consumption) consumptions.push_back(*answer.consumption);
  }
  print_consumed_list(out, batch.consumed, consumptions);
  out.end_object();
}

void note_partition(std::vector<Item>& partitions, Item partition) {
  for (const Item& known : partitions) {
    if (known == partition) return;
  }
  partitions.push_back(std::move(partition));
}

Answer run(const std::shared_ptr<const BatchWrite>& batch, Session& session) {
  const auto members = resolve_all(*batch, session);
  std::vector<RivalTarget> targets;
  for (const Member& member : members) targets.push_back({member.table, &member.mutation->carried()});
  session.let_rivals_act(targets);

  BatchProgress progress(session, members.size());
  auto answers = std::make_shared<std::vector<TableAnswer>>(batch->tables.size());
  std::vector<store::Write> writes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    TableAnswer& answer = (*answers)[member.table_position];
    if (progress.is_left_out(i)) {
      answer.unprocessed.push_back(member.position);
      continue;
    }
    if (session.is_locked(*member.table, member.key)) {  // by an open transaction: to be tried again
      progress.note_undone();
      answer.unprocessed.push_back(member.position);
      continue;
    }
    const auto outcome = evaluate(*member.mutation, *member.table, member.table->rows.find(member.key));
    Consumption cost = write_consumption(*member.table, outcome.before, outcome.after);
    if (auto throttled = try_write(session, *member.table, member.key, cost)) {
      progress.note_throttled(*std::move(throttled));
      answer.unprocessed.push_back(member.position);
      continue;
    }
    progress.note_done();
    writes.push_back({member.table, member.key, outcome.after});
    cost.table = batch->tables[member.table_position].name_as_given;
    if (answer.consumption) {
      answer.consumption->add(cost);
    } else {
      answer.consumption = std::move(cost);
    }
    if (batch->item_collection_metrics && member.table->has_local_index()) {
      note_partition(answer.partitions, partition_key_of(member.table->schema, member.mutation->carried()));
    }
  }
  if (!writes.empty()) session.commit(writes);
  progress.finish(true);
  return [batch, answers](JsonText& out) { print(out, *batch, *answers); };
}

Prepared prepare(const json::object& body) {
  auto batch = std::make_shared<BatchWrite>();
  const json::object& request_items = *read_object(body, "RequestItems");
  if (request_items.empty()) throw_validation("The requestItems parameter is required for BatchWriteItem");
  std::size_t count = 0;
  for (const auto& entry : request_items) count += entry.value().as_array().size();
  if (count > kRequestsMax) throw_validation("Too many items requested for the BatchWriteItem call");
  for (const auto& entry : request_items) {
    TableWrites table;
    table.name_as_given = entry.key();
    table.name = plain_table_name(table.name_as_given);
    for (const auto& request : entry.value().as_array()) {
      table.mutations.push_back(read_request(request.as_object(), table.name));
    }
    batch->tables.push_back(std::move(table));
  }
  batch->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  batch->item_collection_metrics = read_string(body, "ReturnItemCollectionMetrics") == "SIZE";

  Prepared prepared;
  for (const TableWrites& table : batch->tables) {
    for (const Mutation& mutation : table.mutations) {
      prepared.touches.push_back(
          {.table = table.name, .index = {}, .carried = ItemPtr(batch, &mutation.carried()), .write = true});
    }
  }
  prepared.execute = [batch = std::shared_ptr<const BatchWrite>(batch)](Session& session) {
    return run(batch, session);
  };
  return prepared;
}

}  // namespace

constinit const Operation batch_write_item{.name = "BatchWriteItem",
                                           .groups = Group::write | Group::batch,
                                           .fields = kFields,
                                           .reply = kReply,
                                           .prepare = prepare};

}  // namespace fickle
