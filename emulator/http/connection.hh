// One connection from its first byte to its last: reads requests, hands them to the handler, sends the answers, keeps alive.
// Thread-safety: serve() is run by one thread per connection. Never throws: a handler's exception becomes a 500.
// Invariants: answers leave in the order of the requests (pipelining); nothing is executed before its request is complete.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "emulator/http/refusal_window.hh"
#include "emulator/http/reply_head.hh"
#include "emulator/http/request_head.hh"
#include "emulator/http/server.hh"
#include "emulator/http/stream.hh"

namespace fickle {

// What all connections of a server share.
struct ConnectionContext {
  const ServerOptions& options;
  RequestHandler& handler;
  const Clock& clock;  // of the `Date` header
  RefusalWindow& refusals;
  std::stop_token stop;
};

class Connection {
 public:
  // Does not own the socket.
  Connection(int socket, const ConnectionContext& context);

  void serve() noexcept;
  // Answers 503 to one request and is done: for connections above the limit.
  void turn_away() noexcept;

 private:
  enum class Next { read_on, close };

  [[nodiscard]] Next serve_request();
  // nullopt: over, refused or ended.
  [[nodiscard]] std::optional<RequestHead> read_head();
  [[nodiscard]] bool read_body(RequestHead& head);
  [[nodiscard]] bool read_sized_body(RequestHead& head);
  [[nodiscard]] bool read_chunked_body(RequestHead& head);
  [[nodiscard]] bool invite_body(const RequestHead& head);
  [[nodiscard]] Next answer(const RequestHead& head, HttpReply reply, bool is_head_request);
  [[nodiscard]] Next answer_stream(const RequestHead& head, const HttpReply& reply);
  void refuse(Refusal refusal);

  ConnectionContext context_;
  Stream stream_;
  HttpDate date_;
  std::string remote_address_;
};

}  // namespace fickle
