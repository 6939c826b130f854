// The expression members of a request, read and checked at request level (behaviour reference 5.9 #1-#5): mixing with legacy members,
// ExpressionAttributeNames/Values without an expression, empty maps, bad keys, bad values. Compiling the texts is the engine's.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/api/reader.hh"

namespace fickle {

// Which members an operation has, in the order its messages name them (behaviour reference 13.2).
struct ExpressionRules {
  std::span<const std::string_view> legacy;       // "AttributeUpdates", "Expected"
  std::span<const std::string_view> expressions;  // "UpdateExpression", "ConditionExpression"
  std::span<const std::string_view> with_values;  // those of `expressions` that can use values
  Envelope envelope = Envelope::bare;             // for the families that the operation prefixes
  Envelope envelope_unused = Envelope::bare;      // unused names and values, empty values map
};

struct ExpressionParams {
  std::map<std::string, std::string, std::less<>> names;
  std::map<std::string, Value, std::less<>> values;
  bool has_names = false;
  bool has_values = false;
  std::map<std::string, std::string, std::less<>> texts;                 // by member name, only those present
  [[nodiscard]] const std::string* text(std::string_view member) const;  // nullptr when absent
};

[[nodiscard]] ExpressionParams read_expression_params(const boost::json::object& body, const ExpressionRules& rules);

}  // namespace fickle
