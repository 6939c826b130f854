// What the three PartiQL operations share: reading a statement with its parameters, what it touches, how one write runs. Not an
// operation.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <vector>

#include "emulator/engine/consumed.hh"
#include "emulator/engine/mutation.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/engine/single_write.hh"
#include "emulator/partiql/parser.hh"

namespace fickle {

// A statement of a request, parsed.
struct StatementRequest {
  partiql::Statement statement;
  Item equalities;  // what the WHERE clause says is equal; of an INSERT the item
  Consistency consistency = Consistency::eventual;
  bool return_old_on_failure = false;  // ReturnValuesOnConditionCheckFailure: ALL_OLD
  Bytes payload;                       // of statement and parameters
};

// Statement, Parameters, ConsistentRead, ReturnValuesOnConditionCheckFailure of a request or of one of its members. Throws ApiError.
[[nodiscard]] StatementRequest read_statement(const boost::json::object& body,
                                              partiql::Surface surface = partiql::Surface::statement);
// Shares ownership with `owner`, which holds the request.
[[nodiscard]] Touch touch_of(const StatementRequest& request, const std::shared_ptr<const void>& owner);
// What the touch says once the table's key is known: whether a DELETE says more than it.
void settle(const StatementRequest& request, Touch& touch, const KeyNames& key_names);
[[nodiscard]] Group group_of(const StatementRequest& request);  // read or write

// A write on its way: key and schema have been checked.
struct ResolvedWrite {
  Table* table = nullptr;
  Mutation mutation;
  RowKey key;
};
[[nodiscard]] ResolvedWrite resolve_write(const StatementRequest& request, Table& table);
// Does the write of member `position`. Throws ApiError, DuplicateItemException and ConditionalCheckFailedException among them.
[[nodiscard]] SingleWrite run_write(Session& session, const StatementRequest& request, const ResolvedWrite& write,
                                    std::size_t position);

// Adds to the list's entry of the same table, or makes one.
void add_consumption(std::vector<Consumption>& consumptions, const Consumption& cost);

}  // namespace fickle
