#include "emulator/cli/http_client.hh"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace fickle::cli {
namespace {

using Clock = std::chrono::steady_clock;

class Socket {
 public:
  explicit Socket(int family) : handle_(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (handle_ >= 0) ::close(handle_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket(Socket&&) = delete;
  Socket& operator=(Socket&&) = delete;
  [[nodiscard]] int handle() const { return handle_; }

 private:
  int handle_;
};

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Address make_address(const std::string& text, std::uint16_t port) {
  Address address;
  sockaddr_in four{};
  sockaddr_in6 six{};
  if (inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    std::memcpy(&address.storage, &four, sizeof four);
    address.size = sizeof four;
  } else if (inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    std::memcpy(&address.storage, &six, sizeof six);
    address.size = sizeof six;
  }
  return address;
}

// Waits until the socket can be read or written; false when the time is up.
bool wait_for(const Socket& socket, short events, Clock::time_point deadline) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd one{socket.handle(), events, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(std::min<long long>(left + 1, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

// 0, or the errno that says why not.
int connect_to(const Socket& socket, const Address& address, Clock::time_point deadline) {
  if (socket.handle() < 0) return errno;
  if (::connect(socket.handle(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!wait_for(socket, POLLOUT, deadline)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket.handle(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

std::string head_of(const Endpoint& endpoint, const HttpCall& call) {
  std::string head = call.method + " " + call.target + " HTTP/1.1\r\nHost: " + endpoint.authority +
                     "\r\nConnection: close\r\nAccept: */*\r\nUser-Agent: fickledb\r\n";
  for (const std::string& header : call.headers) head += header + "\r\n";
  if (!call.body.empty() || call.method != "GET")
    head += "Content-Type: " + call.content_type + "\r\nContent-Length: " + std::to_string(call.body.size()) + "\r\n";
  return head + "\r\n";
}

// Empty when all was sent, or when the peer answered before it took everything: the answer says why.
std::string send_all(const Socket& socket, std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket.handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (!wait_for(socket, POLLOUT, deadline)) return "it does not take the request";
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return "";
    } else if (errno != EINTR) {
      return std::strerror(errno);
    }
  }
  return "";
}

Result<HttpAnswer, std::string> receive(const Socket& socket, Clock::time_point deadline) {
  ReplyReader reader;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = ::recv(socket.handle(), buffer.data(), buffer.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      if (!wait_for(socket, POLLIN, deadline)) return Refused{std::string("no answer in time")};
      continue;
    }
    if (count < 0) return Refused{std::string(std::strerror(errno))};
    const auto state = count == 0 ? reader.end() : reader.feed({buffer.data(), static_cast<std::size_t>(count)});
    if (state == ReplyReader::State::complete) return reader.take();
    if (state == ReplyReader::State::broken) return Refused{reader.why_broken()};
  }
}

}  // namespace

Result<HttpAnswer, std::string> send_http(const Endpoint& endpoint, const HttpCall& call) {
  const Clock::time_point deadline = Clock::now() + call.patience;
  int why = ECONNREFUSED;
  for (const std::string& text : endpoint.addresses) {
    const Address address = make_address(text, endpoint.port);
    const Socket socket(address.storage.ss_family);
    const int error = connect_to(socket, address, deadline);
    if (error != 0) {
      if (&text == &endpoint.addresses.front()) why = error;
      continue;
    }
    const int one = 1;
    ::setsockopt(socket.handle(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    std::string problem = send_all(socket, head_of(endpoint, call), deadline);
    if (problem.empty()) problem = send_all(socket, call.body, deadline);
    if (!problem.empty()) return Refused{endpoint.url + ": " + problem};
    auto answer = receive(socket, deadline);
    if (!answer) return Refused{endpoint.url + ": " + answer.error()};
    return answer;
  }
  return Refused{"cannot reach " + endpoint.url + ": " + std::strerror(why)};
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-._~";
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    if (word || kPlain.find(letter) != std::string_view::npos) {
      out += letter;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

}  // namespace fickle::cli
