#include "tests/support/raw_client.hh"

#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace fickle::testing {

RawClient::RawClient(std::uint16_t port, const std::string& host) : socket_(-1) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    throw std::runtime_error("bad host " + host);
  socket_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool connected = socket_ >= 0 && ::connect(socket_, found->ai_addr, found->ai_addrlen) == 0;
  if (!connected && errno == ECONNRESET) {  // reset before this thread came to see that it was connected
    connected = true;
    end_ = End::reset;
  }
  ::freeaddrinfo(found);
  if (!connected) {
    if (socket_ >= 0) ::close(socket_);
    throw std::runtime_error("cannot connect to " + host);
  }
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) {
      end_ = End::reset;  // told once: a read would see an ordinary end
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

void RawClient::close_with_reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket_);
  socket_ = -1;
}

bool RawClient::receive(std::chrono::milliseconds at_most) {
  if (end_ == End::reset) return false;
  pollfd entry{socket_, POLLIN, 0};
  if (::poll(&entry, 1, static_cast<int>(at_most.count())) <= 0) {
    end_ = End::timed_out;
    return false;
  }
  std::array<char, 16 * 1024> bytes{};
  const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count > 0) {
    rest_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  end_ = count == 0 ? End::closed : End::reset;
  return false;
}

std::string RawClient::take(std::size_t count) {
  std::string taken = rest_.substr(0, count);
  rest_.erase(0, taken.size());
  return taken;
}

std::string RawClient::read_until(std::string_view mark) {
  for (;;) {
    const std::size_t at = rest_.find(mark);
    if (at != std::string::npos) return take(at + mark.size());
    if (!receive(kPatience)) return take(rest_.size());
  }
}

std::string RawClient::read_bytes(std::size_t count) {
  while (rest_.size() < count && receive(kPatience)) {}
  return take(count);
}

std::string RawClient::read_to_end() {
  while (receive(kPatience)) {}
  return take(rest_.size());
}

std::string RawClient::read_answer(bool has_body) {
  std::string answer = read_until("\r\n\r\n");
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t at = answer.find(kLength);
  if (at != std::string::npos && has_body) answer += read_bytes(std::stoul(answer.substr(at + kLength.size())));
  if (answer.find("\r\nTransfer-Encoding: chunked\r\n") != std::string::npos && has_body)
    answer += read_until("0\r\n\r\n");
  return answer;
}

bool RawClient::is_silent_for(std::chrono::milliseconds time) {
  const bool is_silent = rest_.empty() && !receive(time) && end_ == End::timed_out;
  if (end_ == End::timed_out) end_ = End::open;
  return is_silent;
}

}  // namespace fickle::testing
