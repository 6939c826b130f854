// DynamoDB JSON: read, refused in DynamoDB's order (behaviour reference 2.2), printed.
#include "emulator/value/value_json.hh"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "tests/unit/value/naive_decimal.hh"

namespace fickle {
namespace {

using Kind = ValueError::Kind;

boost::json::value parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 1000;
  return boost::json::parse({text.data(), text.size()}, {}, options);
}

std::string printed(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

// What a value reads as, printed again.
std::string reread(std::string_view text) {
  INFO(text);
  const auto value = read_value(parse(text));
  REQUIRE(value.ok());
  return printed(value.value());
}

ValueError refusal(std::string_view text) {
  INFO(text);
  const auto value = read_value(parse(text));
  REQUIRE_FALSE(value.ok());
  return value.error();
}

TEST_CASE("Every type is read and printed in DynamoDB's own way") {
  CHECK(reread(R"({"S":"widget \"one\""})") == R"({"S":"widget \"one\""})");
  CHECK(reread(R"({"N":"+1.50e1"})") == R"({"N":"15"})");
  CHECK(reread(R"({"B":"AAEC/w=="})") == R"({"B":"AAEC/w=="})");
  CHECK(reread(R"({"BOOL":false})") == R"({"BOOL":false})");
  CHECK(reread(R"({"NULL":true})") == R"({"NULL":true})");
  CHECK(reread(R"({"SS":["b","a",""]})") == R"({"SS":["","a","b"]})");
  CHECK(reread(R"({"NS":["10","9.0"]})") == R"({"NS":["9","10"]})");
  CHECK(reread(R"({"BS":["Yg==","YQ=="]})") == R"({"BS":["YQ==","Yg=="]})");
  CHECK(reread(R"({"L":[]})") == R"({"L":[]})");
  CHECK(reread(R"({"L":[{"S":"x"},{"L":[{"N":"1"}]}]})") == R"({"L":[{"S":"x"},{"L":[{"N":"1"}]}]})");
  CHECK(reread(R"({"M":{"b":{"S":"x"},"a":{"M":{}}}})") == R"({"M":{"a":{"M":{}},"b":{"S":"x"}}})");
  CHECK(reread(R"({"S":""})") == R"({"S":""})");
  CHECK(reread(R"({"B":""})") == R"({"B":""})");
}

TEST_CASE("Text that DynamoDB converts to a boolean is converted") {
  CHECK(reread(R"({"BOOL":"Yes"})") == R"({"BOOL":true})");
  CHECK(reread(R"({"BOOL":"0"})") == R"({"BOOL":false})");
  CHECK(reread(R"({"NULL":"TRUE"})") == R"({"NULL":true})");
  CHECK(refusal(R"({"NULL":"no"})").kind == Kind::null_false);
}

TEST_CASE("Null members count as absent and unknown members are ignored") {
  CHECK(reread(R"({"N":null,"S":"x","dog":"cat"})") == R"({"S":"x"})");
  CHECK(refusal(R"({})").kind == Kind::empty);
  CHECK(refusal(R"({"dog":"cat"})").kind == Kind::empty);
  CHECK(refusal(R"({"S":null})").kind == Kind::empty);
  CHECK(refusal(R"({"L":[null]})").kind == Kind::empty);
}

TEST_CASE("Refusals name what is wrong") {
  CHECK(refusal(R"({"N":"abc"})").kind == Kind::number);
  CHECK(refusal(R"({"N":"abc"})").number_error == NumberError::malformed);
  CHECK(refusal(R"({"N":"abc"})").text == "abc");
  CHECK(refusal(R"({"NS":["1","1e126"]})").number_error == NumberError::overflow);
  CHECK(refusal(R"({"NULL":false})").kind == Kind::null_false);
  CHECK(refusal(R"({"SS":[]})").kind == Kind::empty_string_set);
  CHECK(refusal(R"({"NS":[]})").kind == Kind::empty_number_set);
  CHECK(refusal(R"({"BS":[]})").kind == Kind::empty_binary_set);
  CHECK(refusal(R"({"SS":["a","b","a"]})").kind == Kind::duplicate_strings);
  CHECK(refusal(R"({"SS":["a","b","a"]})").text == "a, b, a");
  CHECK(refusal(R"({"SS":["",""]})").text == ", ");
  CHECK(refusal(R"({"NS":["1","1.0"]})").kind == Kind::duplicate_numbers);
  CHECK(refusal(R"({"BS":["YQ==","YQ=="]})").text == "YQ==, YQ==");
  CHECK(refusal(R"({"S":"a","N":"1"})").kind == Kind::several_types);
  CHECK(refusal(R"({"M":{"":{"S":"x"}}})").kind == Kind::empty_name);
  CHECK(refusal(R"({"L":[{"S":"x"},{"M":{"a":{"N":"-"}}}]})").text == "-");
  const std::string longest(65535, 'n');
  CHECK(read_value(parse(R"({"M":{")" + longest + R"(":{"S":"x"}}})")).ok());
  CHECK(refusal(R"({"M":{")" + longest + R"(n":{"S":"x"}}})").kind == Kind::long_name);
}

TEST_CASE("With several datatypes the first check that fails answers, whatever the order of members") {
  const std::pair<std::string_view, Kind> members[] = {{R"("N":"x")", Kind::number},
                                                       {R"("NULL":false)", Kind::null_false},
                                                       {R"("SS":[])", Kind::empty_string_set},
                                                       {R"("NS":[])", Kind::empty_number_set},
                                                       {R"("BS":[])", Kind::empty_binary_set},
                                                       {R"("NS":["x"])", Kind::number},
                                                       {R"("SS":["a","a"])", Kind::duplicate_strings},
                                                       {R"("NS":["1","1"])", Kind::duplicate_numbers},
                                                       {R"("BS":["",""])", Kind::duplicate_binaries},
                                                       {R"("M":{"a":{}})", Kind::empty},
                                                       {R"("L":[{"M":{"":{}}}])", Kind::empty_name},
                                                       {R"("S":"a")", Kind::several_types},
                                                       {R"("BOOL":true)", Kind::several_types}};
  for (std::size_t i = 0; i < std::size(members); ++i) {
    for (std::size_t j = i + 1; j < std::size(members); ++j) {
      const auto name = [](std::string_view member) { return member.substr(0, member.find(':')); };
      if (name(members[i].first) == name(members[j].first)) continue;
      const std::string first(members[i].first);
      const std::string second(members[j].first);
      CHECK(refusal("{" + first + "," + second + "}").kind == members[i].second);
      CHECK(refusal("{" + second + "," + first + "}").kind == members[i].second);
    }
  }
}

TEST_CASE("Of several refusals the first in the document is reported") {
  CHECK(refusal(R"({"M":{"b":{"N":"first"},"a":{"N":"second"}}})").text == "first");
  CHECK(refusal(R"({"L":[{"N":"first"},{"N":"second"}]})").text == "first");
  CHECK(refusal(R"({"NS":["first","second"]})").text == "first");
  CHECK(read_item(parse(R"({"b":{"N":"first"},"a":{"N":"second"}})").as_object()).error().text == "first");
  CHECK(read_item(parse(R"({"b":{"M":{"z":{"N":"first"},"":{"N":"second"}}},"a":{}})").as_object()).error().text ==
        "first");
}

TEST_CASE("A value may be nested 32 levels deep and no deeper") {
  const auto nested = [](int levels, std::string_view open, std::string_view close, std::string_view inner) {
    std::string text;
    for (int i = 1; i < levels; ++i) text += open;
    text += inner;
    for (int i = 1; i < levels; ++i) text += close;
    return text;
  };
  for (const std::string_view inner : {R"({"S":"x"})", R"({"L":[]})", R"({"M":{}})"}) {
    CHECK(read_value(parse(nested(32, R"({"L":[)", "]}", inner))).ok());
    CHECK(read_value(parse(nested(32, R"({"M":{"a":)", "}}", inner))).ok());
    CHECK(refusal(nested(33, R"({"L":[)", "]}", inner)).kind == Kind::too_deep);
    CHECK(refusal(nested(33, R"({"M":{"a":)", "}}", inner)).kind == Kind::too_deep);
    CHECK(refusal(nested(300, R"({"M":{"a":)", "}}", inner)).kind == Kind::too_deep);
  }
}

TEST_CASE("An item is a map of values, printed in name order") {
  const auto item = read_item(parse(R"({"b":{"N":"1"},"a":{"S":"x"}})").as_object());
  REQUIRE(item.ok());
  std::string out;
  append_json(out, item.value());
  CHECK(out == R"({"a":{"S":"x"},"b":{"N":"1"}})");
  CHECK(read_item(parse(R"({"":{"N":"1"}})").as_object()).error().kind == Kind::empty_name);
  CHECK(read_item(parse(R"({"a":{"N":"1"},"b":{}})").as_object()).error().kind == Kind::empty);
  CHECK(read_item({}).value().empty());
}

class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

  Value value(int depth) {
    const int kind = pick(0, depth > 0 ? 9 : 7);
    switch (static_cast<Type>(kind)) {
      case Type::S: return Value::string(text());
      case Type::N: return Value::number(number());
      case Type::B: return Value::binary(bytes());
      case Type::BOOL: return Value::boolean(pick(0, 1) == 1);
      case Type::NULL_: return {};
      case Type::SS: return Value::string_set({text(), text()});
      case Type::NS: return Value::number_set({number(), number(), number()});
      case Type::BS: return Value::binary_set({bytes(), bytes()});
      case Type::L: {
        List list;
        for (int i = pick(0, 3); i > 0; --i) list.push_back(value(depth - 1));
        return Value::list(std::move(list));
      }
      case Type::M: return Value::map(map(depth - 1));
    }
    return {};
  }
  Map map(int depth) {
    std::vector<Attribute> attributes;
    for (int i = pick(0, 5); i > 0; --i) attributes.push_back({"n" + text(), value(depth)});
    return Map::from(std::move(attributes));
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  Number number() { return Number::parse(random_number(random_).text).value(); }
  std::string bytes() {
    std::string out;
    for (int i = pick(0, 20); i > 0; --i) out += static_cast<char>(pick(0, 255));
    return out;
  }
  std::string text() {
    constexpr std::array<std::string_view, 8> kPieces{
        "a", "\"", "\\", "\n", "\x01", "\xC3\xA9", "\xF0\x9F\x98\x80", "plain words"};
    std::string out;
    for (int i = pick(0, 6); i > 0; --i) out += kPieces[static_cast<std::size_t>(pick(0, 7))];
    return out;
  }

  std::mt19937_64 random_;
};

TEST_CASE("Any item survives printing and reading") {
  RandomValues random(20260107);
  for (int i = 0; i < 5000; ++i) {
    const Item item = random.map(5);
    std::string text;
    append_json(text, item);
    const auto again = read_item(parse(text).as_object());
    REQUIRE(again.ok());
    REQUIRE(again.value() == item);
  }
}

}  // namespace
}  // namespace fickle
