// What well-behaved and odd clients send, and what they get, as bytes on a socket.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "tests/support/raw_client.hh"
#include "tests/wire/running_server.hh"

using namespace fickle;
using namespace fickle::testing;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

TEST_CASE("A connection is kept alive for any number of requests") {
  RunningServer server;
  RawClient client(server.port());
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(client.send(post("/echo", std::to_string(i))));
    REQUIRE(body_of(client.read_answer()) == "POST /echo \n" + std::to_string(i));
  }
}

TEST_CASE("An answer carries Server, Date, Content-Length, Connection and the handler's headers") {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("/echo", "x"));
  const std::string answer = client.read_answer();
  CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\nServer: Server\r\nDate: "));
  CHECK_THAT(answer, ContainsSubstring(" GMT\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nContent-Length: 13\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: keep-alive\r\n"));
  CHECK_THAT(answer, ContainsSubstring("\r\nx-amz-crc32: 1234567890\r\n"));
}

TEST_CASE("Pipelined requests are answered in order") {
  RunningServer server;
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 200; ++i) all += post("/echo", std::to_string(i));
  REQUIRE(client.send(all));
  for (int i = 0; i < 200; ++i) REQUIRE(body_of(client.read_answer()) == "POST /echo \n" + std::to_string(i));
}

TEST_CASE("A request may arrive split at every byte") {
  RunningServer server;
  const std::string request = "POST /echo?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
  for (std::size_t at = 1; at < request.size(); ++at) {
    RawClient client(server.port());
    client.send(std::string_view(request).substr(0, at));
    std::this_thread::yield();
    client.send(std::string_view(request).substr(at));
    REQUIRE(body_of(client.read_answer()) == "POST /echo a=b\nhello");
  }
  RawClient slow(server.port());
  for (const char byte : request) REQUIRE(slow.send({&byte, 1}));
  CHECK(body_of(slow.read_answer()) == "POST /echo a=b\nhello");
}

TEST_CASE("A chunked body arrives whole, with extensions and trailers dropped") {
  RunningServer server;
  RawClient client(server.port());
  const std::string request =
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;name=value\r\n world\r\n0\r\nTrailer: yes\r\n\r\n";
  client.send(request + request);
  CHECK(body_of(client.read_answer()) == "POST /echo \nhello world");
  CHECK(body_of(client.read_answer()) == "POST /echo \nhello world");
  for (const char byte : request) REQUIRE(client.send({&byte, 1}));
  CHECK(body_of(client.read_answer()) == "POST /echo \nhello world");
}

TEST_CASE("A body of exactly 16 MB is taken, one byte more is 413 with an empty body") {
  RunningServer server([](const HttpRequest& request) { return text_reply(std::to_string(request.body.size())); });
  const std::size_t limit = 16 * 1024 * 1024;
  const std::string body(limit + 1, 'x');

  SECTION("with Content-Length") {
    RawClient client(server.port());
    client.send(post("/", body.substr(1)));
    CHECK(body_of(client.read_answer()) == std::to_string(limit));
    client.send(post("/", body));
    const std::string refused = client.read_answer();
    CHECK_THAT(refused, StartsWith("HTTP/1.1 413 Payload Too Large\r\n"));
    CHECK_THAT(refused, ContainsSubstring("\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"));
    CHECK(client.read_to_end().empty());
    CHECK(client.end() == RawClient::End::closed);
  }
  SECTION("chunked") {
    const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    RawClient client(server.port());
    client.send(head + "1000000\r\n" + body.substr(1) + "\r\n0\r\n\r\n");
    CHECK(body_of(client.read_answer()) == std::to_string(limit));
    client.send(head + "1000000\r\n" + body.substr(1) + "\r\n1\r\nx\r\n0\r\n\r\n");
    CHECK_THAT(client.read_answer(), StartsWith("HTTP/1.1 413 "));
  }
  SECTION("announced, waiting to be invited") {
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 16777217\r\n\r\n");
    CHECK_THAT(client.read_answer(), StartsWith("HTTP/1.1 413 "));
  }
}

TEST_CASE("A large answer arrives whole") {
  const std::string large(20 * 1024 * 1024, 'y');
  RunningServer server([&](const HttpRequest&) { return text_reply(large); });
  RawClient client(server.port());
  client.send(post("/", ""));
  CHECK(body_of(client.read_answer()) == large);
}

TEST_CASE("Expect: 100-continue is answered before the body, and not when the body is there already") {
  RunningServer server;
  RawClient client(server.port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
  client.send(head);
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  CHECK(body_of(client.read_answer()) == "POST /echo \nbody");
  client.send(head + "body");
  CHECK_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 OK\r\n"));

  client.send("POST /echo HTTP/1.1\r\nExpect: miracles\r\nContent-Length: 4\r\n\r\n");
  CHECK_THAT(client.read_answer(), StartsWith("HTTP/1.1 417 "));
}

TEST_CASE("A request line or headers above 16 KB are 400") {
  RunningServer server;
  const auto answer_to = [&](const std::string& request) {
    RawClient client(server.port());
    client.send(request);
    return client.read_answer();
  };
  const std::string at_limit(16 * 1024 - 24, 'a');
  CHECK_THAT(answer_to("GET /echo?" + at_limit + " HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  CHECK_THAT(answer_to("GET /echo?" + at_limit + std::string(32, 'a') + " HTTP/1.1\r\n\r\n"),
             StartsWith("HTTP/1.1 400 "));
  CHECK_THAT(answer_to("GET /echo HTTP/1.1\r\nA: " + at_limit + "\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  CHECK_THAT(answer_to("GET /echo HTTP/1.1\r\nA: " + at_limit + std::string(32, 'a') + "\r\n\r\n"),
             StartsWith("HTTP/1.1 400 "));
  std::string many = "GET /echo HTTP/1.1\r\n";
  while (many.size() < 17 * 1024) many += "X-Header: value\r\n";
  CHECK_THAT(answer_to(many + "\r\n"), StartsWith("HTTP/1.1 400 "));
  CHECK_THAT(answer_to("GET /" + std::string(100'000, 'a')), StartsWith("HTTP/1.1 400 "));
}

TEST_CASE("Any method reaches the handler, and HEAD gets no body") {
  RunningServer server;
  RawClient client(server.port());
  for (const std::string method : {"GET", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
    client.send(method + " /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(body_of(client.read_answer()) == method + " /echo \n");
  }
  client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_THAT(client.read_answer(false), ContainsSubstring("\r\nContent-Length: 12\r\n"));
  CHECK(body_of(client.read_answer()) == "GET /echo \n");
}

TEST_CASE("Connection: close and HTTP/1.0 end the connection, HTTP/1.0 with keep-alive does not") {
  RunningServer server;
  SECTION("close") {
    RawClient client(server.port());
    client.send("GET /echo HTTP/1.1\r\nConnection: Close\r\n\r\n");
    CHECK_THAT(client.read_to_end(), ContainsSubstring("\r\nConnection: close\r\n"));
    CHECK(client.end() == RawClient::End::closed);
  }
  SECTION("1.0") {
    RawClient client(server.port());
    client.send("GET /echo HTTP/1.0\r\n\r\n");
    CHECK_THAT(client.read_to_end(), ContainsSubstring("GET /echo"));
    CHECK(client.end() == RawClient::End::closed);
  }
  SECTION("1.0 with keep-alive") {
    RawClient client(server.port());
    for (int i = 0; i < 2; ++i) {
      client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      CHECK_THAT(client.read_answer(), ContainsSubstring("\r\nConnection: keep-alive\r\n"));
    }
  }
  SECTION("the handler's wish") {
    RunningServer closing([](const HttpRequest&) {
      HttpReply reply = text_reply("bye");
      reply.close_connection = true;
      return reply;
    });
    RawClient client(closing.port());
    client.send(post("/", ""));
    CHECK(body_of(client.read_to_end()) == "bye");
  }
}

TEST_CASE("What is not HTTP is refused at once") {
  RunningServer server;
  const auto answer_to = [&](std::string_view bytes) {
    RawClient client(server.port());
    client.send(bytes);
    return client.read_answer();
  };
  CHECK_THAT(answer_to("\x16\x03\x01\x02"), StartsWith("HTTP/1.1 400 "));  // the beginning of TLS
  CHECK_THAT(answer_to("GET / HTTP/1.1\n"), StartsWith("HTTP/1.1 400 "));
  CHECK_THAT(answer_to("GET /\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  CHECK_THAT(answer_to("PRI * HTTP/2.0\r\n\r\n"), StartsWith("HTTP/1.1 505 "));
  CHECK_THAT(answer_to("GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"), StartsWith("HTTP/1.1 501 "));
  CHECK_THAT(answer_to("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), StartsWith("HTTP/1.1 400 "));
}

TEST_CASE("A handler that throws is a 500, and the server goes on") {
  RunningServer server([](const HttpRequest&) -> HttpReply { throw std::runtime_error("no"); });
  RawClient client(server.port());
  client.send(post("/", ""));
  CHECK_THAT(client.read_to_end(), StartsWith("HTTP/1.1 500 "));
  RawClient next(server.port());
  next.send(post("/echo", "still there"));
  CHECK(body_of(next.read_answer()) == "POST /echo \nstill there");
}

TEST_CASE("The Date header can be skewed") {
  RunningServer server([](const HttpRequest& request) {
    HttpReply reply = text_reply("");
    if (request.path == "/skewed") reply.date_skew = std::chrono::hours(24 * 365 * 50);
    return reply;
  });
  RawClient client(server.port());
  client.send(post("/now", "") + post("/skewed", "") + post("/now", ""));
  const auto year = [&] {
    const std::string answer = client.read_answer();
    return std::stoi(answer.substr(answer.find("Date: ") + 18, 4));
  };
  const int now = year();
  CHECK(now >= 2024);
  CHECK(year() - now >= 49);
  CHECK(year() == now);
}
