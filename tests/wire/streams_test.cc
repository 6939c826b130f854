// Streamed answers (server-sent events): chunked, the head at once, the client's going noticed.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <atomic>
#include <future>

#include "tests/support/raw_client.hh"
#include "tests/wire/running_server.hh"

using namespace fickle;
using namespace fickle::testing;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

HttpReply streaming(std::function<void(const ChunkWriter&)> stream) {
  HttpReply reply;
  reply.headers = {{"Content-Type", "text/event-stream"}};
  reply.stream = std::move(stream);
  return reply;
}

}  // namespace

TEST_CASE("A streamed answer sends its head at once and each chunk as it is written") {
  std::promise<void> go;
  auto may_go = go.get_future().share();
  RunningServer server([may_go](const HttpRequest&) {
    return streaming([may_go](const ChunkWriter& write) {
      may_go.wait();
      write("data: one\n\n");
      write("");
      write("data: two\n\n");
    });
  });
  RawClient client(server.port());
  client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = client.read_until("\r\n\r\n");
  CHECK_THAT(head, ContainsSubstring("\r\nTransfer-Encoding: chunked\r\n"));
  CHECK_THAT(head, !ContainsSubstring("Content-Length"));
  go.set_value();
  CHECK(client.read_until("0\r\n\r\n") == "b\r\ndata: one\n\n\r\nb\r\ndata: two\n\n\r\n0\r\n\r\n");
  client.send(post("/echo", "and on"));
  CHECK(body_of(client.read_answer()) == "POST /echo \nand on");
}

TEST_CASE("To HTTP/1.0 a streamed answer ends with the connection") {
  RunningServer server(
      [](const HttpRequest&) { return streaming([](const ChunkWriter& write) { write("data: x\n\n"); }); });
  RawClient client(server.port());
  client.send("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const std::string answer = client.read_to_end();
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
  CHECK(body_of(answer) == "data: x\n\n");
}

TEST_CASE("The writer tells when the client has gone") {
  std::promise<int> written;
  std::promise<void> gone;
  auto has_gone = gone.get_future().share();
  RunningServer server([&](const HttpRequest&) {
    return streaming([&](const ChunkWriter& write) {
      int count = 0;
      while (write("data: tick\n\n")) {
        ++count;
        has_gone.wait();
      }
      written.set_value(count);
    });
  });
  {
    RawClient client(server.port());
    client.send("GET /events HTTP/1.1\r\n\r\n");
    client.read_until("tick");
  }
  gone.set_value();
  auto result = written.get_future();
  REQUIRE(result.wait_for(5s) == std::future_status::ready);
  CHECK(result.get() == 1);
}
