// A TCP client that sends and shows bytes as they are, for tests of the transport. Every wait ends after `kPatience`.
// Thread-safety: one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace fickle::testing {

class RawClient {
 public:
  static constexpr std::chrono::seconds kPatience{10};

  // What the last read met.
  enum class End { open, closed, reset, timed_out };

  explicit RawClient(std::uint16_t port, const std::string& host = "127.0.0.1");  // throws when refused
  RawClient(RawClient&& other) noexcept : socket_(other.socket_), end_(other.end_), rest_(std::move(other.rest_)) {
    other.socket_ = -1;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  bool send(std::string_view bytes);  // false when the server is gone
  void end_sending();                 // our FIN
  void close_with_reset();

  // One whole answer, told by Content-Length or chunked framing; what there was of it when the connection ended.
  std::string read_answer(bool has_body = true);
  std::string read_until(std::string_view mark);  // up to and with the mark
  std::string read_bytes(std::size_t count);
  std::string read_to_end();
  // Nothing arrives and nothing ends within this time.
  bool is_silent_for(std::chrono::milliseconds time);

  [[nodiscard]] End end() const { return end_; }

 private:
  bool receive(std::chrono::milliseconds at_most);  // appends to rest_
  std::string take(std::size_t count);

  int socket_;
  End end_ = End::open;
  std::string rest_;
};

}  // namespace fickle::testing
