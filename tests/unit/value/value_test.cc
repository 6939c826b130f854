// Values: types, equality as DynamoDB's `=`, order of keys, and attributes by name.
#include "emulator/value/value.hh"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

namespace fickle {
namespace {

TEST_CASE("Types have a short and a long name") {
  CHECK(type_name(Type::NULL_) == "NULL");
  CHECK(type_of_name("BOOL") == Type::BOOL);
  CHECK(long_type_name(Type::SS) == "STRING_SET");
  CHECK_FALSE(type_of_name("STRING"));
  CHECK_FALSE(type_of_name("s"));
  CHECK_FALSE(type_of_name(""));
  for (int i = 0; i < 10; ++i) CHECK(type_of_name(type_name(static_cast<Type>(i))) == static_cast<Type>(i));
  CHECK(Value::string("widget").is(Type::S));
  CHECK(Value::binary("\x01").is(Type::B));
  CHECK(Value::boolean(false).is(Type::BOOL));
  CHECK(Value().is(Type::NULL_));
  CHECK(Value::map({}).is(Type::M));
}

TEST_CASE("Equality asks for the same type and compares sets regardless of order, lists in order") {
  CHECK(Value::string_set({"b", "a", "b"}) == Value::string_set({"a", "b"}));
  CHECK(Value::number_set({Number::of(10), Number::of(2)}) == Value::number_set({Number::of(2), Number::of(10)}));
  CHECK(Value::list({Value::string("a"), Value::string("b")}) != Value::list({Value::string("b"), Value::string("a")}));
  CHECK(Value::string("1") != Value::number(Number::of(1)));
  CHECK(Value::string("a") != Value::binary("a"));
  CHECK(Value::map({{"a", Value::string_set({"y", "x"})}, {"b", Value()}}) ==
        Value::map({{"b", Value()}, {"a", Value::string_set({"x", "y"})}}));
  CHECK(Value::number(Number::parse("1.0").value()) == Value::number(Number::of(1)));
}

TEST_CASE("Only strings, numbers and binaries have an order, within their type") {
  CHECK(compare_values(Value::string("Z"), Value::string("a")) == std::strong_ordering::less);
  CHECK(compare_values(Value::string("a"), Value::string("\xC3\xA9")) == std::strong_ordering::less);
  CHECK(compare_values(Value::string("a"), Value::string("ab")) == std::strong_ordering::less);
  CHECK(compare_values(Value::number(Number::of(9)), Value::number(Number::of(10))) == std::strong_ordering::less);
  CHECK(compare_values(Value::binary("\xFF"), Value::binary("\x01")) == std::strong_ordering::greater);
  CHECK(compare_values(Value::binary(""), Value::binary("")) == std::strong_ordering::equal);
  CHECK_FALSE(compare_values(Value::string("1"), Value::number(Number::of(1))));
  CHECK_FALSE(compare_values(Value::boolean(true), Value::boolean(true)));
  CHECK_FALSE(compare_values(Value::list({}), Value::list({})));
}

TEST_CASE("Attributes given in any order lie in name order, and of duplicates the last stays") {
  const auto map = AttributeMap::from(
      {{"b", Value::string("1")}, {"a", Value::string("2")}, {"b", Value::string("3")}, {"", Value()}});
  REQUIRE(map.size() == 3);
  CHECK(map.begin()->name.empty());
  CHECK((map.end() - 1)->name == "b");
  CHECK(*map.find("b") == Value::string("3"));
  CHECK(map.find("c") == nullptr);
  CHECK(AttributeMap::from({}).empty());
}

TEST_CASE("An attribute map behaves like std::map through any sequence of changes") {
  std::mt19937_64 random(20260103);  // NOLINT: the same changes in every run
  const auto pick = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  for (int round = 0; round < 200; ++round) {
    std::vector<Attribute> initial;
    std::map<std::string, Value> model;
    const int count = pick(0, 80);
    for (int i = 0; i < count; ++i) {
      const std::string name(1, static_cast<char>(pick(0, 255)));
      initial.push_back({name, Value::number(Number::of(i))});
      model[name] = Value::number(Number::of(i));
    }
    AttributeMap map = AttributeMap::from(std::move(initial));
    for (int i = 0; i < 20; ++i) {
      const std::string name(1, static_cast<char>(pick(0, 255)));
      if (pick(0, 1) == 0) {
        map.set(name, Value::number(Number::of(-i)));
        model[name] = Value::number(Number::of(-i));
      } else {
        CHECK(map.erase(name) == (model.erase(name) == 1));
      }
    }
    REQUIRE(map.size() == model.size());
    auto expected = model.begin();
    for (const Attribute& attribute : map) {
      CHECK(attribute.name == expected->first);
      CHECK(attribute.value == expected->second);
      CHECK(map.find(attribute.name) == &attribute.value);
      ++expected;
    }
  }
}

}  // namespace
}  // namespace fickle
