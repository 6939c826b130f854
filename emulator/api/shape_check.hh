// JSON kinds against a field table: the first mismatch ends the request with SerializationException (behaviour reference 1.7).
#pragma once

#include <boost/json/fwd.hpp>
#include <span>

#include "emulator/api/field.hh"

namespace fickle {

// Unknown members are ignored, null members count as absent. Booleans given as strings are accepted as DynamoDB does; readers
// (reader.hh) know that too.
void check_shapes(const boost::json::object& body, std::span<const Field> fields);

}  // namespace fickle
