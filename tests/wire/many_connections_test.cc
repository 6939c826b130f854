// Crowds: idle connections delay nobody, and beyond the limit there is an answer.
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
using Catch::Matchers::StartsWith;

TEST_CASE("1,000 idle connections never delay the 1,001st") {
  raise_open_files_limit();
  RunningServer server;
  std::vector<RawClient> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.emplace_back(server.port());
    if (i % 2 == 0) {  // half of them have been served before
      idle.back().send(post("/echo", "x"));
      REQUIRE_THAT(idle.back().read_answer(), StartsWith("HTTP/1.1 200 "));
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  RawClient client(server.port());
  client.send(post("/echo", "me too"));
  CHECK(body_of(client.read_answer()) == "POST /echo \nme too");
  CHECK(std::chrono::steady_clock::now() - begin < 100ms);
}

TEST_CASE("Half-sent heads delay nobody") {
  RunningServer server;
  std::vector<RawClient> slow;
  for (int i = 0; i < 100; ++i) {
    slow.emplace_back(server.port());
    slow.back().send("POST / HTTP/1.1\r\nHost: loc");
  }
  RawClient client(server.port());
  client.send(post("/echo", "quick"));
  CHECK(body_of(client.read_answer()) == "POST /echo \nquick");
  for (RawClient& one : slow) one.send("alhost\r\n\r\n");
  for (RawClient& one : slow) CHECK(body_of(one.read_answer()) == "POST / \n");
}

TEST_CASE("Beyond the limit a connection gets 503 and is closed; when one leaves there is room again") {
  RunningServer server([](const HttpRequest& request) { return text_reply(describe(request)); },
                       {.connections_max = 3});
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(post("/echo", ""));
    REQUIRE_THAT(clients.back().read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  RawClient fourth(server.port());
  fourth.send(post("/echo", "x"));
  const std::string answer = fourth.read_to_end();
  CHECK_THAT(answer, StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));

  clients.pop_back();
  for (int attempt = 0;; ++attempt) {
    RawClient again(server.port());
    again.send(post("/echo", "x"));
    if (again.read_answer().substr(9, 3) == "200") break;
    REQUIRE(attempt < 1000);
  }
}

TEST_CASE("Connections that come and go by the hundred leave nothing behind") {
  RunningServer server([](const HttpRequest& request) { return text_reply(describe(request)); },
                       {.connections_max = 50});
  for (int i = 0; i < 500; ++i) {
    RawClient client(server.port());
    client.send("GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n");
    REQUIRE_THAT(client.read_to_end(), StartsWith("HTTP/1.1 200 "));
  }
}
