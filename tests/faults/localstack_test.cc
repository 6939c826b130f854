// LocalStack's chaos API over the control calls, as its documentation has them.
#include <catch2/catch_test_macros.hpp>

#include "tests/faults/tracking.hh"

using namespace fickle::test;
namespace json = boost::json;

namespace {

constexpr std::string_view kFaults = "/_localstack/chaos/faults";
constexpr std::string_view kEffects = "/_localstack/chaos/effects";

json::value answer(Emulator& emulator, std::string_view method, std::string_view path, std::string_view body = "") {
  const auto reply = emulator.control(method, path, body);
  REQUIRE(reply.status == 200);
  return json::parse(reply.body);
}

}  // namespace

TEST_CASE("Faults are set, added to and taken away; the empty list ends them") {
  Emulator emulator;
  create_widgets(emulator);
  answer(emulator, "POST", kFaults, R"([{"service":"dynamodb","operation":"GetItem"},{"service":"s3"}])");
  CHECK(emulator.call("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"a"}}})").status == 503);
  const std::string more =
      R"([{"service":"dynamodb","operation":"PutItem","error":{"statusCode":400,"code":"ThrottlingException"}}])";
  CHECK(answer(emulator, "PATCH", kFaults, more).as_array().size() == 2);
  const auto put = emulator.call("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"a"}}})");
  CHECK(put.status == 400);
  CHECK(put.body.find("#ThrottlingException") != std::string::npos);
  CHECK(answer(emulator, "DELETE", kFaults, more).as_array().size() == 1);
  put_widget(emulator, "a");
  CHECK(answer(emulator, "POST", kFaults, "[]").as_array().empty());
  CHECK(has_widget(emulator, "a"));
}

TEST_CASE("Network effects hold for all calls until they are set to nothing") {
  Emulator emulator;
  create_widgets(emulator);
  CHECK(answer(emulator, "GET", kEffects) == json::value{{"latency", 0}});
  CHECK(answer(emulator, "POST", kEffects, R"({"latency":7})") == json::value{{"latency", 7}});
  CHECK(answer(emulator, "POST", kEffects, R"({"latency":3})") == json::value{{"latency", 3}});
  CHECK(answer(emulator, "GET", kEffects) == json::value{{"latency", 3}});
  put_widget(emulator, "a");
  CHECK(last_entry(emulator, "PutItem").at("faults") == json::array{"localstack-latency"});
  CHECK(last_entry(emulator, "PutItem").at("latencyMs").to_number<double>() >= 3);
  // They are no fault, and a list of faults leaves them alone.
  CHECK(answer(emulator, "GET", kFaults).as_array().empty());
  answer(emulator, "POST", kFaults, "[]");
  CHECK(answer(emulator, "GET", kEffects) == json::value{{"latency", 3}});

  CHECK(emulator.control("POST", kEffects, R"({"latency":"fast"})").status == 400);
  CHECK(answer(emulator, "GET", kEffects) == json::value{{"latency", 3}});
  CHECK(answer(emulator, "POST", kEffects, R"({"latency":0})") == json::value{{"latency", 0}});
  put_widget(emulator, "a");
  CHECK(last_entry(emulator, "PutItem").at("faults").as_array().empty());
}

TEST_CASE("Rules that somebody put in the place of ours do no harm") {
  Emulator emulator;
  emulator.control_ok("PUT", "/_fickle/faults/localstack-1", R"({"effect":{"throttle":{}}})");
  emulator.control_ok("PUT", "/_fickle/faults/localstack-latency", R"({"effect":{"latency":{"uniform":["1s","2s"]}}})");
  CHECK(answer(emulator, "GET", kFaults).as_array().empty());
  CHECK(answer(emulator, "GET", kEffects) == json::value{{"latency", 0}});
}
