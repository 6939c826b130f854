#include "emulator/http/server.hh"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

#include "emulator/core/clock.hh"
#include "emulator/http/connection.hh"
#include "emulator/http/connection_threads.hh"
#include "emulator/http/listener.hh"
#include "emulator/http/refusal_window.hh"

namespace fickle {
namespace {

// httplib hands each accepted socket to a queue; here the listener's own thread takes it at once, as all it does is start a thread.
class ImmediateQueue final : public httplib::TaskQueue {
 public:
  bool enqueue(std::function<void()> task) override {
    task();
    return true;
  }
  void shutdown() override {}
};

// httplib's accept loop on a socket that we bound, with our own conversation behind it (as httplib's SSLServer replaces it).
class AcceptLoop final : public httplib::Server {
 public:
  AcceptLoop(ListeningSocket socket, std::function<void(int)> accepted)
      : socket_(std::move(socket)), accepted_(std::move(accepted)) {
    new_task_queue = [] { return new ImmediateQueue; };  // httplib deletes it
    // 0: a connection may stay silent as long as it likes.
    set_read_timeout(0);
    set_write_timeout(0);
  }

  // Until stop is requested and the socket shut down. httplib gives up, and closes its descriptor, at any error of accept
  // (out of memory, say): hence a duplicate, and another round.
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const int duplicate = socket_.duplicate();
      if (duplicate < 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
      }
      svr_sock_ = duplicate;
      listen_after_bind();
      httplib::Server::stop();  // not running any more: only makes it fit to listen again
    }
  }

  void shut_down() const { socket_.shut_down(); }

 private:
  bool process_and_close_socket(socket_t socket) override {
    accepted_(socket);
    return true;
  }

  const ListeningSocket socket_;
  const std::function<void(int)> accepted_;
};

}  // namespace

struct Server::Implementation {
  Implementation(ServerOptions given, RequestHandler& handler)
      : options(std::move(given)),
        context{options, handler, clock, refusals, stop.get_token()},
        threads(options.connections_max, [this](int socket, Admission admission) {
          Connection connection(socket, context);
          if (admission == Admission::served) return connection.serve();
          connection.turn_away();
        }) {}

  void accepted(int socket) {
    if (refusals.is_open()) {
      const linger now{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
      ::close(socket);
      return;
    }
    threads.start(socket);
  }

  const ServerOptions options;
  const SystemClock clock;
  RefusalWindow refusals;
  std::stop_source stop;
  const ConnectionContext context;
  std::deque<AcceptLoop> loops;
  ConnectionThreads threads;
};

Server::Server(ServerOptions options, RequestHandler& handler)
    : implementation_(std::make_unique<Implementation>(std::move(options), handler)) {}

Server::~Server() = default;

Result<std::uint16_t, std::string> Server::bind() {
  raise_open_files_limit();
  auto listening = listen_on(implementation_->options.hosts, implementation_->options.port);
  if (!listening) return Refused{listening.error()};
  Listening bound = std::move(listening).value();
  for (ListeningSocket& socket : bound.sockets) {
    implementation_->loops.emplace_back(std::move(socket),
                                        [this](int accepted) { implementation_->accepted(accepted); });
  }
  return bound.port;
}

void Server::serve() {
  const std::stop_token stop = implementation_->stop.get_token();
  std::deque<std::jthread> others;
  for (std::size_t i = 1; i < implementation_->loops.size(); ++i) {
    others.emplace_back([this, i, stop] { implementation_->loops[i].run(stop); });
  }
  if (!implementation_->loops.empty()) implementation_->loops.front().run(stop);
  others.clear();  // joins
  implementation_->threads.wait();
}

void Server::stop() {
  implementation_->stop.request_stop();
  for (const AcceptLoop& loop : implementation_->loops) loop.shut_down();
  implementation_->threads.stop();
}

}  // namespace fickle
