// Numbers: what DynamoDB accepts, how it writes them back, and exact arithmetic (behaviour reference 2.3).
#include "emulator/value/number.hh"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <random>
#include <string>

#include "tests/unit/value/naive_decimal.hh"

namespace fickle {
namespace {

constexpr int kRounds = 20'000;

Number number(std::string_view text) {
  INFO(text);
  const auto parsed = Number::parse(text);
  REQUIRE(parsed.ok());
  return parsed.value();
}

std::string canonical(std::string_view text) {
  return number(text).to_string();
}

NumberError refusal(std::string_view text) {
  INFO(text);
  const auto parsed = Number::parse(text);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error();
}

std::string zeros(std::size_t count) {
  return std::string(count, '0');
}
std::string nines(std::size_t count) {
  return std::string(count, '9');
}

TEST_CASE("A number comes back as a plain decimal") {
  CHECK(canonical("1e3") == "1000");
  CHECK(canonical("123e-2") == "1.23");
  CHECK(canonical(".5") == "0.5");
  CHECK(canonical("5.") == "5");
  CHECK(canonical("100.000") == "100");
  CHECK(canonical("00042") == "42");
  CHECK(canonical("+5") == "5");
  CHECK(canonical("1E+3") == "1000");
  CHECK(canonical("-0.0100") == "-0.01");
  CHECK(canonical("-12.5e1") == "-125");
  CHECK(canonical("1e125") == "1" + zeros(125));
  CHECK(canonical("-1e-130") == "-0." + zeros(129) + "1");
  CHECK(canonical("1e-20") == "0.00000000000000000001");
  CHECK(canonical(nines(38)) == nines(38));
  CHECK(canonical(nines(38) + "e87") == nines(38) + zeros(87));
  CHECK(canonical("0." + nines(38)) == "0." + nines(38));
  CHECK(canonical("18446744073709551616") == "18446744073709551616");
  CHECK(canonical("10000000000000000000000000000000000001") == "10000000000000000000000000000000000001");
}

TEST_CASE("Zero has one form however it is written") {
  for (const std::string_view text :
       {"0", "-0", "+0", "0.0", "-0.000", "0e5", "0e-5", "00", ".0", "0.", "0e125", "0e-130"}) {
    CHECK(canonical(text) == "0");
    CHECK(number(text) == Number());
    CHECK_FALSE(number(text).is_negative());
  }
}

TEST_CASE("DynamoDB judges a zero by the exponent it is written with") {
  CHECK(refusal("0e126") == NumberError::overflow);
  CHECK(refusal("0e-131") == NumberError::underflow);
  CHECK(canonical("0.0e126") == "0");
}

TEST_CASE("What is no number is refused as such") {
  CHECK(refusal("") == NumberError::empty);
  for (const std::string_view bad :
       {"-",   "+",     ".",     "e5",    ".e5",   "1e",  "1e+",      "1e-",
        "--1", "+-1",   "1 ",    " 1",    "1_000", "NaN", "Infinity", "0x10",
        "1,5", "1.2.3", "1e5.0", "1e5e5", "abc",   "1a",  "\xD9\xA1", "123456789012345678x"}) {
    CHECK(refusal(bad) == NumberError::malformed);
  }
  CHECK(refusal(std::string_view("1\0", 2)) == NumberError::malformed);
}

TEST_CASE("The range ends at 1E-130 and 9.99E+125, the precision at 38 digits") {
  CHECK(refusal("1e126") == NumberError::overflow);
  CHECK(refusal("-10e125") == NumberError::overflow);
  CHECK(refusal("1" + zeros(126)) == NumberError::overflow);
  CHECK(refusal("0.9e-130") == NumberError::underflow);
  CHECK(refusal("-1e-131") == NumberError::underflow);
  CHECK(canonical("0.1e126") == "1" + zeros(125));
  CHECK(canonical("10e-131") == canonical("1e-130"));
  CHECK(refusal(nines(39)) == NumberError::too_precise);
  CHECK(refusal("1." + zeros(37) + "1") == NumberError::too_precise);
  CHECK(canonical(zeros(50) + nines(38) + zeros(50)) == nines(38) + zeros(50));
  CHECK(canonical(zeros(500) + "1." + zeros(500)) == "1");
  CHECK(refusal(nines(39) + "e200") == NumberError::overflow);
  CHECK(refusal("1e99999999999999999999999999") == NumberError::overflow);
  CHECK(refusal("-1e-99999999999999999999999999") == NumberError::underflow);
  CHECK(canonical("1" + zeros(100'000) + "e-100000") == "1");
  CHECK(canonical("0." + zeros(100'000) + "1e100001") == "1");
}

TEST_CASE("Sizes are a byte and one for every two digits on either side of the point") {
  CHECK(number("0").size() == Bytes{1});
  CHECK(number("42").size() == Bytes{2});
  CHECK(number("-42").size() == Bytes{3});
  CHECK(number("0.0000001").size() == Bytes{2});
  CHECK(number("123.45").size() == Bytes{4});
  CHECK(number("1.05").size() == Bytes{3});
  CHECK(number("1000").size() == Bytes{2});
  CHECK(number(nines(38)).size() == Bytes{20});
  CHECK(number("-9" + std::string(".") + nines(37)).size() == Bytes{22});
}

TEST_CASE("Whole seconds are the floor of a number when they fit") {
  CHECK(number("0").floor_int64() == 0);
  CHECK(number("1.99").floor_int64() == 1);
  CHECK(number("-1.01").floor_int64() == -2);
  CHECK(number("-2").floor_int64() == -2);
  CHECK(number("1e-130").floor_int64() == 0);
  CHECK(number("-1e-130").floor_int64() == -1);
  CHECK(number("17e8").floor_int64() == 1'700'000'000);
  CHECK(number("9223372036854775807").floor_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK(number("9223372036854775807.9").floor_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(number("9223372036854775808").floor_int64());
  CHECK(number("-9223372036854775808").floor_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(number("-9223372036854775808.1").floor_int64());
  CHECK_FALSE(number("1e125").floor_int64());
  CHECK_FALSE(number(nines(38)).floor_int64());
}

TEST_CASE("Any 64-bit integer becomes a number") {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{1000}, std::int64_t{-120},
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    CHECK(Number::of(value).to_string() == std::to_string(value));
    CHECK(Number::of(value) == number(std::to_string(value)));
    CHECK(Number::of(value).floor_int64() == value);
  }
}

TEST_CASE("A sum that needs more than 38 digits overflows, as DynamoDB says") {
  const auto sum = [](std::string_view a, std::string_view b) { return number(a).plus(number(b)); };
  CHECK(sum("1e50", "1").error() == NumberError::overflow);
  CHECK(sum("1e125", "1e-130").error() == NumberError::overflow);
  CHECK(sum("9e125", "1e125").error() == NumberError::overflow);
  CHECK(sum("-9e125", "-1e125").error() == NumberError::overflow);
  CHECK(sum("1.1e-130", "-1e-130").error() == NumberError::underflow);
  CHECK(sum(nines(38), "1").value() == number("1e38"));
  CHECK(sum(nines(38), "2").error() == NumberError::overflow);
  CHECK(sum("1e38", "-1").value() == number(nines(38)));
  CHECK(sum("2e38", "-1").error() == NumberError::overflow);
  CHECK(sum("1e39", "-1").error() == NumberError::overflow);
  CHECK(sum("1e38", "1").error() == NumberError::overflow);
  CHECK(sum("1e37", "1").value() == number("1" + zeros(36) + "1"));
  CHECK(sum("0.1", "0.2").value() == number("0.3"));
  CHECK(number("0.3").minus(number("0.3")).value() == Number());
  CHECK_FALSE(number("-5").plus(number("5")).value().is_negative());
  CHECK(number("5").negated() == number("-5"));
  CHECK(Number().negated() == Number());
}

TEST_CASE("Numbers agree with a naive decimal on text, order, sum and difference") {
  std::mt19937_64 random(20260101);  // NOLINT: the same numbers in every run
  Sample before{"0", {}};
  for (int i = 0; i < kRounds; ++i) {
    const Sample sample = random_number(random);
    INFO(sample.text << " and " << before.text);
    const Number a = number(sample.text);
    const Number b = number(before.text);
    REQUIRE(a.to_string() == sample.model.text());
    REQUIRE(number(a.to_string()) == a);
    REQUIRE((a <=> b) == (sample.model.compare(before.model) <=> 0));
    REQUIRE((a == b) == (sample.model.compare(before.model) == 0));

    const NaiveDecimal sum = sample.model.plus(before.model);
    const auto a_plus_b = a.plus(b);
    REQUIRE(a_plus_b.ok() == sum.is_legal());
    if (a_plus_b) REQUIRE(a_plus_b.value().to_string() == sum.text());
    if (!a_plus_b)
      REQUIRE((a_plus_b.error() == NumberError::underflow) ==
              (sum.highest() < -130 && sum.highest() - sum.lowest() < 38));

    const NaiveDecimal difference = before.model.plus(sample.model.negated());
    const auto b_minus_a = b.minus(a);
    REQUIRE(b_minus_a.ok() == difference.is_legal());
    if (b_minus_a) REQUIRE(b_minus_a.value().to_string() == difference.text());
    before = sample;
  }
}

TEST_CASE("Ordered bytes sort as the numbers do, and none begins another") {
  std::mt19937_64 random(20260102);  // NOLINT: the same numbers in every run
  const auto bytes = [](const Number& value) {
    std::string out;
    value.append_ordered_bytes(out);
    return out;
  };
  Number a;
  for (int i = 0; i < kRounds; ++i) {
    const Number b = number(random_number(random).text);
    INFO(a.to_string() << " and " << b.to_string());
    REQUIRE((bytes(a) <=> bytes(b)) == (a <=> b));
    if (a != b) REQUIRE_FALSE(bytes(a).starts_with(bytes(b)));
    REQUIRE(bytes(b).size() <= 22);
    // Neighbours: a digit more or less at the end.
    const auto nudged = b.plus(number("1e-20"));
    if (nudged) REQUIRE(bytes(b) < bytes(nudged.value()));
    a = b;
  }
}

}  // namespace
}  // namespace fickle
