// The regular expressions of the API models, matched by hand: none of them needs backtracking, and user input never meets a
// general matcher. Pure functions, thread-safe.
#pragma once

#include <string_view>

namespace fickle {

// Whether the whole text matches. Precondition: the pattern is one of those in patterns.cc (as printed in errors).
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace fickle
