// Base64, standard alphabet with padding, no white space: what DynamoDB's wire format uses for binaries.
#pragma once

#include <string>
#include <string_view>

#include "emulator/core/result.hh"

namespace fickle {

enum class Base64Error { length, last_character, alphabet };

[[nodiscard]] std::string base64_encode(std::string_view bytes);
void append_base64(std::string& out, std::string_view bytes);
[[nodiscard]] Result<std::string, Base64Error> base64_decode(std::string_view text);

}  // namespace fickle
