// HTTP answers from bytes in any portions.
#include "emulator/cli/reply_reader.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace fickle::cli {
namespace {

using State = ReplyReader::State;

// The answer, fed in portions of `size` bytes, whatever their size.
HttpAnswer read_in_portions(const std::string& bytes, std::size_t size) {
  ReplyReader reader;
  State state = State::reading;
  for (std::size_t i = 0; i < bytes.size(); i += size) state = reader.feed(std::string_view(bytes).substr(i, size));
  if (state == State::reading) state = reader.end();
  INFO(reader.why_broken());
  REQUIRE(state == State::complete);
  return reader.take();
}

std::string why_broken(const std::string& bytes) {
  ReplyReader reader;
  if (reader.feed(bytes) == State::reading) (void)reader.end();
  return reader.why_broken();
}

TEST_CASE("A body may be sized, chunked or end with the connection") {
  const std::string sized = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: 5\r\n\r\nhello";
  const std::string chunked =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nA: b\r\n\r\n";
  const std::string open = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\nhello";
  for (const std::string& bytes : {sized, chunked, open}) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{7}, bytes.size()}) {
      INFO(bytes << " in portions of " << size);
      const HttpAnswer answer = read_in_portions(bytes, size);
      CHECK(answer.status == 200);
      CHECK(answer.content_type == "application/json");
      CHECK(answer.body == "hello");
    }
  }
}

TEST_CASE("Interim answers come before the answer, and 204 has no body") {
  CHECK(
      read_in_portions("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 3).status ==
      404);
  CHECK(read_in_portions("HTTP/1.1 204 No Content\r\n\r\n", 100).status == 204);
}

TEST_CASE("What is not an answer is told, never guessed") {
  CHECK(why_broken("") == "the connection was closed without an answer");
  CHECK(why_broken("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello") == "the answer ended in the middle");
  CHECK(why_broken("SSH-2.0-x\r\n\r\n") == "the answer is not HTTP");
  CHECK(why_broken("HTTP/1.1 abc\r\n\r\n") == "the answer is not HTTP");
  CHECK(why_broken("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n") == "the answer's Content-Length is not a number");
  CHECK(why_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") == "a chunk's size is not a number");
  CHECK(why_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n") ==
        "a chunk is longer than it says");
  CHECK(why_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n") ==
        "a chunk's size is not a number");
  CHECK(why_broken(std::string(70'000, 'x')) == "the answer's head is too long");
}

}  // namespace
}  // namespace fickle::cli
