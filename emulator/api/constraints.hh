// Collected constraint errors: all violations of the field table, at most 10, in table order, in one ValidationException
// ("2 validation errors detected: ..."; behaviour reference 1.6a).
#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "emulator/api/field.hh"

namespace fickle {

// Precondition: check_shapes passed. Throws ApiError when anything is violated.
void check_constraints(const boost::json::object& body, std::span<const Field> fields);
// The violations alone ("Value null at 'key' failed to satisfy constraint: Member must not be null"), for operations with rules of their own.
[[nodiscard]] std::vector<std::string> violations(const boost::json::object& body, std::span<const Field> fields);
[[noreturn]] void throw_violations(const std::vector<std::string>& violations);

}  // namespace fickle
