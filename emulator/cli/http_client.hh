// One HTTP/1.1 request over a socket of its own, with numeric addresses and time limits. Thread-safe: keeps nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/cli/endpoint.hh"
#include "emulator/cli/reply_reader.hh"
#include "emulator/core/result.hh"
#include "emulator/core/units.hh"

namespace fickle::cli {

struct HttpCall {
  std::string method;
  std::string target;                // path and query, percent-encoded
  std::vector<std::string> headers;  // "Name: value"
  std::string_view body;
  Duration patience;  // for the whole of it
  std::string content_type = "application/json";
};

// The error is one line: "cannot reach http://127.0.0.1:8000: Connection refused".
[[nodiscard]] Result<HttpAnswer, std::string> send_http(const Endpoint& endpoint, const HttpCall& call);

// As a segment of a path or a value of a query: everything but letters, digits and -._~ is escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace fickle::cli
