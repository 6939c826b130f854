#include "emulator/partiql/lower.hh"

#include "emulator/api/error.hh"
#include "emulator/partiql/key_terms.hh"

namespace fickle::partiql {

namespace {

using expr::Condition;

Condition presence(const Table& table, expr::Test test) {
  const expr::Path hash{{table.schema.key.hash.front().name}};
  return {expr::FunctionTest{test, {expr::Operand{hash}}}};
}

// The item is there, and the clause holds of it.
Condition of_existing(const std::optional<Condition>& where, const Table& table) {
  expr::And all{{expr::boxed(presence(table, expr::Test::attribute_exists))}};
  if (where) all.terms.push_back(expr::boxed(*where));
  return {std::move(all)};
}

Item key_in_where(const std::optional<Condition>& where, const Table& table) {
  auto key = key_of(where, table.schema.key);
  if (!key) throw_validation("Where clause does not contain a mandatory equality on all key attributes");
  return *std::move(key);
}

}  // namespace

Mutation lower_write(const Statement& statement, const Table& table) {
  Mutation mutation{.table = table.schema.name, .change = CheckItemChange{}, .condition = {}};
  if (const auto* insert = std::get_if<Insert>(&statement)) {
    mutation.change = PutItemChange{.item = insert->item};
    mutation.condition = presence(table, expr::Test::attribute_not_exists);
    return mutation;
  }
  const auto& where = *where_of(statement);
  Item key = key_in_where(where, table);
  if (const auto* update = std::get_if<Update>(&statement)) {
    mutation.change = UpdateItemChange{
        .key = std::move(key), .update = update->update, .targets = update->targets, .flat_size = true};
    mutation.condition = of_existing(where, table);
  } else if (std::holds_alternative<Delete>(statement)) {
    mutation.change = DeleteItemChange{std::move(key)};
    if (says_more_than_key(where, table.schema.key)) {
      expr::Or any{{expr::boxed(presence(table, expr::Test::attribute_not_exists)), expr::boxed(*where)}};
      mutation.condition = Condition{std::move(any)};
    }
  } else {
    mutation.change = CheckItemChange{std::move(key)};
    mutation.condition = of_existing(where, table);
  }
  return mutation;
}

RowKey key_of_read(const Select& select, const Table& table, std::string_view operation) {
  const auto key = select.from.index.empty() ? key_of(select.where, table.schema.key) : std::nullopt;
  if (!key) {
    throw_validation("Select statements within " + std::string(operation) +
                     " must specify the primary key in the where clause.");
  }
  return check_key(table.schema, *key);
}

std::optional<RowKey> key_of(const Statement& statement, const Table& table) {
  if (const auto* insert = std::get_if<Insert>(&statement)) return row_key_of(table.schema.key, *insert->item);
  const auto key = key_of(*where_of(statement), table.schema.key);
  return key ? row_key_of(table.schema.key, *key) : std::nullopt;
}

void throw_failed(const Statement& statement, const Mutation& mutation, const ItemPtr& before) {
  if (!std::holds_alternative<Insert>(statement)) throw_condition_failed(mutation, before);
  throw ApiError("DuplicateItemException", std::string(kDuplicateItem), old_item_member(mutation, before));
}

ItemPtr returned_item(const Statement& statement, const MutationOutcome& outcome) {
  const auto fragment = [&](const ItemPtr& image) -> ItemPtr {
    if (image == nullptr) return nullptr;
    auto part = std::make_shared<const Item>(expr::fragment(std::get<Update>(statement).targets, *image));
    return part->empty() ? nullptr : part;
  };
  switch (returning_of(statement)) {
    case Returning::none: return nullptr;
    case Returning::all_old: return outcome.before;
    case Returning::all_new: return outcome.after;
    case Returning::modified_old: return fragment(outcome.before);
    case Returning::modified_new: return fragment(outcome.after);
  }
  return nullptr;
}

Item row_of(const Select& select, const Item& item) {
  if (!select.paths) return item;
  Item row;
  for (const expr::Path& path : *select.paths) {
    const Value* value = expr::resolve(path, item);
    if (value == nullptr) continue;
    std::string name;
    for (const expr::PathElement& element : path.elements) {
      const auto* own = std::get_if<std::string>(&element);
      name = own != nullptr ? *own : name + "[" + std::to_string(std::get<std::uint32_t>(element)) + "]";
    }
    row.set(std::move(name), *value);
  }
  return row;
}

}  // namespace fickle::partiql
