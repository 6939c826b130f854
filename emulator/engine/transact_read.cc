#include "emulator/engine/transact_read.hh"

#include <set>

#include "emulator/api/error.hh"
#include "emulator/engine/cancellation.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/transact.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr Bytes kReplyMax{4ULL * 1024 * 1024};

struct Member {
  Table* table = nullptr;
  RowKey key;
  ItemPtr item;
};

using Reasons = std::vector<CancelReason>;

// Missing tables and an item named twice end the request; a key that does not fit cancels it.
std::vector<Member> resolve_all(Session& session, std::span<const TransactRead> reads) {
  std::vector<Member> members;
  for (const TransactRead& read : reads) members.push_back({&session.item_table(read.table), {}, nullptr});
  std::set<std::pair<const Table*, RowKey>> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto key = row_key_of(members[i].table->schema.key, *reads[i].key);
    if (key && !seen.emplace(members[i].table, *key).second) throw_validation(std::string(kSameItemTwice));
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    try {
      members[i].key = check_key(members[i].table->schema, *reads[i].key);
      check_nested_key_access(*members[i].table, reads[i].paths);
    } catch (const ApiError& error) {
      Reasons reasons(members.size());
      reasons[i] = validation_reason(error.message());
      throw_cancelled(reasons);
    }
  }
  return members;
}

void check_conflicts(Session& session, const std::vector<Member>& members) {
  Reasons reasons(members.size());
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
std::vector<Consumption> admit(Session& session, std::span<const TransactRead> reads,
                               const std::vector<Member>& members) {
  std::vector<Charge> charges;
  std::vector<Consumption> consumptions;
  for (std::size_t i = 0; i < members.size(); ++i) {
    Consumption cost;
    cost.table = reads[i].table_as_given;
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

}  // namespace

TransactReadResult read_transaction(Session& session, std::span<const TransactRead> reads) {
  auto members = resolve_all(session, reads);
  std::vector<RivalTarget> targets;
  for (std::size_t i = 0; i < members.size(); ++i) targets.push_back({members[i].table, reads[i].key});
  session.let_rivals_act(targets);
  check_conflicts(session, members);
  Bytes size;
  TransactReadResult result;
  for (Member& member : members) {
    member.item = member.table->rows.find(member.key);
    if (member.item) size += size_of(*member.item);
    result.items.push_back(member.item);
  }
  if (size > kReplyMax)
    throw_validation("Collection size of items exceeded: the items of the transaction are over 4 MB");
  result.consumptions = admit(session, reads, members);
  return result;
}

}  // namespace fickle
