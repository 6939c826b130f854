// JSON text: read strictly or as people write it, printed as DynamoDB prints it.
#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <random>

#include "emulator/core/json_parse.hh"
#include "emulator/core/json_print.hh"

namespace fickle {
namespace {

std::string reprinted(std::string_view text) {
  INFO(text);
  const auto parsed = parse_json(text, JsonDialect::relaxed);
  REQUIRE(parsed.ok());
  return json_text(parsed.value());
}

JsonError refusal(std::string_view text, JsonDialect dialect = JsonDialect::strict) {
  INFO(text);
  const auto parsed = parse_json(text, dialect);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error();
}

std::string number(double value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

TEST_CASE("JSON is printed without blanks and in its own order") {
  CHECK(reprinted(R"( { "b" : [ 1 , -2 , true , null , "x\ny" ] , "a" : {} } )") ==
        R"({"b":[1,-2,true,null,"x\ny"],"a":{}})");
  CHECK(reprinted("[]") == "[]");
  CHECK(reprinted(R"("\u00e9\u0001")") == "\"\xC3\xA9\\u0001\"");
  CHECK(reprinted(R"({"a":1,"a":2})") == R"({"a":2})");
  CHECK(json_text(boost::json::object{{"a", 1}}) == R"({"a":1})");
}

TEST_CASE("Integers stay integers and doubles never get an exponent") {
  CHECK(reprinted("[9223372036854775807,18446744073709551615,-9223372036854775808]") ==
        "[9223372036854775807,18446744073709551615,-9223372036854775808]");
  CHECK(number(1) == "1.0");
  CHECK(number(0.5) == "0.5");
  CHECK(number(-0.0) == "-0.0");
  CHECK(number(1e21) == "1000000000000000000000.0");
  CHECK(number(1e-7) == "0.0000001");
  CHECK(number(1718877543.123) == "1718877543.123");
  CHECK(number(std::numeric_limits<double>::infinity()) == "null");
  CHECK(number(std::numeric_limits<double>::denorm_min()).size() == 326);
  CHECK(number(-std::numeric_limits<double>::max()).size() == 312);
  CHECK(reprinted("[1e2,2.50,1E-2]") == "[100.0,2.5,0.01]");
}

TEST_CASE("Doubles are read as the nearest there is") {
  std::mt19937_64 random(20260108);  // NOLINT: the same numbers in every run
  for (int i = 0; i < 5000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 400) - 260);
    const auto parsed = parse_json(number(value));
    REQUIRE(parsed.ok());
    REQUIRE(parsed.value().to_number<double>() == value);
  }
  CHECK(parse_json("0.1").value().get_double() == 0.1);
  CHECK(parse_json("123456789012345678901234567890").value().get_double() == 123456789012345678901234567890.0);
  CHECK(parse_json("1e-400").value().get_double() == 0);
  CHECK_FALSE(parse_json("1e400").ok());
}

TEST_CASE("Errors say where") {
  CHECK(refusal("{\"a\":1,\n \"b\" 2}").line == 2);
  CHECK(refusal("{\"a\":1,\n \"b\" 2}").column == 6);
  CHECK(refusal("[1,x]").line == 1);
  CHECK(refusal("[1,x]").column == 4);
  CHECK(refusal("").line == 1);
  CHECK(refusal("").column == 1);
  CHECK(refusal("{} {}").column == 4);
  CHECK_FALSE(refusal("[1,").what.empty());
}

TEST_CASE("What is not JSON is refused") {
  for (const std::string_view bad : {"{", "[1", "\"abc", "{\"a\"}", "tru", "01", "1.", ".5", "+1", "NaN", "'a'",
                                     "{a:1}", "[1]]", "\"\x01\"", "\"\xFF\"", "\"\\ud800\"", "[1e]"}) {
    (void)refusal(bad, JsonDialect::relaxed);
  }
}

TEST_CASE("Comments and trailing commas are for the relaxed only") {
  const std::string_view text = "// widgets\n{\"a\": [1, 2,], /* two */ \"b\": 3,}\n// end";
  CHECK(reprinted(text) == R"({"a":[1,2],"b":3})");
  CHECK(refusal(text).line == 1);
  CHECK(refusal("[1,]").column == 4);
}

TEST_CASE("Nesting is bounded") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parse_json(nested(kJsonDepth)).ok());
  CHECK_FALSE(parse_json(nested(kJsonDepth + 1)).ok());
  CHECK_FALSE(parse_json(nested(4), JsonDialect::strict, 3).ok());
  CHECK_FALSE(parse_json(std::string(10'000'000, '[')).ok());
}

TEST_CASE("Numbers that a double would damage can be kept as they were written") {
  const auto kept = [](std::string_view text) {
    return json_text(parse_json(text, JsonDialect::strict, kJsonDepth, {}, JsonNumbers::keep_text).value());
  };
  CHECK(kept("[7,0.25,-12345678901.5]") == "[7,0.25,-12345678901.5]");
  CHECK(kept("1.000000000000001") == R"({"\u0001number":"1.000000000000001"})");
  CHECK(kept("1e400") == R"({"\u0001number":"1e400"})");
  CHECK(kept("123456789012345678901234567890") == R"({"\u0001number":"123456789012345678901234567890"})");
}

TEST_CASE("A parsed value can live in the caller's memory") {
  boost::json::monotonic_resource memory;
  const auto parsed =
      parse_json(R"({"a":["long enough to be allocated somewhere"]})", JsonDialect::strict, kJsonDepth, &memory);
  REQUIRE(parsed.ok());
  CHECK(parsed.value().storage().get() == &memory);
}

}  // namespace
}  // namespace fickle
