// The parameters from before expressions, read into plain structs of the same members as expr/legacy.hh has, so that the engine
// converts one into the other. Shapes and constraints have been checked; what the members mean together is expr's business.
// Source: behaviour reference 6.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/reader.hh"

namespace fickle::legacy {

// One entry of Expected, KeyConditions, QueryFilter or ScanFilter. Absent members are nullopt.
struct Condition {
  std::string attribute;
  std::optional<std::string> comparison;     // "EQ": one of the enum's, constraints have seen to that
  std::optional<std::vector<Value>> values;  // AttributeValueList
  std::optional<Value> value;                // Expected only
  std::optional<bool> exists;                // Expected only
};

struct AttributeUpdate {
  std::string attribute;
  enum class Action { put, add, remove } action = Action::put;  // remove: "DELETE"
  std::optional<Value> value;
};

enum class Conjunction { all, any };

// Entries in the order of the document; empty when the member is absent or {}. Throws ApiError on a bad value.
[[nodiscard]] std::vector<Condition> read_conditions(const boost::json::object& body, std::string_view member,
                                                     Envelope envelope);
// nullopt when the member is absent: {} is an update without actions.
[[nodiscard]] std::optional<std::vector<AttributeUpdate>> read_attribute_updates(const boost::json::object& body,
                                                                                 Envelope envelope);
// ConditionalOperator for `conditions` entries of Expected or a filter; all when absent. Throws ApiError when it is given and has
// nothing to join.
[[nodiscard]] Conjunction read_conjunction(const boost::json::object& body, std::size_t conditions);
// AttributesToGet; nullopt when absent. Throws ApiError when a name is there twice.
[[nodiscard]] std::optional<std::vector<std::string>> read_attributes_to_get(const boost::json::object& body);

}  // namespace fickle::legacy
