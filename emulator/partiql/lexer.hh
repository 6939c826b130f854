// The text of a statement -> tokens. Pure, thread-safe, linear. Comments (`-- to the end of the line`, `/* */`) and blanks separate
// tokens. Source: the PartiQL specification; behaviour reference 9.1.
#pragma once

#include <string_view>
#include <vector>

#include "emulator/partiql/token.hh"

namespace fickle::partiql {

// Ends with a token of kind `end`. Throws ApiError for characters that start no token and for what is never closed.
[[nodiscard]] std::vector<Token> tokenize(std::string_view statement);

}  // namespace fickle::partiql
