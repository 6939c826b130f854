#include "emulator/engine/rivals.hh"

#include "emulator/engine/table_rules.hh"

namespace fickle {

namespace {

// A number grows by one; anything else becomes a fresh string. A missing item is created with its key. Nothing where the request carries
// less than a whole key (a query of a partition).
void touch(Session& session, Table& table, const Item& key, const std::string& attribute) {
  const auto found = row_key_of(table.schema.key, key);
  if (!found) return;
  const RowKey& row_key = *found;
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

// The members that a rival may touch.
std::vector<RivalTarget> concerned(const Conditions& conditions, std::span<const RivalTarget> members) {
  std::vector<RivalTarget> targets;
  if (!conditions.members) {
    if (!members.empty()) targets.push_back(members.front());
    return targets;
  }
  for (const std::size_t position : *conditions.members) {
    if (position < members.size()) targets.push_back(members[position]);
  }
  return targets;
}

}  // namespace

bool run_rivals(Session& session, std::span<const RivalTarget> members) {
  const std::uint64_t commits = session.universe().commits;
  for (const auto& rival : session.conditions().rivals) {
    if (const auto* by_touch = std::get_if<RivalTouch>(&rival)) {
      for (const RivalTarget& target : concerned(session.conditions(), members)) {
        if (target.key != nullptr) touch(session, *target.table, *target.key, by_touch->attribute);
      }
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
