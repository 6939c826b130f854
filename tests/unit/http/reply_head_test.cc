#include "emulator/http/reply_head.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/http/wire_plan.hh"

using namespace fickle;
using namespace std::chrono_literals;

namespace {

class SetClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return instant; }
  Instant instant{};
};

}  // namespace

TEST_CASE("The head of an answer, byte for byte") {
  HttpReply reply;
  reply.status = 400;
  reply.headers = {{"x-amzn-RequestId", "ABC"}};
  CHECK(format_reply_head(reply, "DATE", BodyFraming::content_length, 42, Persistence::keep_alive) ==
        "HTTP/1.1 400 Bad Request\r\nServer: Server\r\nDate: DATE\r\nx-amzn-RequestId: ABC\r\nContent-Length: 42\r\n"
        "Connection: keep-alive\r\n\r\n");
  CHECK(format_reply_head({}, "DATE", BodyFraming::chunked, 0, Persistence::close) ==
        "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: DATE\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
  reply = {};
  reply.status = 299;
  CHECK(format_reply_head(reply, "DATE", BodyFraming::until_close, 0, Persistence::close) ==
        "HTTP/1.1 299 \r\nServer: Server\r\nDate: DATE\r\nConnection: close\r\n\r\n");
  reply.status = 204;
  CHECK(format_reply_head(reply, "DATE", BodyFraming::content_length, 0, Persistence::close).find("Content-Length") ==
        std::string::npos);
}

TEST_CASE("The Date header follows the clock by the second, with the skew that is asked for") {
  SetClock clock;
  HttpDate date(clock);
  CHECK(date.text(0s) == "Thu, 01 Jan 1970 00:00:00 GMT");
  clock.instant += 999ms;
  CHECK(date.text(0s) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(date.text(1ms) == "Thu, 01 Jan 1970 00:00:01 GMT");
  CHECK(date.text(-1s) == "Wed, 31 Dec 1969 23:59:59 GMT");
  CHECK(date.text(0s) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST_CASE("format_chunk") {
  CHECK(format_chunk("hello") == "5\r\nhello\r\n");
  CHECK(format_chunk(std::string(255, 'x')).substr(0, 4) == "ff\r\n");
}

TEST_CASE("A spoiled checksum is another number, and always there") {
  HttpReply reply;
  spoil_checksum(reply);
  REQUIRE(reply.headers.size() == 1);
  CHECK(reply.headers[0].value == "1");  // the empty body's is 0
  reply.headers.set("x-amz-crc32", "4294967295");
  spoil_checksum(reply);
  CHECK(reply.headers[0].value == "4294967294");
}
