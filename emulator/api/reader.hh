// Typed reading of a request body whose shapes have been checked. Absent and null members read as nullopt / nullptr / empty.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/api/field.hh"
#include "emulator/value/value.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

[[nodiscard]] const boost::json::value* find_member(const boost::json::object& body,
                                                    std::string_view name);  // nullptr if absent or null
[[nodiscard]] std::optional<std::string> read_string(const boost::json::object& body, std::string_view name);
[[nodiscard]] std::optional<bool> read_bool(const boost::json::object& body, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> read_integer(const boost::json::object& body, std::string_view name);
[[nodiscard]] const boost::json::object* read_object(const boost::json::object& body, std::string_view name);
[[nodiscard]] const boost::json::array* read_array(const boost::json::object& body, std::string_view name);
[[nodiscard]] std::vector<std::string> read_strings(const boost::json::object& body, std::string_view name);

// Single values, in the forms the service converts: a boolean may be the text true/false/yes/no/1/0 in any case, an integer may be a
// fraction (it is floored) and is clamped to its type's range.
[[nodiscard]] std::optional<bool> boolean_of_text(std::string_view text);
[[nodiscard]] bool boolean_of(const boost::json::value& value);
[[nodiscard]] std::int64_t integer_of(const boost::json::value& value, Shape shape = Shape::long_integer);

// The English of a bad value (behaviour reference 2.2), without any wrapper.
[[nodiscard]] std::string words(const ValueError& error);
[[nodiscard]] std::string words(NumberError error, std::string_view text);

// Which of DynamoDB's wrappings the operation gives to semantic errors (behaviour reference 1.6 b): PutItem and UpdateItem put
// "1 validation error detected: " before some families.
enum class Envelope { bare, detected };

// An Item or Key member. Throws ApiError on a bad value. Precondition: the member is there (constraints checked).
[[nodiscard]] Item read_attributes(const boost::json::object& body, std::string_view name, Envelope envelope);
// `words(error)` in the operation's envelope: prefixed for NULL:false, empty sets and duplicates when `detected`.
[[noreturn]] void throw_value_error(const ValueError& error, Envelope envelope);

}  // namespace fickle
