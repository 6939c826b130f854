#include "emulator/http/listener.hh"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

namespace fickle {
namespace {

constexpr int kBacklog = 4096;     // the kernel lowers it to its own limit
constexpr int kPortAttempts = 50;  // picks of a free port until it is free on every host

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

std::optional<Address> parse_address(const std::string& host, std::uint16_t port) {
  Address address;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.length = sizeof v4;
    return address;
  }
  if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.length = sizeof v6;
    return address;
  }
  return std::nullopt;
}

std::uint16_t bound_port(int socket) {
  Address address;
  address.length = sizeof address.storage;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.length);  // NOLINT: the sockets API
  sockaddr_in v4{};  // the port lies at the same place in both families
  std::memcpy(&v4, &address.storage, sizeof v4);
  return ntohs(v4.sin_port);
}

void set_option(int socket, int level, int name, int value) {
  ::setsockopt(socket, level, name, &value, sizeof value);
}

// The error is errno. Options other than the first two are inherited by accepted connections.
Result<ListeningSocket, int> open_listener(const Address& address, bool v6_only) {
  ListeningSocket listener(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (listener.get() < 0) return Refused{errno};
  // Not SO_REUSEPORT: a second server on the same port must fail.
  set_option(listener.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (address.storage.ss_family == AF_INET6) set_option(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, v6_only ? 1 : 0);
  set_option(listener.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(listener.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
  const auto* const raw = reinterpret_cast<const sockaddr*>(&address.storage);  // NOLINT: the sockets API
  if (::bind(listener.get(), raw, address.length) != 0) return Refused{errno};
  if (::listen(listener.get(), kBacklog) != 0) return Refused{errno};
  return listener;
}

std::string describe(int error, const std::string& host, std::uint16_t port) {
  const std::string where = "port " + std::to_string(port);
  if (error == EADDRINUSE) return where + " is in use on " + host;
  if (error == EACCES) return where + " on " + host + " needs more rights than this process has";
  if (error == EADDRNOTAVAIL) return "this machine has no address " + host;
  return "cannot listen on " + host + " " + where + ": " + std::generic_category().message(error);
}

bool machine_lacks_it(int error) {
  return error == EADDRNOTAVAIL || error == EAFNOSUPPORT || error == EPROTONOSUPPORT;
}

struct Failure {
  bool port_in_use = false;
  std::string why;
};

Result<Listening, Failure> try_to_listen(const std::vector<std::string>& hosts, std::uint16_t port) {
  Listening listening{port, {}};
  for (const std::string& host : hosts) {
    const auto address = parse_address(host, listening.port);
    if (!address) return Refused{Failure{false, "'" + host + "' is not a numeric address such as 127.0.0.1 or ::1"}};
    // `::` alone serves IPv4 too; beside other addresses it would take their port.
    auto listener = open_listener(*address, hosts.size() > 1);
    if (!listener) {
      if (machine_lacks_it(listener.error()) && &host != &hosts.front()) continue;
      return Refused{Failure{listener.error() == EADDRINUSE, describe(listener.error(), host, listening.port)}};
    }
    listening.sockets.push_back(std::move(listener).value());
    if (listening.port == 0) listening.port = bound_port(listening.sockets.front().get());
  }
  return listening;
}

}  // namespace

ListeningSocket::~ListeningSocket() {
  if (socket_ >= 0) ::close(socket_);
}

int ListeningSocket::duplicate() const {
  return ::fcntl(socket_, F_DUPFD_CLOEXEC, 0);
}

void ListeningSocket::shut_down() const {
  ::shutdown(socket_, SHUT_RDWR);
}

Result<Listening, std::string> listen_on(const std::vector<std::string>& hosts, std::uint16_t port) {
  if (hosts.empty()) return Refused{std::string("no address to listen on")};
  for (int attempt = 1;; ++attempt) {
    auto listening = try_to_listen(hosts, port);
    if (listening) return std::move(listening).value();
    const bool try_another = port == 0 && listening.error().port_in_use && attempt < kPortAttempts;
    if (!try_another) return Refused{listening.error().why};
  }
}

void raise_open_files_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // when refused, the old limit holds: fewer connections, no failure
}

}  // namespace fickle
