// What a condition says about an item.
#include <catch2/catch_test_macros.hpp>
#include <optional>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

bool holds(std::string_view text, const Item& on, std::string_view values = "{}", std::string_view names = "{}") {
  auto bound = bindings(names, values);
  const auto condition = compile_condition(text, bound);
  INFO(text);
  REQUIRE(outcome(condition) == "ok");
  return evaluate(condition.value(), on);
}

const Item& widget() {
  static const Item stored = item(R"({
      "id": {"S": "widget-7"}, "clicks": {"N": "42"}, "image": {"B": "AAEC"}, "live": {"BOOL": true}, "gone": {"NULL": true},
      "tags": {"SS": ["a", "b"]}, "scores": {"NS": ["1", "2.50"]}, "keys": {"BS": ["AAEC", "/w=="]},
      "steps": {"L": [{"S": "x"}, {"N": "1"}, {"SS": ["q", "r"]}, {"L": [{"N": "2"}]}]},
      "html": {"M": {"tag": {"S": "div"}, "size": {"N": "3"}, "kids": {"L": [{"M": {"tag": {"S": "p"}}}]}}},
      "blank": {"S": ""}, "none": {"L": []}, "nothing": {"M": {}}, "smile": {"S": "a\u00fc\ud83d\ude00"}})");
  return stored;
}

}  // namespace

TEST_CASE("Comparison of every type with itself and with every other type") {
  const std::string_view values[] = {R"({"S": "m"})",     R"({"N": "5"})",    R"({"B": "bQ=="})", R"({"BOOL": true})",
                                     R"({"NULL": true})", R"({"SS": ["m"]})", R"({"NS": ["5"]})", R"({"BS": ["bQ=="]})",
                                     R"({"L": []})",      R"({"M": {}})"};
  for (std::size_t left = 0; left < 10; ++left) {
    for (std::size_t right = 0; right < 10; ++right) {
      const auto stored = item("{\"l\": " + std::string(values[left]) + ", \"r\": " + std::string(values[right]) + "}");
      const bool same = left == right;
      const bool ordered = same && left < 3;
      INFO(values[left] << " and " << values[right]);
      CHECK(holds("l = r", stored) == same);
      CHECK(holds("l <> r", stored) == !same);
      CHECK(holds("l < r", stored) == false);
      CHECK(holds("l <= r", stored) == ordered);
      CHECK(holds("l > r", stored) == false);
      CHECK(holds("l >= r", stored) == ordered);
      CHECK(holds("l IN (r)", stored) == same);
      CHECK(holds("l BETWEEN r AND r", stored) == ordered);
    }
  }
}

TEST_CASE("Strings and binaries are ordered by bytes, numbers by value") {
  struct Pair {
    std::string_view low, high;
  };
  const Pair pairs[] = {
      {R"({"S": "Z"})", R"({"S": "a"})"},     {R"({"S": "a"})", R"({"S": "aa"})"},
      {R"({"S": ""})", R"({"S": "\u0000"})"}, {R"({"S": "z"})", R"({"S": "\u00e9"})"},
      {R"({"N": "-3"})", R"({"N": "2"})"},    {R"({"N": "9"})", R"({"N": "10"})"},
      {R"({"N": "0.1"})", R"({"N": "1e1"})"}, {R"({"B": "AA=="})", R"({"B": "/w=="})"},
  };
  for (const auto& [low, high] : pairs) {
    const auto stored = item("{\"l\": " + std::string(low) + ", \"h\": " + std::string(high) + "}");
    INFO(low << " < " << high);
    CHECK(holds("l < h AND l <= h AND h > l AND h >= l AND l <> h", stored));
    CHECK_FALSE(holds("h < l OR h <= l OR l > h OR l >= h OR l = h", stored));
    CHECK(holds("l BETWEEN l2 AND h", item("{\"l\": " + std::string(low) + ", \"l2\": " + std::string(low) +
                                           ", \"h\": " + std::string(high) + "}")));
  }
}

TEST_CASE("A missing attribute differs from anything and passes no other comparison") {
  constexpr auto kValues = R"({":n": {"N": "1"}})";
  for (const auto* text : {"x <> :n", "x <> y", "NOT x = :n", "attribute_not_exists(x)", "NOT x IN (:n)",
                           "html.x <> :n", "steps[9] <> :n", "id[0] <> :n", "clicks.a <> :n"}) {
    CHECK(holds(text, widget(), kValues) == true);
  }
  for (const auto* text : {"x = :n", "x < :n", "x <= :n", "x > :n", "x >= :n", "x = y", "x IN (:n)", "x IN (y)",
                           "x BETWEEN :n AND :n", "clicks BETWEEN x AND y", "attribute_exists(x)", "begins_with(x, id)",
                           "contains(x, :n)", "contains(steps, x)", "size(x) = :n", "size(x) < :n"}) {
    INFO(text);
    CHECK(holds(text, widget(), kValues) == false);
  }
}

TEST_CASE("Equality looks through numbers' spelling, sets' order and nesting") {
  CHECK(holds("n = :n", item(R"({"n": {"N": "100"}})"), R"({":n": {"N": "1e2"}})"));
  CHECK(holds("s = :s", item(R"({"s": {"SS": ["a", "b"]}})"), R"({":s": {"SS": ["b", "a"]}})"));
  CHECK(holds("l = :l", item(R"({"l": {"L": [{"NS": ["1", "2"]}]}})"), R"({":l": {"L": [{"NS": ["2.0", "1"]}]}})"));
  CHECK(holds("m = :m", item(R"({"m": {"M": {"a": {"N": "1"}, "b": {"S": "x"}}}})"),
              R"({":m": {"M": {"b": {"S": "x"}, "a": {"N": "1.0"}}}})"));
  CHECK_FALSE(
      holds("l = :l", item(R"({"l": {"L": [{"N": "1"}, {"N": "2"}]}})"), R"({":l": {"L": [{"N": "2"}, {"N": "1"}]}})"));
  CHECK_FALSE(holds("live = :v", widget(), R"({":v": {"BOOL": false}})"));
}

TEST_CASE("attribute_exists and attribute_not_exists look at paths of any depth, on an item or on none") {
  for (const auto* path : {"id", "html.tag", "html.kids[0].tag", "steps[3][0]", "gone", "blank"}) {
    INFO(path);
    const auto text = "(" + std::string(path) + ")";
    CHECK(holds("attribute_exists" + text, widget()));
    CHECK_FALSE(holds("attribute_not_exists" + text, widget()));
    CHECK_FALSE(holds("attribute_exists" + text, Item{}));
    CHECK(holds("attribute_not_exists" + text, Item{}));
  }
  for (const auto* path : {"html.zip", "html[0]", "steps.x", "steps[4]", "id.x", "html.kids[1].tag"}) {
    CHECK(holds("attribute_not_exists(" + std::string(path) + ")", widget()));
  }
}

TEST_CASE("attribute_type tells the ten types apart") {
  struct Typed {
    std::string_view attribute, type;
  };
  const Typed typed[] = {{"id", "S"},    {"clicks", "N"},  {"image", "B"}, {"live", "BOOL"}, {"gone", "NULL"},
                         {"tags", "SS"}, {"scores", "NS"}, {"keys", "BS"}, {"steps", "L"},   {"html", "M"}};
  for (const auto& one : typed) {
    for (const auto& other : typed) {
      const auto values = R"({":t": {"S": ")" + std::string(other.type) + "\"}}";
      INFO(one.attribute << " is of type " << other.type);
      CHECK(holds("attribute_type(#x, :t)", widget(), values, R"({"#x": ")" + std::string(one.attribute) + "\"}") ==
            (one.type == other.type));
    }
  }
  CHECK(holds("attribute_type(:v, :t)", Item{}, R"({":v": {"N": "1"}, ":t": {"S": "N"}})"));
}

TEST_CASE("begins_with compares the beginnings of strings and of binaries, operands in any order") {
  CHECK(holds("begins_with(id, :p)", widget(), R"({":p": {"S": "widget-"}})"));
  CHECK(holds("begins_with(id, :p)", widget(), R"({":p": {"S": ""}})"));
  CHECK(holds("begins_with(image, :p)", widget(), R"({":p": {"B": "AAE="}})"));
  CHECK(holds("begins_with(:p, id)", widget(), R"({":p": {"S": "widget-77"}})"));
  CHECK_FALSE(holds("begins_with(id, :p)", widget(), R"({":p": {"S": "Widget"}})"));
  CHECK_FALSE(holds("begins_with(id, :p)", widget(), R"({":p": {"B": "d2lk"}})"));
  CHECK_FALSE(holds("begins_with(clicks, :p)", widget(), R"({":p": {"S": "4"}})"));
  CHECK_FALSE(holds("begins_with(tags, :p)", widget(), R"({":p": {"S": "a"}})"));
}

TEST_CASE("contains: substring, member of a set, element of a steps; never a map") {
  struct Example {
    std::string_view container, part;
    bool expected;
  };
  const Example examples[] = {
      {"id", R"({"S": "get-"})", true},         {"id", R"({"S": ""})", true},
      {"id", R"({"S": "x"})", false},           {"id", R"({"B": "d2lk"})", false},
      {"image", R"({"B": "AQI="})", true},      {"image", R"({"S": "A"})", false},
      {"tags", R"({"S": "a"})", true},          {"tags", R"({"S": "c"})", false},
      {"tags", R"({"SS": ["a"]})", false},      {"scores", R"({"N": "2.5"})", true},
      {"scores", R"({"N": "3"})", false},       {"scores", R"({"S": "1"})", false},
      {"keys", R"({"B": "/w=="})", true},       {"keys", R"({"B": "AA=="})", false},
      {"steps", R"({"S": "x"})", true},         {"steps", R"({"N": "1.0"})", true},
      {"steps", R"({"SS": ["r", "q"]})", true}, {"steps", R"({"L": [{"N": "2"}]})", true},
      {"steps", R"({"N": "2"})", false},        {"html", R"({"S": "tag"})", false},
      {"clicks", R"({"N": "42"})", false},      {"live", R"({"BOOL": true})", false},
      {"gone", R"({"NULL": true})", false},     {"none", R"({"S": "x"})", false},
  };
  for (const auto& [container, part, expected] : examples) {
    INFO(container << " contains " << part);
    CHECK(holds("contains(#c, :v)", widget(), "{\":v\": " + std::string(part) + "}",
                R"({"#c": ")" + std::string(container) + "\"}") == expected);
  }
}

TEST_CASE("size counts UTF-16 units, bytes or elements; other types have none") {
  const std::pair<std::string_view, std::optional<int>> sizes[] = {
      {"id", 8},
      {"blank", 0},
      {"smile", 4},
      {"image", 3},
      {"tags", 2},
      {"keys", 2},
      {"scores", 2},
      {"steps", 4},
      {"none", 0},
      {"html", 3},
      {"nothing", 0},
      {"clicks", std::nullopt},
      {"live", std::nullopt},
      {"gone", std::nullopt},
      {"missing", std::nullopt},
  };
  for (const auto& [attribute, size] : sizes) {
    const auto values = R"({":n": {"N": ")" + std::to_string(size.value_or(0)) + "\"}}";
    const auto names = R"({"#x": ")" + std::string(attribute) + "\"}";
    INFO(attribute);
    CHECK(holds("size(#x) = :n", widget(), values, names) == size.has_value());
    CHECK(holds("size(#x) >= :n AND :n <= size(#x)", widget(), values, names) == size.has_value());
    CHECK(holds("size(#x) <> :n", widget(), values, names) == !size.has_value());
  }
  CHECK(holds("size(html.kids) = :n", widget(), R"({":n": {"N": "1"}})"));
  CHECK(holds("size(:v) = :n", widget(), R"({":v": {"S": "abc"}, ":n": {"N": "3"}})"));
  CHECK(holds("clicks > size(steps)", widget()));
  CHECK_FALSE(holds("size(id) = :s", widget(), R"({":s": {"S": "8"}})"));
}

TEST_CASE("NOT binds tighter than AND, AND tighter than OR; the AND of BETWEEN belongs to BETWEEN") {
  constexpr auto kValues = R"({":t": {"BOOL": true}, ":f": {"BOOL": false}, ":n": {"N": "1"}, ":m": {"N": "3"}})";
  const auto stored = item(R"({"t": {"BOOL": true}, "f": {"BOOL": false}, "two": {"N": "2"}})");
  constexpr auto kTrue = "t = :t";
  constexpr auto kFalse = "f = :t";
  const auto combined = [&](std::string text) {
    for (std::size_t at = 0; (at = text.find_first_of("TF", at)) != std::string::npos;) {
      const std::string part = text[at] == 'T' ? kTrue : kFalse;
      text.replace(at, 1, part);
      at += part.size();
    }
    return holds(text, stored, kValues);
  };
  CHECK(combined("T or F and F"));
  CHECK(combined("F and F or T"));
  CHECK_FALSE(combined("(T or F) and F"));
  CHECK_FALSE(combined("not T and F"));
  CHECK(combined("not F and T"));
  CHECK_FALSE(combined("not (F or T)"));
  CHECK(combined("not not T"));
  CHECK_FALSE(combined("not not not T"));
  CHECK(combined("not F or F"));
  CHECK(combined("two between :n and :m and T"));
  CHECK_FALSE(combined("two between :n and :m and F"));
  CHECK(combined("T and not two between :m and :m"));
  CHECK(combined("F or F or F or T"));
  CHECK_FALSE(combined("T and T and F and T"));
}

TEST_CASE("IN compares with literals and with other attributes") {
  CHECK(holds("clicks IN (:a, clicks2, :b)", item(R"({"clicks": {"N": "42"}, "clicks2": {"N": "42.0"}})"),
              R"({":a": {"N": "1"}, ":b": {"S": "42"}})"));
  CHECK(holds("tags IN (:a)", widget(), R"({":a": {"SS": ["b", "a"]}})"));
  CHECK_FALSE(holds("id IN (:a, :b)", widget(), R"({":a": {"S": "widget"}, ":b": {"B": "AA=="}})"));
}

TEST_CASE("A name reference is one element even with dots in it") {
  const auto stored = item(R"({"a.b": {"S": "flat"}, "a": {"M": {"b": {"S": "nested"}}}})");
  CHECK(holds("#n = :v", stored, R"({":v": {"S": "flat"}})", R"({"#n": "a.b"})"));
  CHECK(holds("a.b = :v", stored, R"({":v": {"S": "nested"}})"));
}

TEST_CASE("paths_of lists every path that a condition reads, in the order of the text") {
  auto bound = one_of_each();
  const auto condition =
      compile_condition("a.b = :s AND (NOT c[0] IN (:n, d) OR size(e) BETWEEN f AND :n) AND contains(g, #dot)", bound);
  REQUIRE(condition);
  std::string text;
  for (const auto& path : paths_of(condition.value())) text += to_string(path);
  CHECK(text == "[a, b][c, [0]][d][e][f][g][x.y]");
}

}  // namespace fickle::expr
