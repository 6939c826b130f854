// Where the server is, as people write it.
#include "emulator/cli/endpoint.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle::cli {
namespace {

std::vector<std::string> nobody(std::string_view) {
  return {};
}

Endpoint endpoint(std::string_view text) {
  auto parsed = parse_endpoint(text, nobody);
  INFO(text);
  REQUIRE(parsed.ok());
  return std::move(parsed).value();
}

TEST_CASE("An endpoint is a URL or host and port, and the port is 8000 unless said") {
  CHECK(endpoint("http://127.0.0.1:9000").url == "http://127.0.0.1:9000");
  CHECK(endpoint("http://127.0.0.1:9000/").port == 9000);
  CHECK(endpoint("127.0.0.1").authority == "127.0.0.1:8000");
  CHECK(endpoint("localhost:81").url == "http://localhost:81");
  CHECK(endpoint(" http://LOCALHOST ").port == kDefaultPort);
}

TEST_CASE("localhost is both loopbacks, 127.0.0.1 first") {
  CHECK(endpoint("localhost").addresses == std::vector<std::string>{"127.0.0.1", "::1"});
  CHECK(default_endpoint(8000).addresses == std::vector<std::string>{"127.0.0.1", "::1"});
}

TEST_CASE("IPv6 addresses may stand in brackets, and must when a port follows") {
  CHECK(endpoint("http://[::1]:9000").url == "http://[::1]:9000");
  CHECK(endpoint("::1").authority == "[::1]:8000");
  CHECK(endpoint("[::1]").addresses == std::vector<std::string>{"::1"});
}

TEST_CASE("What is no endpoint is refused in one line that quotes it") {
  for (const std::string_view bad :
       {"", "http://", "https://localhost:8000", "ftp://localhost", "http://localhost:0", "localhost:99999",
        "localhost:port", "http://localhost/path", "http://[::1", "[::1]9", "user@localhost", "nowhere.test"}) {
    INFO(bad);
    const auto parsed = parse_endpoint(bad, nobody);
    REQUIRE_FALSE(parsed.ok());
    CHECK_FALSE(parsed.error().empty());
    CHECK(parsed.error().find('\n') == std::string::npos);
  }
}

TEST_CASE("Names are looked up in the file of hosts") {
  const std::string_view hosts = "127.0.0.1 localhost\n# 1.2.3.4 db\n10.0.0.7\tdb  database # ours\n::1 db\nnonsense\n";
  CHECK(find_host(hosts, "db") == std::vector<std::string>{"10.0.0.7", "::1"});
  CHECK(find_host(hosts, "DATABASE") == std::vector<std::string>{"10.0.0.7"});
  CHECK(find_host(hosts, "ours").empty());
  const auto parsed = parse_endpoint("db:9000", [hosts](std::string_view name) { return find_host(hosts, name); });
  REQUIRE(parsed.ok());
  CHECK(parsed.value().authority == "db:9000");
  CHECK(parsed.value().addresses.front() == "10.0.0.7");
}

}  // namespace
}  // namespace fickle::cli
