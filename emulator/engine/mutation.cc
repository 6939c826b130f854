#include "emulator/engine/mutation.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/vector_rules.hh"
#include "emulator/value/item_size.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

namespace {

const Item kNoItem;

Bytes key_size(const TableSchema& schema, const Item& item) {
  Bytes size;
  for (const KeyAttribute* attribute : schema.key.all()) {
    if (const Value* value = item.find(attribute->name)) size += Bytes{attribute->name.size()} + size_of(*value);
  }
  return size;
}

// What an action adds to the size of an update, measured on the service (behaviour reference 2.5).
std::uint64_t price_of(const expr::UpdateAction& action) {
  constexpr std::uint64_t kClears = 2;
  constexpr std::uint64_t kWrites = 19;
  constexpr std::uint64_t kWritesElement = kWrites + 1;  // through an index of a list
  constexpr std::uint64_t kCalculates = kWrites + 50;    // a + b, a - b
  if (std::holds_alternative<expr::AddAction>(action)) return kWrites;
  const auto* set = std::get_if<expr::SetAction>(&action);
  if (set == nullptr) return kClears;
  if (std::holds_alternative<expr::Arithmetic>(set->value.node)) return kCalculates;
  return std::holds_alternative<std::uint32_t>(set->target.elements.back()) ? kWritesElement : kWrites;
}

// The plain size, or the size without the key plus the prices of update and actions, whichever is more.
Bytes gate_size(const UpdateItemChange& change, const TableSchema& schema, const Item& after) {
  const Bytes flat = size_of(after);
  if (change.flat_size) return flat;
  Bytes prices{3};
  for (const auto& action : change.update.actions) prices += Bytes{price_of(action)};
  return std::max(flat, flat - key_size(schema, after) + prices);
}

bool creates_item(const UpdateItemChange& change) {
  const auto& actions = change.update.actions;
  if (actions.empty()) return true;
  return std::any_of(actions.begin(), actions.end(), [](const auto& action) {
    return std::holds_alternative<expr::SetAction>(action) || std::holds_alternative<expr::AddAction>(action);
  });
}

// Attributes that are set to what only the item can tell: a copy, a sum, a function.
std::vector<std::string> computed_attributes(const UpdateItemChange& change) {
  std::vector<std::string> names;
  for (const auto& action : change.update.actions) {
    const auto* set = std::get_if<expr::SetAction>(&action);
    if (set == nullptr || !set->target.is_top_level() || std::holds_alternative<Value>(set->value.node)) continue;
    names.push_back(set->target.root());
  }
  return names;
}

MutationOutcome changed(const ItemPtr& before, ItemPtr after) {
  const bool same =
      (before == nullptr && after == nullptr) || (before != nullptr && after != nullptr && *before == *after);
  return {same ? MutationOutcome::Verdict::unchanged : MutationOutcome::Verdict::changed, before,
          same ? before : std::move(after)};
}

MutationOutcome evaluate_update(const UpdateItemChange& change, const Table& table, const ItemPtr& before) {
  if (before == nullptr && !creates_item(change)) return {MutationOutcome::Verdict::unchanged, nullptr, nullptr};
  auto applied = expr::apply(change.update, before ? *before : change.key,
                             before ? expr::ItemExisted::yes : expr::ItemExisted::no);
  if (!applied) throw_validation(words(applied.error()));
  auto after = std::make_shared<const Item>(std::move(applied).value());
  if (!table.indexes.empty()) {
    check_updated_index_keys(table, before ? *before : change.key, *after, computed_attributes(change));
  }
  check_vectors(table, before.get(), *after);
  if (gate_size(change, table.schema, *after) > kItemSizeLimit) {
    throw_validation("Item size to update has exceeded the maximum allowed size");
  }
  return changed(before, std::move(after));
}

}  // namespace

const Item& Mutation::carried() const {
  if (const auto* put = std::get_if<PutItemChange>(&change)) return *put->item;
  if (const auto* update = std::get_if<UpdateItemChange>(&change)) return update->key;
  if (const auto* erase = std::get_if<DeleteItemChange>(&change)) return erase->key;
  return std::get<CheckItemChange>(change).key;
}

RowKey resolve(const Mutation& mutation, const Table& table) {
  RowKey key;
  if (const auto* put = std::get_if<PutItemChange>(&mutation.change)) {
    key = check_put_item(table, *put->item, put->style);
  } else {
    key = check_key(table.schema, mutation.carried());
  }
  if (const auto* update = std::get_if<UpdateItemChange>(&mutation.change)) {
    check_update_targets(table.schema, update->targets);
    check_written_index_types(table, update->update);
    check_nested_key_access(table, expr::paths_of(update->update));
  }
  if (mutation.condition) check_nested_key_access(table, expr::paths_of(*mutation.condition));
  return key;
}

void check_no_empty_keys(const Mutation& mutation, const Table& table) {
  check_no_empty_key(table.schema, mutation.carried());
  if (table.indexes.empty()) return;
  if (const auto* put = std::get_if<PutItemChange>(&mutation.change)) check_no_empty_index_key(table, *put->item);
  if (const auto* update = std::get_if<UpdateItemChange>(&mutation.change)) {
    check_no_empty_written_index_key(table, update->update);
  }
}

MutationOutcome evaluate(const Mutation& mutation, const Table& table, const ItemPtr& before, ForcedCondition forced) {
  if (mutation.condition) {
    const bool holds =
        forced == ForcedCondition::none && expr::evaluate(*mutation.condition, before ? *before : kNoItem);
    if (!holds) return {MutationOutcome::Verdict::condition_failed, before, before};
  }
  if (const auto* put = std::get_if<PutItemChange>(&mutation.change)) return changed(before, put->item);
  if (const auto* update = std::get_if<UpdateItemChange>(&mutation.change))
    return evaluate_update(*update, table, before);
  if (std::holds_alternative<DeleteItemChange>(mutation.change)) return changed(before, nullptr);
  return {MutationOutcome::Verdict::unchanged, before, before};
}

std::string old_item_member(const Mutation& mutation, const ItemPtr& before) {
  if (!mutation.return_old_on_failure || before == nullptr) return {};
  std::string member = "\"Item\":";
  append_json(member, *before);
  return member;
}

void throw_condition_failed(const Mutation& mutation, const ItemPtr& before) {
  throw ApiError("ConditionalCheckFailedException", "The conditional request failed",
                 old_item_member(mutation, before));
}

}  // namespace fickle
