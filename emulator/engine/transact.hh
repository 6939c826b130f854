// A write transaction over any Mutations (TransactWriteItems, PartiQL's ExecuteTransaction): all or nothing, in DynamoDB's order of checks;
// idempotency tokens, enforced capacity, conflicts with open transactions, and the hold that makes a transaction last (simulation
// transactions.hold). Under the universe's mutex. Rules: behaviour reference 8.3-8.5.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emulator/engine/cancellation.hh"
#include "emulator/engine/consumed.hh"
#include "emulator/engine/mutation.hh"

namespace fickle {

struct TransactMember {
  Mutation mutation;
  std::string table_as_given;  // a name or an ARN: echoed in ConsumedCapacity
  // What a failed condition is reported as.
  std::string failure_code = "ConditionalCheckFailed";
  std::string failure_message = "The conditional request failed";
};

struct TransactWrites {
  std::vector<TransactMember> members;
  std::string token;        // within its own name space, or empty
  std::string fingerprint;  // of the request's content, when there is a token
};

struct TransactResult {
  bool replayed = false;                  // nothing was done: the token had been used for the same request
  std::vector<Consumption> consumptions;  // one per table as given, in order of first appearance
  std::vector<MutationOutcome> outcomes;  // by member; empty when replayed
  // Partition keys of what was written to tables with a local index, by table as given, each once.
  std::vector<std::pair<std::string, std::vector<Item>>> item_collections;
};

// Runs the transaction; `answer` makes the reply of what came of it, at the end of a hold if there is one. `writes` is shared with that
// moment. Throws ApiError: what is wrong with the whole request, or TransactionCanceledException.
using TransactAnswer = std::function<Answer(TransactResult)>;
[[nodiscard]] Answer run_transaction(Session& session, std::shared_ptr<const TransactWrites> writes,
                                     TransactAnswer answer);

// "Transaction request cannot include multiple operations on one item".
inline constexpr std::string_view kSameItemTwice = "Transaction request cannot include multiple operations on one item";

}  // namespace fickle
