// Any bytes on a connection: the first byte of the input cuts the rest into pieces. The connection must end by itself once the
// client has, without a crash, and what it answers must not depend on how the bytes were cut.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "emulator/core/clock.hh"
#include "emulator/http/chunked_decoder.hh"
#include "emulator/http/connection.hh"
#include "emulator/http/refusal_window.hh"
#include "emulator/http/request_head.hh"

namespace {

using namespace fickle;

class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
};

class Echo final : public RequestHandler {
 public:
  [[nodiscard]] HttpReply handle(HttpRequest request) override {
    HttpReply reply;
    (void)request.query_parameter("a");
    (void)request.header("x-amz-target");
    reply.body = request.method + std::to_string(request.body.size());
    return reply;
  }
};

void require(bool holds) {
  if (!holds) std::abort();
}

// Everything is sent and ended before the connection is served, so nothing can wait: the input is smaller than a socket's buffers.
std::string serve(std::string_view bytes) {
  const ServerOptions options{.body_max = 300, .header_max = 400};
  std::array<int, 2> ends{};
  require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  require(::send(ends[0], bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  ::shutdown(ends[0], SHUT_WR);
  Echo handler;
  StoppedClock clock;
  RefusalWindow refusals;
  Connection(ends[1], {options, handler, clock, refusals, {}}).serve();
  ::close(ends[1]);
  std::string answers;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t count = ::recv(ends[0], piece.data(), piece.size(), 0);
    if (count <= 0) break;
    answers.append(piece.data(), static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  return answers;
}

void scan_in_steps(std::string_view bytes, std::size_t step) {
  const auto whole = HeadScanner(400).scan(bytes);
  HeadScanner scanner(400);
  for (std::size_t seen = std::min(step, bytes.size());; seen = std::min(seen + step, bytes.size())) {
    const auto part = scanner.scan(bytes.substr(0, seen));
    if (!part) return require(!whole);
    if (part.value()) {
      require(whole.ok() && whole.value() == part.value());
      (void)parse_request_head(bytes.substr(0, *part.value()));
      return;
    }
    if (seen == bytes.size()) return require(whole.ok() && !whole.value());
  }
}

void decode_in_steps(std::string_view bytes, std::size_t step) {
  ChunkedDecoder whole(300, 100);
  const auto expected = whole.decode(bytes);
  ChunkedDecoder parts(300, 100);
  ChunkedDecoder::Step sum;
  while (sum.consumed < bytes.size() && sum.state == ChunkedDecoder::State::more) {
    const auto part = parts.decode(bytes.substr(sum.consumed, step));
    sum.consumed += part.consumed;
    sum.state = part.state;
  }
  require(sum.state == expected.state && sum.consumed == expected.consumed && parts.take_body() == whole.take_body());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1 || size > 4096) return 0;
  const std::size_t step = data[0] % 32 + 1u;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);  // NOLINT: bytes are bytes
  scan_in_steps(bytes, step);
  decode_in_steps(bytes, step);
  (void)serve(bytes);
  return 0;
}
