#include "emulator/http/request_head.hh"

#include <catch2/catch_test_macros.hpp>

using namespace fickle;

namespace {

std::string with_headers(std::string_view headers) {
  return "POST / HTTP/1.1\r\n" + std::string(headers) + "\r\n";
}

// 0 when the head is fine.
int status_of(std::string_view head) {
  const auto parsed = parse_request_head(head);
  return parsed ? 0 : static_cast<int>(parsed.error());
}

// What scanning all of `bytes` at once says: "more", the length, or the status.
std::string scan(std::string_view bytes, std::size_t max = 100) {
  const auto scanned = HeadScanner(max).scan(bytes);
  if (!scanned) return "refused " + std::to_string(static_cast<int>(scanned.error()));
  return scanned.value() ? std::to_string(*scanned.value()) : "more";
}

}  // namespace

TEST_CASE("A request head as an SDK sends it") {
  const auto parsed = parse_request_head(
      "POST /a%20b?x=%201&y HTTP/1.1\r\n"
      "Host: localhost:8000\r\n"
      "X-Amz-Target: \t DynamoDB_20120810.GetItem \t\r\n"
      "content-length: 17\r\n"
      "Empty:\r\n"
      "\r\n");
  REQUIRE(parsed.ok());
  const RequestHead& head = parsed.value();
  CHECK(head.request.method == "POST");
  CHECK(head.request.path == "/a b");
  CHECK(head.request.query == "x=%201&y");
  CHECK(head.request.header("x-amz-target") == "DynamoDB_20120810.GetItem");
  CHECK(head.request.header("empty") == "");
  CHECK(head.content_length == 17);
  CHECK(head.keep_alive);
  CHECK_FALSE(head.is_http_1_0);
  CHECK_FALSE(head.request.is_chunked);
  CHECK_FALSE(head.expects_continue);
}

TEST_CASE("The forms of a request's target") {
  const auto path_of = [](const std::string& line) {
    const auto parsed = parse_request_head(line + " HTTP/1.1\r\n\r\n");
    return parsed ? parsed.value().request.path + "?" + parsed.value().request.query : "refused";
  };
  CHECK(path_of("GET /") == "/?");
  CHECK(path_of("GET /a/b+c?d=e?f") == "/a/b+c?d=e?f");
  CHECK(path_of("GET http://localhost:8000/a?b") == "/a?b");
  CHECK(path_of("GET HTTP://localhost") == "/?");
  CHECK(path_of("GET http://localhost?b") == "/?b");
  CHECK(path_of("GET /a#b?c") == "/a?");
  CHECK(path_of("OPTIONS *") == "*?");
  CHECK(path_of("GET *") == "refused");
  CHECK(path_of("CONNECT localhost:443") == "refused");
  CHECK(path_of("GET a/b") == "refused");
  CHECK(path_of("GET http://") == "refused");
  CHECK(path_of("GET /%zz") == "refused");
}

TEST_CASE("Request lines that are refused") {
  for (const std::string_view line :
       {"GET", "GET /", "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ", "GET / http/1.1", "GET / HTTP/1",
        "G(T / HTTP/1.1", "GET /\x01 HTTP/1.1", "GET /\x7f HTTP/1.1", "GET / HTTX/1.1"}) {
    INFO(line);
    CHECK(status_of(std::string(line) + "\r\n\r\n") == 400);
  }
  CHECK(status_of("GET / HTTP/2.0\r\n\r\n") == 505);
  CHECK(status_of("GET / HTTP/0.9\r\n\r\n") == 505);
}

TEST_CASE("Headers that are refused") {
  for (const std::string_view header : {"no colon", ": no name", "blank before colon : x", " folded", "\tfolded",
                                        "a\x01: x", "a: \x01", "a: b\rc", "a: b\nc", "a: \x7f", "(a): x"}) {
    INFO(header);
    CHECK(status_of(with_headers(std::string(header) + "\r\n")) == 400);
  }
  CHECK(status_of(with_headers("a: caf\xc3\xa9\r\n")) == 0);  // bytes beyond ASCII are nobody's business here
}

TEST_CASE("There is one way to find the end of a body") {
  CHECK(status_of(with_headers("Content-Length: 5\r\nContent-Length: 5\r\n")) == 0);
  CHECK(status_of(with_headers("Content-Length: 5\r\nContent-Length: 6\r\n")) == 400);
  CHECK(status_of(with_headers("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")) == 400);
  CHECK(status_of(with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) == 400);
  CHECK(status_of(with_headers("Transfer-Encoding: gzip, chunked\r\n")) == 501);
  CHECK(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
  for (const std::string_view length : {"", "-1", "+1", "0x10", "1 2", "5,5", "1.0"}) {
    INFO(length);
    CHECK(status_of(with_headers("Content-Length: " + std::string(length) + "\r\n")) == 400);
  }
  CHECK(status_of(with_headers("Content-Length: 99999999999999999999999\r\n")) == 413);
  const auto chunked = parse_request_head(with_headers("transfer-encoding: Chunked\r\n"));
  REQUIRE(chunked.ok());
  CHECK(chunked.value().request.is_chunked);
}

TEST_CASE("What a client wishes of the connection") {
  const auto keeps = [](const std::string& version, const std::string& headers) {
    return parse_request_head("GET / HTTP/" + version + "\r\n" + headers + "\r\n").value().keep_alive;
  };
  CHECK(keeps("1.1", ""));
  CHECK(keeps("1.1", "Connection: keep-alive\r\n"));
  CHECK_FALSE(keeps("1.1", "Connection: CLOSE\r\n"));
  CHECK_FALSE(keeps("1.1", "Connection: x , close\r\n"));
  CHECK_FALSE(keeps("1.0", ""));
  CHECK(keeps("1.0", "Connection: Keep-Alive\r\n"));
  CHECK_FALSE(keeps("1.0", "Connection: x\r\n"));
}

TEST_CASE("HeadScanner finds the end of a head") {
  CHECK(scan("") == "more");
  CHECK(scan("GET / HTTP/1.1\r\n\r\n") == "18");
  CHECK(scan("GET / HTTP/1.1\r\n\r\nGET") == "18");
  CHECK(scan("GET / HTTP/1.1\r\na: b\r\n\r") == "more");
  CHECK(scan("GET / HTTP/1.1\r\na: b\r\n\r\n") == "24");
}

TEST_CASE("HeadScanner gives the same answer however the bytes are cut up") {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\nrest";
  for (std::size_t step = 1; step < 6; ++step) {
    HeadScanner scanner(100);
    std::size_t end = 0;
    for (std::size_t seen = step; seen <= bytes.size() && end == 0; seen += step) {
      const auto scanned = scanner.scan(std::string_view(bytes).substr(0, seen));
      REQUIRE(scanned.ok());
      end = scanned.value().value_or(0);
    }
    CHECK(end == bytes.size() - 4);
  }
}

TEST_CASE("HeadScanner refuses early what can no longer become a head") {
  CHECK(scan("\x16") == "refused 400");
  CHECK(scan(" ") == "refused 400");
  CHECK(scan("GET / HTTP/1.1\n") == "refused 400");
  CHECK(scan(std::string(100, 'a')) == "more");
  CHECK(scan(std::string(103, 'a')) == "refused 400");
  CHECK(scan("GET / HTTP/1.1\r\n" + std::string(102, 'a')) == "more");
  CHECK(scan("GET / HTTP/1.1\r\n" + std::string(103, 'a')) == "refused 400");
}

TEST_CASE("HeadScanner bounds the request line and the headers apart, at exactly their limit") {
  const std::string line(100, 'a');
  const std::string headers(98, 'b');
  CHECK(scan(line + "\r\n" + headers + "\r\n\r\n") == "204");
  CHECK(scan(line + "a\r\n" + headers + "\r\n\r\n") == "refused 400");
  CHECK(scan(line + "\r\n" + headers + "b\r\n\r\n") == "refused 400");
}
