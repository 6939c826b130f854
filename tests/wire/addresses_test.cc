// Which addresses a server listens on, and what it says when it cannot.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <stdexcept>

#include "tests/support/raw_client.hh"
#include "tests/wire/running_server.hh"

using namespace fickle;
using namespace fickle::testing;
using Catch::Matchers::ContainsSubstring;

namespace {

HttpReply remote_address(const HttpRequest& request) {
  return text_reply(request.remote_address);
}

bool machine_has_ipv6() {
  TestHandler handler(remote_address);
  return Server({.hosts = {"::1"}, .port = 0}, handler).bind().ok();
}

}  // namespace

TEST_CASE("Both loopbacks serve on the same port, and the client's address is known") {
  RunningServer server(remote_address);
  RawClient v4(server.port(), "127.0.0.1");
  v4.send(post("/", ""));
  CHECK(body_of(v4.read_answer()) == "127.0.0.1");
  if (machine_has_ipv6()) {
    RawClient v6(server.port(), "::1");
    v6.send(post("/", ""));
    CHECK(body_of(v6.read_answer()) == "::1");
  } else {
    CHECK_THROWS_AS(RawClient(server.port(), "::1"), std::runtime_error);
  }
}

TEST_CASE("A port in use is told in one line") {
  RunningServer first(remote_address);
  TestHandler handler(remote_address);
  Server second({.port = first.port()}, handler);
  const auto bound = second.bind();
  REQUIRE_FALSE(bound.ok());
  CHECK(bound.error() == "port " + std::to_string(first.port()) + " is in use on 127.0.0.1");
}

TEST_CASE("A host that is no numeric address, or not this machine's, is told") {
  TestHandler handler(remote_address);
  const auto error_with = [&](std::vector<std::string> hosts) {
    const auto bound = Server({.hosts = std::move(hosts), .port = 0}, handler).bind();
    return bound ? std::string("bound") : bound.error();
  };
  CHECK_THAT(error_with({"localhost"}), ContainsSubstring("'localhost' is not a numeric address"));
  CHECK(error_with({"192.0.2.1"}) == "this machine has no address 192.0.2.1");
  CHECK(error_with({}) == "no address to listen on");
  CHECK(error_with({"127.0.0.1", "2001:db8::1"}) == "bound");  // only the first must be there
}
