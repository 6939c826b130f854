// A Server on a free port with a handler for tests of the transport. The path of a request says what is to happen:
//   /echo      200, body: method, path, query and body as received
//   /block     answers only when released
//   else       what the test's own function says
// Thread-safety: the handler is called on many threads; the rest belongs to the test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "emulator/http/server.hh"

namespace fickle::testing {

inline HttpReply text_reply(std::string body) {
  HttpReply reply;
  reply.headers = {{"Content-Type", "text/plain"}, {"x-amz-crc32", "1234567890"}};
  reply.body = std::move(body);
  return reply;
}

inline std::string describe(const HttpRequest& request) {
  return request.method + " " + request.path + " " + request.query + "\n" + request.body;
}

class TestHandler final : public RequestHandler {
 public:
  using Answer = std::function<HttpReply(const HttpRequest&)>;
  explicit TestHandler(Answer answer) : answer_(std::move(answer)) {}

  HttpReply handle(HttpRequest request) override {
    if (request.path == "/echo") return text_reply(describe(request));
    if (request.path == "/block") {
      std::unique_lock lock(mutex_);
      ++blocked_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return released_; });
      return text_reply("released");
    }
    return answer_(request);
  }

  void release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }
  void wait_until_blocked(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return blocked_ >= count; });
  }

 private:
  Answer answer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool released_ = false;
  int blocked_ = 0;
};

class RunningServer {
 public:
  explicit RunningServer(
      TestHandler::Answer answer = [](const HttpRequest& request) { return text_reply(describe(request)); },
      ServerOptions options = {})
      : handler_(std::move(answer)), server_(at_free_port(std::move(options)), handler_) {
    const auto port = server_.bind();
    if (!port) throw std::runtime_error(port.error());
    port_ = port.value();
    thread_ = std::thread([this] { server_.serve(); });
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  ~RunningServer() { stop(); }

  // How long it took until the server was gone.
  std::chrono::milliseconds stop() {
    const auto begin = std::chrono::steady_clock::now();
    if (thread_.joinable()) {
      std::thread stopper([this] { server_.stop(); });
      handler_.release();  // what the pipeline does with its own waits
      stopper.join();
      thread_.join();
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  TestHandler& handler() { return handler_; }
  Server& server() { return server_; }

 private:
  static ServerOptions at_free_port(ServerOptions options) {
    options.port = 0;
    return options;
  }

  TestHandler handler_;
  Server server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

inline std::string post(const std::string& path, const std::string& body, const std::string& headers = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// The body of an answer with Content-Length.
inline std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? std::string{} : answer.substr(end + 4);
}

}  // namespace fickle::testing
