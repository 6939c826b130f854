// Percent-decoding of paths and queries (RFC 3986, 2.1). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fickle {

enum class Plus { literal, blank };         // `+` in a path; `+` in a form's query
enum class BadEscape { refused, literal };  // what a `%` is that begins no escape

// nullopt only with BadEscape::refused.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, Plus plus, BadEscape bad);

}  // namespace fickle
