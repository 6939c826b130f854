// The shape of AWS Signature Version 4 headers and query parameters, and, with --auth verify, the signature itself. Pure.
// Texts: behaviour reference 1.5.
#pragma once

#include <optional>
#include <string>

#include "emulator/api/error.hh"
#include "emulator/core/units.hh"
#include "emulator/options.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

struct Credentials {
  std::string access_key;
  std::string region;
};

struct Authorization {
  Credentials credentials;  // as far as they could be read
  std::optional<ApiError> error;
};

[[nodiscard]] Authorization authorize(const HttpRequest& request, const std::string& body, AuthMode mode, Instant now);

}  // namespace fickle
