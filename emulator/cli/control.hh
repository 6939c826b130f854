// Control: the control API of one universe of a running server, as the commands call it. Thread-safe: keeps nothing between calls.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "emulator/cli/endpoint.hh"
#include "emulator/core/result.hh"
#include "emulator/core/units.hh"

namespace fickle::cli {

namespace json = boost::json;

struct Reply {
  int status = 0;
  std::string text;  // as sent
  json::value body;  // null when the text is not JSON
  [[nodiscard]] bool ok() const { return status == 200; }
  // What a problem document says, in one line: "Unknown member: 'schedual' is not a member (at /schedual)".
  [[nodiscard]] std::string problem() const;
};

class Control {
 public:
  // Empty: `universe` is the server's default, no token is sent.
  Control(Endpoint endpoint, std::string universe, std::string token);

  // One call; `path` below /_fickle, with its query. The error: the server was not reached.
  [[nodiscard]] Result<Reply, std::string> try_call(std::string_view method, std::string_view path,
                                                    std::string_view body, Duration patience,
                                                    std::string_view content_type = kJson) const;
  // Throws Failure when the server was not reached.
  [[nodiscard]] Reply call(std::string_view method, std::string_view path, std::string_view body = {},
                           std::string_view content_type = kJson) const;
  // Throws Failure unless the answer is 200.
  [[nodiscard]] Reply ask(std::string_view method, std::string_view path, std::string_view body = {}) const;

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
  [[nodiscard]] const std::string& universe() const { return universe_; }

 private:
  static constexpr std::string_view kJson = "application/json";
  Endpoint endpoint_;
  std::string universe_, token_;
};

}  // namespace fickle::cli
