#include "emulator/engine/single_write.hh"

#include "emulator/api/error.hh"
#include "emulator/engine/capacity_gate.hh"

namespace fickle {

SingleWrite write_one(Session& session, Table& table, const RowKey& key, const Mutation& mutation, ForcedWrite forced) {
  SingleWrite write;
  write.outcome = evaluate(mutation, table, table.rows.find(key), forced.condition);
  write.consumption = write_consumption(table, write.outcome.before, write.outcome.after);
  admit_write(session, table, key, write.consumption);
  if (session.is_locked(table, key) || forced.conflict) {
    if (forced.conflict) session.effects().forced = true;
    throw ApiError("TransactionConflictException", "Transaction is ongoing for the item");
  }
  if (write.outcome.verdict == MutationOutcome::Verdict::condition_failed) {
    if (forced.condition == ForcedCondition::fails) session.effects().forced = true;
    return write;
  }
  const store::Write change{&table, key, write.outcome.after};
  session.commit({&change, 1});
  return write;
}

}  // namespace fickle
