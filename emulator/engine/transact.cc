#include "emulator/engine/transact.hh"

#include <algorithm>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/engine/tokens.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

// A member on its way: `key` is empty until it is resolved.
struct Resolved {
  Table* table = nullptr;
  RowKey key;
  MutationOutcome outcome;
  Consumption cost;  // own units doubled
};

using Reasons = std::vector<CancelReason>;

void cancel_if_any(const Reasons& reasons) {
  if (any_reason(reasons)) throw_cancelled(reasons);
}

// Tables first, then empty keys, of indexes too: these end the request as a whole, and so does an item named twice. Everything else that the schema
// forbids is the reason of the first member it concerns.
std::vector<Resolved> resolve_all(Session& session, const TransactWrites& writes) {
  std::vector<Resolved> resolved(writes.members.size());
  for (std::size_t i = 0; i < resolved.size(); ++i)
    resolved[i].table = &session.item_table(writes.members[i].mutation.table);
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    check_no_empty_keys(writes.members[i].mutation, *resolved[i].table);
  }
  std::set<std::pair<const Table*, RowKey>> seen;
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    const auto key = row_key_of(resolved[i].table->schema.key, writes.members[i].mutation.carried());
    if (key && !seen.emplace(resolved[i].table, *key).second) throw_validation(std::string(kSameItemTwice));
  }
  Reasons reasons(resolved.size());
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    try {
      resolved[i].key = resolve(writes.members[i].mutation, *resolved[i].table);
    } catch (const ApiError& error) {
      reasons[i] = validation_reason(error.message());
      throw_cancelled(reasons);
    }
  }
  return resolved;
}

void check_conflicts(Session& session, const std::vector<Resolved>& resolved) {
  Reasons reasons(resolved.size());
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    if (session.is_locked(*resolved[i].table, resolved[i].key)) reasons[i] = conflict_reason();
  }
  cancel_if_any(reasons);
}

// Conditions and updates against the state before the transaction. Returned: what is wrong.
Reasons evaluate_all(Session& session, const TransactWrites& writes, std::vector<Resolved>& resolved) {
  const Conditions& conditions = session.conditions();
  Reasons reasons(resolved.size());
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    const TransactMember& member = writes.members[i];
    const Mutation& mutation = member.mutation;
    Resolved& one = resolved[i];
    const ItemPtr before = one.table->rows.find(one.key);
    const bool forced =
        conditions.conditional_check_failure && mutation.condition.has_value() && concerns(conditions, i);
    one.outcome = {MutationOutcome::Verdict::unchanged, before, before};
    try {
      one.outcome = evaluate(mutation, *one.table, before, forced ? ForcedCondition::fails : ForcedCondition::none);
    } catch (const ApiError& error) {
      reasons[i] = validation_reason(error.message());
    }
    if (one.outcome.verdict == MutationOutcome::Verdict::condition_failed) {
      reasons[i] = {member.failure_code, member.failure_message, old_item_member(mutation, before)};
      if (forced) session.effects().forced = true;
    }
    one.cost = write_consumption(*one.table, one.outcome.before, one.outcome.after);
    one.cost.own += one.cost.own;  // prepare and commit; indexes are written once
    one.cost.table = member.table_as_given;
  }
  return reasons;
}

void admit(Session& session, const std::vector<Resolved>& resolved) {
  std::vector<Charge> charges;
  for (const Resolved& one : resolved) charges.push_back({one.table, one.key, one.cost, ChargeKind::write});
  const auto throttled = try_all(session, charges);
  Reasons reasons(resolved.size());
  for (std::size_t i = 0; i < throttled.size(); ++i) {
    if (throttled[i]) reasons[i] = throttled_reason(*throttled[i]);
  }
  cancel_if_any(reasons);
}

void add_to(std::vector<Consumption>& consumptions, const Consumption& cost) {
  for (Consumption& known : consumptions) {
    if (known.table == cost.table) return known.add(cost);
  }
  consumptions.push_back(cost);
}

void note_collection(TransactResult& result, const std::string& table, Item partition) {
  auto found = std::find_if(result.item_collections.begin(), result.item_collections.end(),
                            [&](const auto& entry) { return entry.first == table; });
  if (found == result.item_collections.end()) {
    found = result.item_collections.insert(found, {table, {}});
  }
  auto& partitions = found->second;
  if (std::find(partitions.begin(), partitions.end(), partition) == partitions.end())
    partitions.push_back(std::move(partition));
}

// Of what a replay would have to read, in half units by member: "4,4,8".
std::string replay_cost(const std::vector<Resolved>& resolved) {
  std::string text;
  for (const Resolved& one : resolved) {
    const auto size = [](const ItemPtr& item) { return item ? size_of(*item) : Bytes{}; };
    const HalfUnits units =
        read_units(std::max(size(one.outcome.before), size(one.outcome.after)), Consistency::strong);
    if (!text.empty()) text += ',';
    text += std::to_string(units.count * 2);
  }
  return text;
}

TransactResult replay(const TransactWrites& writes, const std::string& costs) {
  TransactResult result;
  result.replayed = true;
  std::size_t at = 0;
  for (const TransactMember& member : writes.members) {
    const std::size_t end = std::min(costs.find(',', at), costs.size());
    Consumption cost;
    cost.table = member.table_as_given;
    cost.own = HalfUnits{std::stoll(costs.substr(at, end - at))};
    add_to(result.consumptions, cost);
    at = std::min(end + 1, costs.size());
  }
  return result;
}

// Everything becomes visible together.
TransactResult commit_all(Session& session, const TransactWrites& writes, const std::vector<Resolved>& resolved) {
  TransactResult result;
  std::vector<store::Write> changes;
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    const Resolved& one = resolved[i];
    const TransactMember& member = writes.members[i];
    result.outcomes.push_back(one.outcome);
    add_to(result.consumptions, one.cost);
    if (std::holds_alternative<CheckItemChange>(member.mutation.change)) continue;
    changes.push_back({one.table, one.key, one.outcome.after});
    if (one.table->has_local_index()) {
      note_collection(result, member.table_as_given, partition_key_of(one.table->schema, member.mutation.carried()));
    }
  }
  session.commit(changes);
  finish_token(session, writes.token, writes.fingerprint, replay_cost(resolved));
  return result;
}

// The keys of an open transaction, locked while it is held. What is locked under this transaction's id is unlocked at the end, whatever
// happened in between; a universe that was reset meanwhile has forgotten the locks.
class HeldKeys {
 public:
  HeldKeys(Session& session, const std::vector<Resolved>& resolved) : id_(session.new_uuid("transaction")) {
    for (const Resolved& one : resolved) {
      keys_.push_back({one.table->schema.name, one.key});
      session.universe().locks[keys_.back()] = id_;
    }
  }
  // Whether all were still held.
  [[nodiscard]] bool release(Session& session) const {
    auto& locks = session.universe().locks;
    bool all = true;
    for (const LockedKey& key : keys_) {
      const auto found = locks.find(key);
      const bool own = found != locks.end() && found->second == id_;
      if (own) locks.erase(found);
      all = all && own;
    }
    return all;
  }

 private:
  std::string id_;
  std::vector<LockedKey> keys_;
};

// Conditions were checked and keys are locked; the writes follow when the hold is over. The tables are looked up anew: they may be gone.
Answer finish_hold(Session& session, const TransactWrites& writes, std::vector<Resolved> resolved, const HeldKeys& held,
                   const TransactAnswer& answer) {
  const bool undisturbed = held.release(session);
  try {
    for (std::size_t i = 0; i < resolved.size(); ++i)
      resolved[i].table = &session.item_table(writes.members[i].mutation.table);
    if (!undisturbed) throw_cancelled(Reasons(resolved.size(), conflict_reason()));
    return answer(commit_all(session, writes, resolved));
  } catch (...) {
    drop_token(session, writes.token);
    throw;
  }
}

}  // namespace

Answer run_transaction(Session& session, std::shared_ptr<const TransactWrites> writes, TransactAnswer answer) {
  if (const auto costs = replayed_answer(session, writes->token, writes->fingerprint)) {
    return answer(replay(*writes, *costs));
  }
  auto resolved = resolve_all(session, *writes);
  std::vector<RivalTarget> targets;
  for (std::size_t i = 0; i < resolved.size(); ++i)
    targets.push_back({resolved[i].table, &writes->members[i].mutation.carried()});
  session.let_rivals_act(targets);
  check_conflicts(session, resolved);
  const Reasons reasons = evaluate_all(session, *writes, resolved);
  admit(session, resolved);
  cancel_if_any(reasons);

  const auto& model = session.universe().models.transaction_hold;
  const Duration hold = model ? sample(*model, session.universe().dice.draw("transactions", "hold")) : Duration{0};
  if (hold <= Duration{0}) return answer(commit_all(session, *writes, resolved));
  hold_token(session, writes->token, writes->fingerprint);
  HeldKeys held(session, resolved);
  session.pause_then(hold, [writes = std::move(writes), resolved = std::move(resolved), held = std::move(held),
                            answer = std::move(answer)](Session& later) {
    return finish_hold(later, *writes, resolved, held, answer);
  });
  return {};
}

}  // namespace fickle
