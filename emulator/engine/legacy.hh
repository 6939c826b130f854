// Legacy parameters of a request to the shared AST, with DynamoDB's words: api reads them, expr lowers them.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/expr/legacy.hh"

namespace fickle {

// Expected with ConditionalOperator; nullopt when there is none.
[[nodiscard]] std::optional<expr::Condition> lowered_expected(const boost::json::object& body);
// QueryFilter or ScanFilter with ConditionalOperator; nullopt when absent or empty.
[[nodiscard]] std::optional<expr::Condition> lowered_filter(const boost::json::object& body, std::string_view member);
// AttributeUpdates; nullopt when absent.
[[nodiscard]] std::optional<expr::Update> lowered_attribute_updates(const boost::json::object& body);
// KeyConditions: value checks done; the entries in the order given.
[[nodiscard]] std::vector<expr::LegacyCondition> read_key_condition_entries(const boost::json::object& body);

}  // namespace fickle
