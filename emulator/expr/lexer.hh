// Text -> tokens. Never fails: what starts no token becomes an `unknown` token, which no grammar accepts. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "emulator/expr/token.hh"

namespace fickle::expr {

// The tokens of `text` and one `end` token; blanks between tokens are skipped.
[[nodiscard]] std::vector<Token> lex(std::string_view text);

}  // namespace fickle::expr
