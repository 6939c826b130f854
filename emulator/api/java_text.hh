// Request values as the service's Java classes print themselves, for the value shown in constraint errors: '[a, b]', '{k=v}',
// 'KeySchemaElement(attributeName=pk, keyType=HASH)'. Attribute values print as an object identity, as DynamoDB's do; here the
// identity is a hash of the content, so that the same request gives the same text. Pure functions, thread-safe.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "emulator/api/field.hh"

namespace fickle {

[[nodiscard]] std::string lower_first(std::string_view name);  // "KeySchema" -> "keySchema"
// Precondition: check_shapes passed.
[[nodiscard]] std::string java_text(const boost::json::value& value, const Field& field);

}  // namespace fickle
