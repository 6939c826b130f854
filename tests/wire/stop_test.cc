// stop() ends within a second whatever is open.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <vector>

#include "emulator/http/listener.hh"
#include "tests/support/raw_client.hh"
#include "tests/wire/running_server.hh"

using namespace fickle;
using namespace fickle::testing;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

HttpReply answer_by_path(const HttpRequest& request) {
  HttpReply reply = text_reply(std::string(request.path == "/large" ? 16 * 1024 * 1024 : 1000, 'x'));
  if (request.path == "/hang") reply.wire = {.kind = WirePlan::Kind::hang};
  if (request.path == "/drip") reply.wire = {.kind = WirePlan::Kind::drip, .amount = 1};
  if (request.path == "/events") {
    reply.stream = [](const ChunkWriter& write) {
      while (write("data: tick\n\n")) std::this_thread::yield();
    };
  }
  return reply;
}

bool is_listening(std::uint16_t port) {
  try {
    RawClient client(port);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("stop() ends within a second") {
  RunningServer server(answer_by_path);
  std::vector<RawClient> clients;
  const auto open_with = [&](std::string_view bytes) -> RawClient& {
    clients.emplace_back(server.port());
    clients.back().send(bytes);
    return clients.back();
  };
  SECTION("with nothing open") {}
  SECTION("with connections that never said anything") {
    for (int i = 0; i < 200; ++i) open_with("");
  }
  SECTION("with idle connections") {
    for (int i = 0; i < 20; ++i) open_with(post("/echo", "x")).read_answer();
  }
  SECTION("with half a head") {
    open_with("POST / HTTP/1.1\r\nHost:");
  }
  SECTION("with half a body") {
    open_with("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf");
  }
  SECTION("with half a chunked body") {
    open_with("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf");
  }
  SECTION("with a refused request whose body still comes") {
    open_with("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nhalf").read_answer();
  }
  SECTION("while hanging") {
    open_with(post("/hang", ""));
  }
  SECTION("while dripping") {
    open_with(post("/drip", "")).read_until("\r\n\r\n");
  }
  SECTION("while streaming to one who reads") {
    open_with(post("/events", "")).read_until("tick");
  }
  SECTION("while sending to one who does not read") {
    open_with(post("/large", "")).read_until("\r\n\r\n");
    open_with(post("/events", "")).read_until("\r\n\r\n");
  }
  SECTION("with all of this at once") {
    for (int i = 0; i < 10; ++i) {
      open_with("");
      open_with("GET /");
      open_with(post("/hang", ""));
      open_with(post("/drip", "")).read_until("\r\n\r\n");
      open_with(post("/events", "")).read_until("\r\n\r\n");
      open_with(post("/large", "")).read_until("\r\n\r\n");
    }
  }
  CHECK(server.stop() < 1s);
}

TEST_CASE("stop() lets an answer under way leave, with Connection: close") {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("/block", ""));
  server.handler().wait_until_blocked(1);
  std::thread stopping([&] { server.server().stop(); });
  while (is_listening(server.port())) std::this_thread::yield();
  CHECK(server.stop() < 1s);
  stopping.join();
  const std::string answer = client.read_to_end();
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
  CHECK(body_of(answer) == "released");
}

TEST_CASE("stop() while a client keeps asking") {
  RunningServer server;
  std::thread asking([port = server.port()] {
    RawClient client(port);
    while (client.send(post("/echo", "x")) && !client.read_answer().empty()) {}
  });
  RawClient other(server.port());
  other.send(post("/echo", ""));
  other.read_answer();
  CHECK(server.stop() < 1s);
  asking.join();
}

TEST_CASE("stop() before serve(), twice, and without bind") {
  TestHandler handler([](const HttpRequest&) { return HttpReply{}; });
  Server server({.port = 0}, handler);
  SECTION("bound") {
    REQUIRE(server.bind().ok());
  }
  SECTION("not bound") {}
  server.stop();
  server.stop();
  server.serve();
}

TEST_CASE("A stopped server leaves its port to the next one") {
  RunningServer first;
  RawClient client(first.port());
  client.send(post("/echo", "x"));
  client.read_answer();
  const std::uint16_t port = first.port();
  first.stop();
  TestHandler handler([](const HttpRequest&) { return HttpReply{}; });
  Server second({.port = port}, handler);
  CHECK(second.bind().ok());
}
