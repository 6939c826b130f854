// The head of a request: finding its end in a growing buffer, and parsing it. Strict HTTP/1.x (RFC 9112): what two parsers could
// read differently is refused. No sockets here.
// Thread-safety: a HeadScanner belongs to one connection; parse_request_head is pure.
// Invariants: 1. HeadScanner looks at each byte a bounded number of times however the head is cut up.
//             2. A parsed head has exactly one way to find the end of its body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/core/result.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// The transport's own answers to what never reaches the handler. The values are HTTP's status codes.
enum class Refusal {
  bad_request = 400,
  body_too_large = 413,
  expectation_failed = 417,
  not_implemented = 501,
  service_unavailable = 503,
  version_not_supported = 505,
};

struct RequestHead {
  HttpRequest request;  // all but the body and the remote address; is_chunked tells how the body is framed
  std::uint64_t content_length = 0;
  bool is_http_1_0 = false;
  bool keep_alive = true;  // the client's wish
  bool expects_continue = false;
};

// Waits for the blank line that ends a head.
class HeadScanner {
 public:
  // `max` bounds the request line and, apart from it, the header lines together, in bytes.
  explicit HeadScanner(std::size_t max) : max_(max) {}

  // `bytes`: everything received since the head began, longer at each call. The length of the head with its blank line, or nullopt
  // while that is still to come. Refuses as early as it can: a client that speaks TLS or ends lines with LF alone must not wait.
  [[nodiscard]] Result<std::optional<std::size_t>, Refusal> scan(std::string_view bytes);

 private:
  std::size_t max_;
  std::size_t scanned_ = 0;
  std::size_t line_end_ = 0;  // just after the request line's LF; 0 while unknown
};

// `head` as HeadScanner found it, blank line included.
[[nodiscard]] Result<RequestHead, Refusal> parse_request_head(std::string_view head);

}  // namespace fickle
