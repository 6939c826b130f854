// What each damage to an answer looks like to a client that reads bytes. The request itself has been executed in every case.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "tests/support/raw_client.hh"
#include "tests/wire/running_server.hh"

using namespace fickle;
using namespace fickle::testing;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

// Answers /plan with ten bytes and this plan.
RunningServer server_with(WirePlan plan) {
  return RunningServer([plan](const HttpRequest&) {
    HttpReply reply = text_reply("0123456789");
    reply.wire = plan;
    return reply;
  });
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

TEST_CASE("reset: RST instead of an answer") {
  auto server = server_with({.kind = WirePlan::Kind::reset});
  RawClient client(server.port());
  client.send(post("/plan", "x"));
  CHECK(client.read_to_end().empty());
  CHECK(client.end() == RawClient::End::reset);
}

TEST_CASE("close: FIN instead of an answer") {
  auto server = server_with({.kind = WirePlan::Kind::close});
  RawClient client(server.port());
  client.send(post("/plan", "x"));
  CHECK(client.read_to_end().empty());
  CHECK(client.end() == RawClient::End::closed);
}

TEST_CASE("hang: nothing comes and the connection stays") {
  SECTION("until the duration has passed") {
    auto server = server_with({.kind = WirePlan::Kind::hang, .duration = 150ms});
    RawClient client(server.port());
    const auto begin = std::chrono::steady_clock::now();
    client.send(post("/plan", "x"));
    CHECK(client.read_to_end().empty());
    CHECK(client.end() == RawClient::End::closed);
    CHECK(since(begin) >= 150ms);
  }
  SECTION("without one, until the client goes") {
    auto server = server_with({.kind = WirePlan::Kind::hang});
    RawClient client(server.port());
    client.send(post("/plan", "x"));
    CHECK(client.is_silent_for(100ms));
    client.end_sending();
    CHECK(client.read_to_end().empty());
    CHECK(client.end() == RawClient::End::closed);
  }
}

TEST_CASE("refuse: this connection and each new one is reset, for a while; others go on") {
  auto server = server_with({.kind = WirePlan::Kind::refuse, .duration = 400ms});
  RawClient other(server.port());
  other.send(post("/echo", "before"));
  CHECK(body_of(other.read_answer()) == "POST /echo \nbefore");

  const auto begin = std::chrono::steady_clock::now();
  RawClient client(server.port());
  client.send(post("/plan", "x"));
  CHECK(client.read_to_end().empty());
  CHECK(client.end() == RawClient::End::reset);

  other.send(post("/echo", "during"));
  CHECK(body_of(other.read_answer()) == "POST /echo \nduring");
  int refused = 0;
  for (;;) {
    const auto asked = since(begin);
    RawClient next(server.port());
    next.send(post("/echo", "after"));
    if (next.read_answer().empty()) {
      CHECK(next.end() == RawClient::End::reset);
      ++refused;
      REQUIRE(asked < 5s);
      continue;
    }
    CHECK(since(begin) >= 400ms);
    break;
  }
  CHECK(refused > 0);
}

TEST_CASE("truncate: the full Content-Length, some of the body, the end") {
  auto server = server_with({.kind = WirePlan::Kind::truncate, .amount = 4});
  RawClient client(server.port());
  client.send(post("/plan", "x"));
  const std::string answer = client.read_to_end();
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Length: 10\r\n"));
  CHECK(body_of(answer) == "0123");
  CHECK(client.end() == RawClient::End::closed);

  auto longer = server_with({.kind = WirePlan::Kind::truncate, .amount = 400});
  RawClient whole(longer.port());
  whole.send(post("/plan", "x"));
  CHECK(body_of(whole.read_to_end()) == "0123456789");
}

TEST_CASE("drip: the head at once, then the body at so many bytes a second") {
  auto server = server_with({.kind = WirePlan::Kind::drip, .amount = 50});
  RawClient client(server.port());
  client.send(post("/plan", "x") + post("/echo", "next"));
  CHECK_THAT(client.read_until("\r\n\r\n"), ContainsSubstring("\r\nContent-Length: 10\r\n"));
  const auto begin = std::chrono::steady_clock::now();
  CHECK(client.read_bytes(1) == "0");
  CHECK(since(begin) < 150ms);
  CHECK(client.read_bytes(9) == "123456789");
  CHECK(since(begin) >= 150ms);
  CHECK(body_of(client.read_answer()) == "POST /echo \nnext");  // slow, but whole: the connection is as good as before
}

TEST_CASE("garbage: bytes that are not HTTP, then the end") {
  auto server = server_with({.kind = WirePlan::Kind::garbage});
  RawClient client(server.port());
  client.send(post("/plan", "x"));
  const std::string bytes = client.read_to_end();
  CHECK(!bytes.empty());
  CHECK(bytes.find("HTTP/") == std::string::npos);
  CHECK(client.end() == RawClient::End::closed);
}

TEST_CASE("bad_checksum: the true answer with another x-amz-crc32, and the connection goes on") {
  auto server = server_with({.kind = WirePlan::Kind::bad_checksum});
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    client.send(post("/plan", "x"));
    const std::string answer = client.read_answer();
    CHECK_THAT(answer, ContainsSubstring("\r\nx-amz-crc32: 1234567891\r\n"));
    CHECK(body_of(answer) == "0123456789");
  }
}
