// What PutItem, UpdateItem and DeleteItem share: reading their common members and running one Mutation. Not an operation.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "emulator/api/expression_params.hh"
#include "emulator/engine/consumed.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/mutation.hh"
#include "emulator/engine/prepared.hh"

namespace fickle {

// ReturnValues.
enum class ReturnValues { none, all_old, all_new, updated_old, updated_new };
[[nodiscard]] ReturnValues read_return_values(const boost::json::object& body);

// One write and how it is answered.
struct ItemWrite {
  Mutation mutation;
  std::string table_as_given;  // a name or an ARN: echoed in ConsumedCapacity
  ReturnValues return_values = ReturnValues::none;
  ConsumedMode consumed = ConsumedMode::none;
  bool item_collection_metrics = false;
};

// TableName, ReturnValuesOnConditionCheckFailure, ReturnConsumedCapacity, ReturnItemCollectionMetrics.
void read_common(const boost::json::object& body, ItemWrite& write);

[[nodiscard]] Prepared prepared_write(ItemWrite write);

}  // namespace fickle
