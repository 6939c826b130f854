// One identified DynamoDB request: who asks for what, before its body is understood. Plain value.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/units.hh"

namespace fickle {

struct Call {
  std::string operation;  // "PutItem"
  std::string body_text;  // decompressed
  boost::json::object body;
  std::string universe;  // "default", "worker-7"
  std::string access_key;
  std::string region = "us-east-1";  // from the credential scope
  std::string host;                  // Host header
  std::string user_agent;
  std::string invocation;  // amz-sdk-invocation-id, empty when absent
  int attempt = 0;         // of amz-sdk-request, 0 when absent
  int attempts_max = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  bool json_1_1 = false;                                     // request came as application/json
  Instant received{};                                        // system time
  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

}  // namespace fickle
