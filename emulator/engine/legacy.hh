// Legacy parameters of a request to the shared AST, with DynamoDB's words: api reads them, expr lowers them. Pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/api/reader.hh"
#include "emulator/expr/legacy.hh"

namespace fickle {

// Expected with ConditionalOperator; nullopt when there is none.
[[nodiscard]] std::optional<expr::Condition> lowered_expected(const boost::json::object& body, Envelope envelope);
// QueryFilter or ScanFilter with ConditionalOperator; nullopt when absent or empty.
[[nodiscard]] std::optional<expr::Condition> lowered_filter(const boost::json::object& body, std::string_view member);
// AttributeUpdates; nullopt when absent.
[[nodiscard]] std::optional<expr::Update> lowered_attribute_updates(const boost::json::object& body, Envelope envelope);
// KeyConditions: value checks done; the entries in the order given, empty when absent.
[[nodiscard]] std::vector<expr::LegacyCondition> read_key_conditions(const boost::json::object& body);

}  // namespace fickle
