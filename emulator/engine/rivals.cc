#include "emulator/engine/rivals.hh"

#include "emulator/engine/table_rules.hh"

namespace fickle {

namespace {

// A number grows by one; anything else becomes a fresh string. A missing item is created with its key.
void touch(Session& session, Table& table, const Item& key, const std::string& attribute) {
  const RowKey row_key = row_key_of(table.schema.key, key).value();
  const ItemPtr before = table.rows.find(row_key);
  Item after = before ? *before : key_attributes_of(table.schema.key, key);
  const Value* old = after.find(attribute);
  const Number* number = old != nullptr ? old->as_number() : nullptr;
  Value fresh = Value::string("rival-" + session.new_uuid("rival"));
  if (number != nullptr) {
    if (auto sum = number->plus(Number::of(1)); sum.ok()) fresh = Value::number(sum.value());
  }
  after.set(attribute, std::move(fresh));
  const store::Write write{&table, row_key, std::make_shared<const Item>(std::move(after))};
  store::commit(session.universe(), {&write, 1});
}

}  // namespace

bool run_rivals(Session& session, Table& table, const Item& key) {
  const std::uint64_t commits = session.universe().commits;
  for (const auto& rival : session.conditions().rivals) {
    if (const auto* by_touch = std::get_if<RivalTouch>(&rival)) {
      touch(session, table, key, by_touch->attribute);
      continue;
    }
    const Conditions none;
    Session own(session.universe(), session.call(), none);
    try {
      (void)std::get<RivalCall>(rival).call->execute(own);
    } catch (const ApiError&) {  // the rival lost by itself (its condition failed): nature has decided
    }
  }
  return session.universe().commits != commits;
}

}  // namespace fickle
