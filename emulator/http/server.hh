// The HTTP server: sockets, threads and wire plans. server.cc is the only file that includes httplib.h.
// Thread-safety: start() once, stop() from any thread (async-signal context excluded).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

struct ServerOptions {
  std::vector<std::string> hosts = {"127.0.0.1",
                                    "::1"};  // numeric addresses; ::1 may be missing on the machine, the first may not
  std::uint16_t port = 8000;                 // 0 picks one (the same on every host)
  std::size_t connections_max = 4096;        // threads; beyond it a connection gets 503 and is closed
  std::size_t body_max = 16u * 1024 * 1024;  // beyond it 413 with an empty body
  std::size_t header_max = 16u * 1024;       // request line, and headers in total: beyond it 400
};

class Server {
 public:
  Server(ServerOptions options, RequestHandler& handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens; the bound port, or one clear line why not ("port 8000 is in use").
  [[nodiscard]] Result<std::uint16_t, std::string> bind();
  void serve();  // accepts until stop(); returns when every connection thread has ended
  void stop();   // closes listeners and every open connection, whatever it is doing, within a second

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace fickle
