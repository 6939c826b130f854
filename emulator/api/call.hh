// One identified DynamoDB request: who asks for what, before its body is understood. Plain value.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/header_list.hh"
#include "emulator/core/units.hh"

namespace fickle {

struct Call {
  explicit Call(boost::json::storage_ptr memory = {}) : body(std::move(memory)) {}

  std::string operation;     // "PutItem"
  std::string body_text;     // decompressed
  boost::json::object body;  // in the memory given to the constructor, which must live longer
  std::string universe;      // "default", "worker-7"
  std::string access_key;
  std::string region = "us-east-1";  // from the credential scope
  int attempt = 0;                   // of amz-sdk-request, 0 when absent
  int attempts_max = 0;
  HeaderList headers;
  bool json_1_1 = false;  // request came as application/json
  Instant received{};     // system time

  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
  // Empty when absent.
  [[nodiscard]] std::string_view host() const { return header("host").value_or(""); }
  [[nodiscard]] std::string_view user_agent() const { return header("user-agent").value_or(""); }
  [[nodiscard]] std::string_view invocation() const { return header("amz-sdk-invocation-id").value_or(""); }
};

}  // namespace fickle
