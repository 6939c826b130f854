// NextToken: where a SELECT goes on, as opaque text that is of use to the same statement with the same parameters only. Pure.
#pragma once

#include <string>
#include <string_view>

#include "emulator/value/value.hh"

namespace fickle::partiql {

// `fingerprint`: of the statement and its parameters.
[[nodiscard]] std::string make_next_token(std::string_view fingerprint, const Item& last_key);
// Throws ApiError: «Invalid NextToken», «NextToken does not match request».
[[nodiscard]] Item read_next_token(std::string_view token, std::string_view fingerprint);
[[noreturn]] void throw_invalid_token();

}  // namespace fickle::partiql
