#include "emulator/ops/item_write.hh"

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/session.hh"
#include "emulator/engine/single_write.hh"

namespace fickle {

namespace {

const std::vector<expr::Path>* update_targets(const Mutation& mutation) {
  const auto* update = std::get_if<UpdateItemChange>(&mutation.change);
  return update == nullptr ? nullptr : &update->targets;
}

// The member "Attributes" of the reply; nullptr when it is left out.
ItemPtr returned_attributes(const ItemWrite& write, const MutationOutcome& outcome) {
  const auto fragment = [&](const ItemPtr& image) -> ItemPtr {
    const auto* targets = update_targets(write.mutation);
    if (image == nullptr || targets == nullptr) return nullptr;
    auto part = std::make_shared<const Item>(expr::fragment(*targets, *image));
    return part->empty() ? nullptr : part;
  };
  switch (write.return_values) {
    case ReturnValues::none: return nullptr;
    case ReturnValues::all_old: return outcome.before;
    case ReturnValues::all_new: return outcome.after;
    case ReturnValues::updated_old: return fragment(outcome.before);
    case ReturnValues::updated_new: return fragment(outcome.after);
  }
  return nullptr;
}

Answer run(const std::shared_ptr<const ItemWrite>& write, Session& session) {
  const Mutation& mutation = write->mutation;
  Table& table = session.item_table(mutation.table);
  const RowKey key = resolve(mutation, table);
  session.let_rivals_act(table, mutation.carried());
  const Conditions& conditions = session.conditions();
  const bool force_failure = conditions.conditional_check_failure && mutation.condition.has_value();
  SingleWrite written = write_one(session, table, key, mutation,
                                  {.condition = force_failure ? ForcedCondition::fails : ForcedCondition::none});
  const MutationOutcome& outcome = written.outcome;
  if (outcome.verdict == MutationOutcome::Verdict::condition_failed) throw_condition_failed(mutation, outcome.before);

  Consumption consumption = std::move(written.consumption);
  consumption.table = write->table_as_given;
  const bool metrics = write->item_collection_metrics && table.has_local_index();
  Item partition = metrics ? partition_key_of(table.schema, mutation.carried()) : Item{};
  return [write, attributes = returned_attributes(*write, outcome), consumption = std::move(consumption), metrics,
          partition = std::move(partition)](JsonText& out) {
    out.begin_object();
    if (attributes) out.member("Attributes", *attributes);
    print_consumed(out, write->consumed, consumption);
    if (metrics) {
      out.key("ItemCollectionMetrics");
      print_item_collection(out, partition);
    }
    out.end_object();
  };
}

}  // namespace

ReturnValues read_return_values(const boost::json::object& body) {
  const std::string text = read_string(body, "ReturnValues").value_or("NONE");
  if (text == "ALL_OLD") return ReturnValues::all_old;
  if (text == "ALL_NEW") return ReturnValues::all_new;
  if (text == "UPDATED_OLD") return ReturnValues::updated_old;
  if (text == "UPDATED_NEW") return ReturnValues::updated_new;
  return ReturnValues::none;
}

void read_common(const boost::json::object& body, ItemWrite& write) {
  write.table_as_given = read_string(body, "TableName").value_or("");
  write.mutation.table = plain_table_name(write.table_as_given);
  write.mutation.return_old_on_failure = read_string(body, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
  write.consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  write.item_collection_metrics = read_string(body, "ReturnItemCollectionMetrics") == "SIZE";
}

Prepared prepared_write(ItemWrite write) {
  const auto shared = std::make_shared<const ItemWrite>(std::move(write));
  const Mutation& mutation = shared->mutation;
  // Shares ownership with the write: the carried Key or Item is not copied.
  Touch touch{.table = mutation.table,
              .index = {},
              .carried = ItemPtr(shared, &mutation.carried()),
              .write = true,
              .conditional = mutation.condition.has_value()};
  return {.touches = {std::move(touch)},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .settle = {},
          .execute = [shared](Session& session) { return run(shared, session); }};
}

}  // namespace fickle
