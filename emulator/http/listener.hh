// Listening sockets: several addresses, one port. Thread-safety: a ListeningSocket may be shut down while another thread accepts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/core/result.hh"

namespace fickle {

// Owns the file descriptor of a listening socket.
class ListeningSocket {
 public:
  explicit ListeningSocket(int socket) : socket_(socket) {}
  ListeningSocket(ListeningSocket&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;
  ListeningSocket& operator=(ListeningSocket&&) = delete;
  ~ListeningSocket();

  [[nodiscard]] int get() const { return socket_; }
  [[nodiscard]] int duplicate() const;  // -1 when the process has no descriptor left
  void shut_down() const;               // whoever accepts on it, or on a duplicate, gets an error from now on

 private:
  int socket_;
};

struct Listening {
  std::uint16_t port = 0;
  std::vector<ListeningSocket> sockets;
};

// Listens on `port` of every host; 0 picks one that is free on all. Hosts are numeric addresses; any but the first is left out when
// the machine does not have it. Otherwise one line that says why not.
[[nodiscard]] Result<Listening, std::string> listen_on(const std::vector<std::string>& hosts, std::uint16_t port);

// Lets the process have as many open files as its hard limit allows.
void raise_open_files_limit();

}  // namespace fickle
