// What is said of a statement that does not parse (behaviour reference 9.3). Pure.
#pragma once

#include <string_view>

namespace fickle::partiql {

// ValidationException «Statement wasn't well formed, can't be processed: {detail}»; without a detail when the text has no tokens.
[[noreturn]] void throw_malformed(std::string_view detail = {});

}  // namespace fickle::partiql
