#include "emulator/http/stream.hh"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

namespace fickle {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kCopyMax = 32 * 1024;                    // bodies up to this are copied behind the head
constexpr std::chrono::seconds kFarewell{2};                   // how long finish() waits for the client
constexpr std::uint64_t kFarewellBytes = 64ull * 1024 * 1024;  // and how much it reads

// What is left until `end`, for poll(): rounded up, so that it never ends early. nullopt: wait for ever.
int poll_timeout(std::optional<SteadyTime> end) {
  if (!end) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*end - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

// The events of `wanted` (with errors and hang-ups) that came before `end`; 0 when none did.
short wait_for(int socket, short wanted, std::optional<SteadyTime> end) {
  for (;;) {
    pollfd entry{socket, wanted, 0};
    const int timeout = poll_timeout(end);
    const int ready = ::poll(&entry, 1, timeout);
    if (ready > 0) return entry.revents;
    if (ready < 0 && errno != EINTR) return POLLERR;
    if (ready == 0 && poll_timeout(end) == 0) return 0;
  }
}

ssize_t receive_some(int socket, char* target, std::size_t capacity, int flags) {
  for (;;) {
    const ssize_t count = ::recv(socket, target, capacity, flags);
    if (count >= 0 || errno != EINTR) return count;
  }
}

std::optional<SteadyTime> end_of(Duration at_most) {
  // Beyond this a deadline is as good as none, and adding it to now() could overflow.
  constexpr Duration kForEver = std::chrono::hours(24 * 365);
  if (at_most > kForEver) return std::nullopt;
  return std::chrono::steady_clock::now() + at_most;
}

}  // namespace

Stream::Stream(int socket, std::size_t capacity)
    : socket_(socket), capacity_(capacity), buffer_(std::make_unique_for_overwrite<char[]>(capacity)) {}

void Stream::consume(std::size_t count) {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

bool Stream::fill() {
  if (end_ == capacity_ && begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity_) return false;
  const ssize_t count = receive_some(socket_, buffer_.get() + end_, capacity_ - end_, 0);
  if (count <= 0) return false;
  end_ += static_cast<std::size_t>(count);
  return true;
}

std::size_t Stream::receive(char* target, std::size_t capacity) {
  const ssize_t count = receive_some(socket_, target, capacity, 0);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool Stream::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Stream::send(std::string head, std::string_view body) {
  if (body.size() <= kCopyMax) {
    head.append(body);
    return send(head);
  }
  std::array<iovec, 2> parts{
      {{head.data(), head.size()}, {const_cast<char*>(body.data()), body.size()}}};  // NOLINT: sendmsg does not write
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t count = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
  if (count < 0 && errno != EINTR) return false;
  const std::size_t sent = count < 0 ? 0 : static_cast<std::size_t>(count);
  if (sent < head.size()) return send(std::string_view(head).substr(sent)) && send(body);
  return send(body.substr(sent - head.size()));
}

void Stream::arm_reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void Stream::finish() {
  if (::shutdown(socket_, SHUT_WR) != 0) return;
  const auto end = end_of(kFarewell);
  std::array<char, 16 * 1024> dropped;  // NOLINT: filled by recv
  for (std::uint64_t total = 0; total < kFarewellBytes;) {
    if (wait_for(socket_, POLLIN, end) == 0) return;
    const ssize_t count = receive_some(socket_, dropped.data(), dropped.size(), MSG_DONTWAIT);
    if (count <= 0) return;
    total += static_cast<std::uint64_t>(count);
  }
}

void Stream::wait_for_end(Duration at_most) {
  (void)wait_for(socket_, POLLRDHUP, at_most > Duration{0} ? end_of(at_most) : std::nullopt);
}

bool Stream::sleep(Duration duration) {
  return wait_for(socket_, 0, end_of(duration)) == 0;
}

bool Stream::peer_has_ended() {
  char next = 0;
  const ssize_t count = receive_some(socket_, &next, 1, MSG_PEEK | MSG_DONTWAIT);
  return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

}  // namespace fickle
