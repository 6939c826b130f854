#include "emulator/service/http_message.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/service/percent.hh"

using namespace fickle;

TEST_CASE("A header is found whatever its case, the first of several wins") {
  HttpRequest request;
  request.headers = {{"X-Amz-Target", "first"}, {"x-amz-target", "second"}, {"Empty", ""}};
  CHECK(request.header("x-amz-TARGET") == "first");
  CHECK(request.header("empty") == "");
  CHECK(request.header("absent") == std::nullopt);
}

TEST_CASE("A query parameter is decoded, the first of several wins") {
  HttpRequest request;
  request.query = "a=1&b=x%20y+z&a=2&flag&%6Eame=%F0%9F%90%89&bad=100%&=nameless&&e=";
  CHECK(request.query_parameter("a") == "1");
  CHECK(request.query_parameter("b") == "x y z");
  CHECK(request.query_parameter("flag") == "");
  CHECK(request.query_parameter("name") == "\xF0\x9F\x90\x89");
  CHECK(request.query_parameter("bad") == "100%");
  CHECK(request.query_parameter("e") == "");
  CHECK(request.query_parameter("absent") == std::nullopt);
  CHECK(HttpRequest{}.query_parameter("") == std::nullopt);
}

TEST_CASE("percent_decode treats + and broken escapes as told") {
  CHECK(percent_decode("a+b%2B", Plus::literal, BadEscape::refused) == "a+b+");
  CHECK(percent_decode("a+b%2b", Plus::blank, BadEscape::refused) == "a b+");
  for (const char* broken : {"%", "%4", "%zz", "a%4", "%4g"}) {
    CHECK(percent_decode(broken, Plus::literal, BadEscape::refused) == std::nullopt);
    CHECK(percent_decode(broken, Plus::literal, BadEscape::literal) == broken);
  }
}
