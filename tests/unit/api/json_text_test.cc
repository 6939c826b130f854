#include "emulator/api/json_text.hh"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "emulator/api/call.hh"

namespace fickle {
namespace {

TEST_CASE("Commas go between members and elements, nowhere else", "[api]") {
  JsonText text;
  text.begin_object().member("a", "x").key("b").begin_array().integer(1).integer(-2).begin_object().end_object();
  text.begin_array().end_array().end_array().member_bool("c", false).key("d").begin_object().end_object().end_object();
  CHECK(text.take() == R"({"a":"x","b":[1,-2,{},[]],"c":false,"d":{}})");
}

TEST_CASE("Capacity has one digit after the point, timestamps have milliseconds", "[api]") {
  using namespace std::chrono_literals;
  JsonText text;
  text.begin_array();
  for (const std::int64_t units : {0, 1, 2, 3, 20}) text.half_units(HalfUnits{units});
  text.timestamp(Instant{1718877543123ms}).timestamp(Instant{1718877543s}).end_array();
  CHECK(text.text() == "[0.0,0.5,1.0,1.5,10.0,1718877543.123,1718877543.0]");
}

TEST_CASE("Items and values print as DynamoDB JSON", "[api]") {
  const Item item{{"pk", Value::string("a\"b")}, {"n", Value::number(Number::of(5))}};
  JsonText text;
  text.begin_object().member("Item", item).key("Value").value(Value::boolean(true)).key("Items").begin_array();
  text.item(item).item(Item{}).end_array().end_object();
  CHECK(text.text() == R"({"Item":{"n":{"N":"5"},"pk":{"S":"a\"b"}},"Value":{"BOOL":true},)"
                       R"("Items":[{"n":{"N":"5"},"pk":{"S":"a\"b"}},{}]})");
}

TEST_CASE("Plain JSON keeps its members' order, and doubles never have an exponent", "[api]") {
  JsonText text;
  text.begin_object().key("echo").json(
      boost::json::parse(R"({"z":[1,"a",null,true,18446744073709551615,0.5,1e3],"a":{}})"));
  text.end_object();
  CHECK(text.text() == R"({"echo":{"z":[1,"a",null,true,18446744073709551615,0.5,1000.0],"a":{}}})");
}

TEST_CASE("Headers of a call are found by their name", "[api]") {
  Call call;
  call.headers = {{"host", "localhost"}, {"x-fickle-fault", ""}};
  CHECK(call.header("host") == "localhost");
  CHECK(call.header("x-fickle-fault") == "");
  CHECK_FALSE(call.header("origin").has_value());
}

}  // namespace
}  // namespace fickle
