// One write of one item by itself (PutItem, UpdateItem, DeleteItem, PartiQL statements): capacity, conflicts with open transactions,
// commit. Under the universe's mutex. Rules: behaviour reference 4.2, 4.4, 8.4.
#pragma once

#include "emulator/engine/consumed.hh"
#include "emulator/engine/mutation.hh"
#include "emulator/engine/session.hh"

namespace fickle {

struct SingleWrite {
  MutationOutcome outcome;  // `condition_failed`: nothing was written, the caller words it
  Consumption consumption;
};

// What the conditions of the request (faults) want of this write.
struct ForcedWrite {
  ForcedCondition condition = ForcedCondition::none;
  bool conflict = false;
};

// `key` is what resolve() made of `mutation`. Throws ApiError: run-time errors of updates, throttling, TransactionConflictException.
[[nodiscard]] SingleWrite write_one(Session& session, Table& table, const RowKey& key, const Mutation& mutation,
                                    ForcedWrite forced);

}  // namespace fickle
