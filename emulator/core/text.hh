// Small pure functions over text. All views are UTF-8 unless said otherwise.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fickle {

[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII
[[nodiscard]] std::string to_lower(std::string_view text);                        // ASCII
[[nodiscard]] std::string to_upper(std::string_view text);                        // ASCII
[[nodiscard]] std::string_view trim(std::string_view text);                       // blanks and tabs at both ends
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
// `*` stands for any run of characters; everything else for itself. Linear in the text for each star.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);
// Number of UTF-16 code units that the UTF-8 text would take (what size() of a string counts).
[[nodiscard]] std::size_t utf16_length(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
// Appends `text` as a quoted JSON string, escaping only what JSON demands.
void append_json_string(std::string& out, std::string_view text);
[[nodiscard]] std::optional<long long> parse_integer(std::string_view text);  // whole text, optional sign, no overflow

}  // namespace fickle
