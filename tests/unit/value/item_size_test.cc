// Sizes, to the byte (behaviour reference 2.5).
#include "emulator/value/item_size.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle {
namespace {

Value number(std::int64_t value) {
  return Value::number(Number::of(value));
}

TEST_CASE("Scalars and sets cost their bytes") {
  CHECK(size_of(Value::string("")) == Bytes{0});
  CHECK(size_of(Value::string("h\xC3\xA9")) == Bytes{3});
  CHECK(size_of(Value::binary("\0\1")) == Bytes{0});
  CHECK(size_of(Value::binary("abc")) == Bytes{3});
  CHECK(size_of(number(-42)) == Bytes{3});
  CHECK(size_of(Value::boolean(true)) == Bytes{1});
  CHECK(size_of(Value()) == Bytes{1});
  CHECK(size_of(Value::string_set({"a", "bcd"})) == Bytes{4});
  CHECK(size_of(Value::number_set({Number::of(1), Number::of(100)})) == Bytes{4});
  CHECK(size_of(Value::binary_set({"a", "bcd"})) == Bytes{4});
}

TEST_CASE("Documents cost three bytes and one for every entry") {
  CHECK(size_of(Value::list({})) == Bytes{3});
  CHECK(size_of(Value::map({})) == Bytes{3});
  CHECK(size_of(Value::list({Value::string("ab"), Value()})) == Bytes{3 + 1 + 2 + 1 + 1});
  CHECK(size_of(Value::map({{"name", Value::string("ab")}})) == Bytes{3 + 1 + 4 + 2});
}

TEST_CASE("An item costs its names and values") {
  CHECK(size_of(Item{}) == Bytes{0});
  CHECK(size_of(Item{{"id", Value::string("w1")}, {"n", number(42)}}) == Bytes{2 + 2 + 1 + 2});
}

TEST_CASE("Depth counts the value itself") {
  CHECK(depth_of(number(1)) == 1);
  CHECK(depth_of(Value::list({})) == 1);
  CHECK(depth_of(Value::map({{"a", number(1)}})) == 2);
  CHECK(depth_of(Value::list({number(1), Value::list({Value::map({{"a", number(1)}})})})) == 4);
}

}  // namespace
}  // namespace fickle
