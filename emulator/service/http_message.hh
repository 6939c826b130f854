// What the transport hands to the pipeline and gets back. Plain values, no DynamoDB and no sockets in them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/header_list.hh"
#include "emulator/core/units.hh"

namespace fickle {

struct HttpRequest {
  std::string method;
  std::string path;   // decoded, without the query
  std::string query;  // raw, without '?'
  HeaderList headers;
  std::string body;  // as received (still compressed when Content-Encoding says so)
  std::string remote_address;
  bool is_chunked = false;

  // First header of that name (any case); nullopt when absent.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
  // First query parameter of that name, percent-decoded.
  [[nodiscard]] std::optional<std::string> query_parameter(std::string_view name) const;
};

// How the transport damages a finished answer. intact: one send of head and body.
struct WirePlan {
  enum class Kind {
    intact,
    reset,         // RST instead of the answer (SO_LINGER 0)
    close,         // FIN instead of the answer
    hang,          // nothing is sent, the connection stays open until the client, `duration` or shutdown ends it
    refuse,        // RST this one and each new connection for `duration`
    truncate,      // head with the full Content-Length, then `amount` bytes of the body, then close
    drip,          // head at once, then the body at `amount` bytes a second
    garbage,       // bytes that are not HTTP, then close
    bad_checksum,  // the answer with a wrong x-amz-crc32
  };
  Kind kind = Kind::intact;
  std::uint64_t amount = 0;
  Duration duration{0};
};

// Writes one chunk of a streamed answer; false when the client has gone or the server stops.
using ChunkWriter = std::function<bool(std::string_view)>;

struct HttpReply {
  int status = 200;
  HeaderList headers;  // without Content-Length, Date, Connection: the transport adds these
  std::string body;
  WirePlan wire;
  Duration date_skew{0};  // added to the `Date` header
  bool close_connection = false;
  // When set, `body` is ignored: called on the connection's thread until it returns (server-sent events).
  std::function<void(const ChunkWriter&)> stream;
};

// Implemented by the pipeline. Called on many threads at once; may block (faults that wait).
class RequestHandler {
 public:
  RequestHandler() = default;
  RequestHandler(const RequestHandler&) = delete;
  RequestHandler& operator=(const RequestHandler&) = delete;
  virtual ~RequestHandler() = default;
  [[nodiscard]] virtual HttpReply handle(HttpRequest request) = 0;
};

}  // namespace fickle
