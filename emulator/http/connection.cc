#include "emulator/http/connection.hh"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>

#include "emulator/http/chunked_decoder.hh"
#include "emulator/http/wire_plan.hh"

namespace fickle {
namespace {

// Room for a longest head and then some, so that a full buffer without a head in it cannot be.
std::size_t buffer_size(const ServerOptions& options) {
  return 2 * options.header_max + 8 * 1024;
}

// A body grows as it comes, not as it is announced: 16 MB are not set aside for a client that only promises them.
constexpr std::size_t kBodyStep = 64 * 1024;

std::string address_of_peer(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) return {};  // NOLINT: the sockets API
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (address.ss_family == AF_INET) {
    std::memcpy(&v4, &address, sizeof v4);
    bytes = &v4.sin_addr;
  } else if (address.ss_family == AF_INET6) {
    std::memcpy(&v6, &address, sizeof v6);
    bytes = &v6.sin6_addr;
  } else {
    return {};
  }
  return ::inet_ntop(address.ss_family, bytes, text.data(), text.size()) == nullptr ? std::string{} : text.data();
}

HttpReply call_handler(RequestHandler& handler, HttpRequest request) {
  try {
    return handler.handle(std::move(request));
  } catch (...) {
    // The pipeline catches everything; this is its own failure (no memory, say).
    HttpReply reply;
    reply.status = 500;
    reply.close_connection = true;
    return reply;
  }
}

}  // namespace

Connection::Connection(int socket, const ConnectionContext& context)
    : context_(context),
      stream_(socket, buffer_size(context.options)),
      date_(context.clock),
      remote_address_(address_of_peer(socket)) {}

void Connection::serve() noexcept {
  try {
    while (serve_request() == Next::read_on) {}
  } catch (const std::exception&) {
    // No memory for a request or its answer: the connection closes, the server goes on.
  }
}

void Connection::turn_away() noexcept {
  try {
    if (read_head()) refuse(Refusal::service_unavailable);
  } catch (const std::exception&) {
    // As above.
  }
}

Connection::Next Connection::serve_request() {
  std::optional<RequestHead> head = read_head();
  if (!head || !read_body(*head)) return Next::close;
  head->request.remote_address = remote_address_;
  const bool is_head_request = head->request.method == "HEAD";
  HttpReply reply = call_handler(context_.handler, std::move(head->request));
  return answer(*head, std::move(reply), is_head_request);
}

std::optional<RequestHead> Connection::read_head() {
  HeadScanner scanner(context_.options.header_max);
  for (;;) {
    // Blank lines before a request are forgiven (RFC 9112, 2.2).
    while (stream_.buffered().substr(0, 2) == "\r\n") stream_.consume(2);
    const std::string_view bytes = stream_.buffered();
    if (bytes != "\r") {
      const auto scanned = scanner.scan(bytes);
      if (!scanned) {
        refuse(scanned.error());
        return std::nullopt;
      }
      if (const auto length = scanned.value()) {
        auto head = parse_request_head(bytes.substr(0, *length));
        stream_.consume(*length);
        if (!head) {
          refuse(head.error());
          return std::nullopt;
        }
        return std::move(head).value();
      }
    }
    if (!stream_.fill()) return std::nullopt;
  }
}

bool Connection::read_body(RequestHead& head) {
  return head.request.is_chunked ? read_chunked_body(head) : read_sized_body(head);
}

bool Connection::invite_body(const RequestHead& head) {
  if (!head.expects_continue || head.is_http_1_0 || !stream_.buffered().empty()) return true;
  return stream_.send("HTTP/1.1 100 Continue\r\n\r\n");
}

bool Connection::read_sized_body(RequestHead& head) {
  if (head.content_length > context_.options.body_max) {
    refuse(Refusal::body_too_large);
    return false;
  }
  const auto length = static_cast<std::size_t>(head.content_length);
  if (length == 0) return true;
  if (!invite_body(head)) return false;
  std::string& body = head.request.body;
  body = stream_.buffered().substr(0, length);
  stream_.consume(body.size());
  for (std::size_t filled = body.size(); filled < length;) {
    if (filled == body.size()) body.resize(std::min(length, filled + std::max(filled, kBodyStep)));
    const std::size_t count = stream_.receive(body.data() + filled, body.size() - filled);
    if (count == 0) return false;
    filled += count;
  }
  return true;
}

bool Connection::read_chunked_body(RequestHead& head) {
  if (!invite_body(head)) return false;
  ChunkedDecoder decoder(context_.options.body_max, context_.options.header_max);
  for (;;) {
    const ChunkedDecoder::Step step = decoder.decode(stream_.buffered());
    stream_.consume(step.consumed);
    switch (step.state) {
      case ChunkedDecoder::State::more:
        if (!stream_.fill()) return false;
        break;
      case ChunkedDecoder::State::done: head.request.body = decoder.take_body(); return true;
      case ChunkedDecoder::State::malformed: refuse(Refusal::bad_request); return false;
      case ChunkedDecoder::State::too_large: refuse(Refusal::body_too_large); return false;
    }
  }
}

Connection::Next Connection::answer(const RequestHead& head, HttpReply reply, bool is_head_request) {
  if (reply.stream && reply.wire.kind == WirePlan::Kind::intact && !is_head_request) return answer_stream(head, reply);
  if (reply.wire.kind == WirePlan::Kind::bad_checksum) spoil_checksum(reply);
  const bool stays = head.keep_alive && !reply.close_connection && !context_.stop.stop_requested();
  std::string bytes = format_reply_head(reply, date_.text(reply.date_skew), BodyFraming::content_length,
                                        reply.body.size(), stays ? Persistence::keep_alive : Persistence::close);
  const std::string_view body = is_head_request ? std::string_view{} : std::string_view(reply.body);
  const Delivery delivery = deliver(stream_, reply.wire, std::move(bytes), body, context_.stop, context_.refusals);
  if (delivery == Delivery::over) return Next::close;
  if (stays) return Next::read_on;
  stream_.finish();
  return Next::close;
}

Connection::Next Connection::answer_stream(const RequestHead& head, const HttpReply& reply) {
  const BodyFraming framing = head.is_http_1_0 ? BodyFraming::until_close : BodyFraming::chunked;
  const bool stays = head.keep_alive && !reply.close_connection && !head.is_http_1_0;
  if (!stream_.send(format_reply_head(reply, date_.text(reply.date_skew), framing, 0,
                                      stays ? Persistence::keep_alive : Persistence::close))) {
    return Next::close;
  }
  bool is_broken = false;
  reply.stream([&](std::string_view bytes) {
    is_broken = is_broken || context_.stop.stop_requested() || stream_.peer_has_ended();
    if (is_broken) return false;
    if (bytes.empty()) return true;  // an empty chunk would end the answer
    is_broken = !(framing == BodyFraming::chunked ? stream_.send(format_chunk(bytes)) : stream_.send(bytes));
    return !is_broken;
  });
  if (is_broken) return Next::close;
  if (framing == BodyFraming::chunked && !stream_.send(kLastChunk)) return Next::close;
  if (stays) return Next::read_on;
  stream_.finish();
  return Next::close;
}

void Connection::refuse(Refusal refusal) {
  HttpReply reply;
  reply.status = static_cast<int>(refusal);
  // The service's own 413 comes as an empty chunked body (dynalite's test/connection.js).
  const bool is_chunked = refusal == Refusal::body_too_large;
  const BodyFraming framing = is_chunked ? BodyFraming::chunked : BodyFraming::content_length;
  std::string head = format_reply_head(reply, date_.text({}), framing, 0, Persistence::close);
  if (!stream_.send(std::move(head), is_chunked ? kLastChunk : std::string_view{})) return;
  stream_.finish();
}

}  // namespace fickle
