#include "emulator/api/reader.hh"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <string>

#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

TEST_CASE("Absent and null members read as nothing", "[api]") {
  const auto body = test::body_of(R"({"a":null})");
  for (const auto* name : {"a", "b"}) {
    CHECK(find_member(body, name) == nullptr);
    CHECK_FALSE(read_string(body, name).has_value());
    CHECK_FALSE(read_bool(body, name).has_value());
    CHECK_FALSE(read_integer(body, name).has_value());
    CHECK(read_object(body, name) == nullptr);
    CHECK(read_array(body, name) == nullptr);
    CHECK(read_strings(body, name).empty());
  }
}

TEST_CASE("Members read as their types", "[api]") {
  const auto body = test::body_of(R"({"s":"x","o":{"k":1},"a":["x","y"]})");
  CHECK(read_string(body, "s") == "x");
  CHECK(read_object(body, "o")->size() == 1);
  CHECK(read_array(body, "a")->size() == 2);
  CHECK(read_strings(body, "a") == std::vector<std::string>{"x", "y"});
}

TEST_CASE("Booleans may be words in any case", "[api]") {
  const auto body = test::body_of(R"({"t":true,"f":false,"T":"True","y":"YES","1":"1","F":"FALSE","n":"no","0":"0"})");
  for (const auto* name : {"t", "T", "y", "1"}) CHECK(read_bool(body, name) == true);
  for (const auto* name : {"f", "F", "n", "0"}) CHECK(read_bool(body, name) == false);
}

TEST_CASE("Integers are floored and clamped", "[api]") {
  const auto body = test::body_of(R"({"i":7,"f":1.9,"n":-1.1,"big":18446744073709551615,"huge":1e300,"low":-1e300})");
  CHECK(read_integer(body, "i") == 7);
  CHECK(read_integer(body, "f") == 1);
  CHECK(read_integer(body, "n") == -2);
  CHECK(read_integer(body, "big") == std::numeric_limits<std::int64_t>::max());
  CHECK(read_integer(body, "huge") == std::numeric_limits<std::int64_t>::max());
  CHECK(read_integer(body, "low") == std::numeric_limits<std::int64_t>::min());
  CHECK(integer_of(body.at("huge"), Shape::integer) == 2147483647);
}

struct Row {
  std::string item;
  std::string message;
  bool prefixed;  // on PutItem and UpdateItem
};
const Row kRows[] = {
    {R"({"a":{}})", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes", false},
    {R"({"a":{"dog":"cat"}})", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
     false},
    {R"({"a":{"N":""}})", "The parameter cannot be converted to a numeric value", false},
    {R"({"a":{"N":"x1"}})", "The parameter cannot be converted to a numeric value: x1", false},
    {R"({"a":{"N":"1E126"}})",
     "Number overflow. Attempting to store a number with magnitude larger than supported range", false},
    {R"({"a":{"N":"1E-131"}})",
     "Number underflow. Attempting to store a number with magnitude smaller than supported range", false},
    {R"({"a":{"N":"123456789012345678901234567890123456789"}})",
     "Attempting to store more than 38 significant digits in a Number", false},
    {R"({"a":{"NULL":false}})",
     "One or more parameter values were invalid: Null attribute value types must have the value of true", true},
    {R"({"a":{"SS":[]}})", "One or more parameter values were invalid: An string set  may not be empty", true},
    {R"({"a":{"NS":[]}})", "One or more parameter values were invalid: An number set  may not be empty", true},
    {R"({"a":{"BS":[]}})", "One or more parameter values were invalid: Binary sets should not be empty", true},
    {R"({"a":{"SS":["a","b","a"]}})",
     "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates.", true},
    {R"({"a":{"NS":["1","1.0"]}})", "Input collection contains duplicates", true},
    {R"({"a":{"BS":["AQ==","AQ=="]}})",
     "One or more parameter values were invalid: Input collection [AQ==, AQ==]of type BS contains duplicates.", true},
    {R"({"a":{"S":"x","N":"1"}})",
     "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
     false},
};

TEST_CASE("A bad attribute value is told in DynamoDB's words, in the operation's envelope", "[api]") {
  for (const auto& row : kRows) {
    const auto body = test::body_of(R"({"Item":)" + row.item + "}");
    CAPTURE(row.item);
    CHECK(test::message_of([&] { static_cast<void>(read_attributes(body, "Item", Envelope::bare)); }) == row.message);
    CHECK(test::message_of([&] { static_cast<void>(read_attributes(body, "Item", Envelope::detected)); }) ==
          (row.prefixed ? "1 validation error detected: " : "") + row.message);
  }
}

TEST_CASE("Documents deeper than 32 levels are refused", "[api]") {
  std::string value = R"({"S":"x"})";
  for (int i = 0; i < 40; ++i) value = R"({"L":[)" + value + "]}";
  const auto body = test::body_of(R"({"Item":{"a":)" + value + "}}");
  CHECK(test::message_of([&] { static_cast<void>(read_attributes(body, "Item", Envelope::bare)); }) ==
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
        "limit");
}

TEST_CASE("A good item reads as one", "[api]") {
  const auto item =
      read_attributes(test::body_of(R"({"Item":{"pk":{"S":"a"},"n":{"N":"1e3"}}})"), "Item", Envelope::bare);
  CHECK(*item.find("pk")->as_string() == "a");
  CHECK(item.find("n")->as_number()->to_string() == "1000");
}

}  // namespace
}  // namespace fickle
