// From HTTP to a Call, or to the answer of a request that never becomes one: protocol and authentication errors in DynamoDB's order
// (behaviour reference 1.1-1.5). Pure.
#pragma once

#include <optional>
#include <string>

#include "emulator/api/call.hh"
#include "emulator/api/error.hh"
#include "emulator/ops/operation.hh"
#include "emulator/options.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// What can be told of the sender even when the request is refused: the journal wants it.
struct Identified {
  explicit Identified(boost::json::storage_ptr memory = {}) : call(std::move(memory)) {}

  Call call;
  const Operation* operation = nullptr;  // null: refused before the operation was known
  std::optional<ApiError> error;         // the request is refused with this
};

struct IdentifyOptions {
  Isolation isolate = Isolation::none;
  AuthMode auth = AuthMode::shape;
  std::string region = "us-east-1";
  Instant now{};  // system time shifted by a clock skew
};

// Precondition: method POST, an accepted content type. `body` is decompressed. The call takes the request's headers over, and its body
// lies in `memory`.
[[nodiscard]] Identified identify(HttpRequest& request, std::string body, const IdentifyOptions& options,
                                  const boost::json::storage_ptr& memory);

// The universe's name that a request's credentials and headers choose.
[[nodiscard]] std::string universe_of(const HttpRequest& request, std::string_view access_key, std::string_view region,
                                      Isolation isolate);

}  // namespace fickle
