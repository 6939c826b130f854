// Keys as requests describe them: AttributeDefinitions, the KeySchema of a table or an index, the Projection of an index, with the rules that
// need no table (behaviour reference 3.3, 3.4). Values; every function throws ApiError.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "emulator/store/schema.hh"

namespace fickle {

// AttributeDefinitions, in the order of the request.
struct Definitions {
  std::vector<KeyAttribute> list;
  [[nodiscard]] const KeyAttribute* find(std::string_view name) const;
};
[[nodiscard]] Definitions read_definitions(const boost::json::object& body);

// A key schema against the definitions.
enum class SchemaKind { table, local_index, global_index };
[[nodiscard]] KeySchema read_key_schema(const boost::json::object& owner, const Definitions& definitions,
                                        SchemaKind kind);

[[nodiscard]] IndexProjection read_projection(const boost::json::object& owner);

// As error texts list names: [a, b].
[[nodiscard]] std::string bracketed(const std::vector<std::string>& names);
[[nodiscard]] std::vector<std::string> names_of(const Definitions& definitions);

}  // namespace fickle
