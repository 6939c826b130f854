// DynamoDB JSON <-> Value. Reading takes JSON whose kinds have been checked already (api/shape_check answers SerializationException),
// and reports facts, not words: api/value_words writes the English.
// Document order is the order of checks (behaviour reference 2.2).
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "emulator/core/result.hh"
#include "emulator/value/value.hh"

namespace fickle {

struct ValueError {
  enum class Kind {
    empty,       // no known datatype member
    number,      // see number_error, text
    null_false,  // {"NULL": false}
    empty_string_set,
    empty_number_set,
    empty_binary_set,
    duplicate_strings,  // text: the members joined by ", " in request order
    duplicate_numbers,
    duplicate_binaries,  // text: base64 joined by ", "
    several_types,
    too_deep,
    empty_name,  // an attribute name of 0 bytes
    long_name,   // of more than 65,535
  };
  Kind kind{};
  NumberError number_error{};
  std::string text;  // the offending number or members
};

[[nodiscard]] Result<Value, ValueError> read_value(const boost::json::value& value);
[[nodiscard]] Result<Item, ValueError> read_item(const boost::json::object& object);

// Prints {"S":"x"} and {"name":{"S":"x"},...}; DynamoDB's own way: sets sorted, numbers canonical, binaries base64.
void append_json(std::string& out, const Value& value);
void append_json(std::string& out, const Item& item);

}  // namespace fickle
