// boost::json::value to text as DynamoDB prints JSON: no blanks, members in their order, integers as they are, doubles as
// the shortest text that reads back the same, never with an exponent and always with a point (1.0, 0.5).
// Thread-safety: pure functions. Recursion is as deep as the value, which parse_json bounds.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace fickle {

void append_json_text(std::string& out, const boost::json::value& value);
void append_json_text(std::string& out, const boost::json::object& object);
void append_json_number(std::string& out, double value);  // infinite or not a number: null
[[nodiscard]] std::string json_text(const boost::json::value& value);
[[nodiscard]] std::string json_text(const boost::json::object& object);

}  // namespace fickle
