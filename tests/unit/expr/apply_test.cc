// What an update makes of an item.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

std::string_view name_of(UpdateError::Code code) {
  switch (code) {
    case UpdateError::Code::invalid_path: return "invalid_path";
    case UpdateError::Code::missing_attribute: return "missing_attribute";
    case UpdateError::Code::incorrect_type: return "incorrect_type";
    case UpdateError::Code::legacy_type: return "legacy_type";
    case UpdateError::Code::overflow: return "overflow";
    case UpdateError::Code::underflow: return "underflow";
    case UpdateError::Code::too_deep: return "too_deep";
  }
  return "?";
}

struct Example {
  std::string_view update;
  std::string_view before;
  std::string_view after;  // an item, or the name of an error
};

constexpr auto kValues =
    R"({":n": {"N": "1"}, ":ten": {"N": "10"}, ":s": {"S": "new"}, ":t": {"S": "t"}, ":l": {"L": [{"S": "x"}]},
    ":none": {"L": []}, ":m": {"M": {"k": {"N": "1"}}}, ":ss": {"SS": ["b", "c"]}, ":ns": {"NS": ["1", "2"]},
    ":bs": {"BS": ["AA==", "AQ=="]}, ":max": {"N": "9.9999999999999999999999999999999999999E+125"}, ":tiny": {"N": "1E-130"}})";

std::string applied(std::string_view text, std::string_view before, ItemExisted existed = ItemExisted::yes) {
  auto bound = bindings(R"({"#dot": "x.y"})", kValues);
  const auto update = compile_update(text, bound);
  INFO(text << " on " << before);
  REQUIRE(outcome(update) == "ok");
  const auto stored = item(before);
  const auto after = apply(update.value(), stored, existed);
  CHECK(text_of(stored) == text_of(item(before)));
  return after ? text_of(after.value()) : std::string(name_of(after.error().code));
}

void check_all(std::initializer_list<Example> examples) {
  for (const auto& [update, before, after] : examples) {
    INFO(update << " on " << before);
    const bool is_item = after.starts_with('{');
    CHECK(applied(update, before) == (is_item ? text_of(item(after)) : std::string(after)));
  }
}

}  // namespace

TEST_CASE("SET adds, replaces and copies attributes") {
  check_all({
      {"SET a = :s", "{}", R"({"a": {"S": "new"}})"},
      {"SET a = :s", R"({"a": {"N": "1"}, "b": {"S": "kept"}})", R"({"a": {"S": "new"}, "b": {"S": "kept"}})"},
      {"SET a = b", R"({"b": {"L": [{"N": "1"}]}})", R"({"a": {"L": [{"N": "1"}]}, "b": {"L": [{"N": "1"}]}})"},
      {"SET a = b.c[1]", R"({"b": {"M": {"c": {"L": [{"N": "1"}, {"N": "2"}]}}}})",
       R"({"a": {"N": "2"}, "b": {"M": {"c": {"L": [{"N": "1"}, {"N": "2"}]}}}})"},
      {"SET #dot = :s", "{}", R"({"x.y": {"S": "new"}})"},
      {"SET a = b", "{}", "missing_attribute"},
      {"SET a = b.c", R"({"b": {"S": "x"}})", "missing_attribute"},
      {"SET a = b[3]", R"({"b": {"L": []}})", "missing_attribute"},
  });
}

TEST_CASE("All right-hand sides see the item as it was") {
  check_all({
      {"SET a = b, b = a", R"({"a": {"N": "1"}, "b": {"N": "2"}})", R"({"a": {"N": "2"}, "b": {"N": "1"}})"},
      {"SET a = b REMOVE b", R"({"b": {"N": "2"}})", R"({"a": {"N": "2"}})"},
      {"SET l[0] = l[1], l[1] = l[0]", R"({"l": {"L": [{"N": "1"}, {"N": "2"}]}})",
       R"({"l": {"L": [{"N": "2"}, {"N": "1"}]}})"},
      {"SET a = b ADD b :n", R"({"b": {"N": "2"}})", R"({"a": {"N": "2"}, "b": {"N": "3"}})"},
      {"SET a = :s, b = a", "{}", "missing_attribute"},
  });
}

TEST_CASE("SET into documents needs the parent; list indexes past the end append") {
  check_all({
      {"SET a.b = :s", R"({"a": {"M": {"c": {"N": "1"}}}})", R"({"a": {"M": {"b": {"S": "new"}, "c": {"N": "1"}}}})"},
      {"SET a.b.c = :s", R"({"a": {"M": {"b": {"M": {}}}}})", R"({"a": {"M": {"b": {"M": {"c": {"S": "new"}}}}}})"},
      {"SET l[1] = :s", R"({"l": {"L": [{"N": "1"}, {"N": "2"}]}})", R"({"l": {"L": [{"N": "1"}, {"S": "new"}]}})"},
      {"SET l[7] = :s", R"({"l": {"L": [{"N": "1"}]}})", R"({"l": {"L": [{"N": "1"}, {"S": "new"}]}})"},
      {"SET l[0] = :s", R"({"l": {"L": []}})", R"({"l": {"L": [{"S": "new"}]}})"},
      {"SET l[9] = :s, l[3] = :t, l[5] = :n", R"({"l": {"L": []}})",
       R"({"l": {"L": [{"S": "t"}, {"N": "1"}, {"S": "new"}]}})"},
      {"SET l[0].k = :s, l[9] = :n", R"({"l": {"L": [{"M": {}}]}})",
       R"({"l": {"L": [{"M": {"k": {"S": "new"}}}, {"N": "1"}]}})"},
      {"SET l[1][5] = :s, l[5] = :n", R"({"l": {"L": [{"N": "0"}, {"L": []}]}})",
       R"({"l": {"L": [{"N": "0"}, {"L": [{"S": "new"}]}, {"N": "1"}]}})"},
      {"SET a.b = :s", "{}", "invalid_path"},
      {"SET a.b = :s", R"({"a": {"S": "x"}})", "invalid_path"},
      {"SET a.b = :s", R"({"a": {"L": []}})", "invalid_path"},
      {"SET a.b.c = :s", R"({"a": {"M": {}}})", "invalid_path"},
      {"SET a[0] = :s", "{}", "invalid_path"},
      {"SET a[0] = :s", R"({"a": {"M": {}}})", "invalid_path"},
      {"SET a[0] = :s", R"({"a": {"SS": ["x"]}})", "invalid_path"},
      {"SET a[3].b = :s", R"({"a": {"L": []}})", "invalid_path"},
  });
}

TEST_CASE("REMOVE takes attributes and list elements away; indexes mean the original list") {
  check_all({
      {"REMOVE a, b", R"({"a": {"N": "1"}, "c": {"N": "2"}})", R"({"c": {"N": "2"}})"},
      {"REMOVE a.b", R"({"a": {"M": {"b": {"N": "1"}}}})", R"({"a": {"M": {}}})"},
      {"REMOVE a.c", R"({"a": {"M": {"b": {"N": "1"}}}})", R"({"a": {"M": {"b": {"N": "1"}}}})"},
      {"REMOVE l[1], l[3]", R"({"l": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}, {"N": "4"}]}})",
       R"({"l": {"L": [{"N": "1"}, {"N": "3"}]}})"},
      {"REMOVE l[0]", R"({"l": {"L": [{"N": "1"}]}})", R"({"l": {"L": []}})"},
      {"REMOVE l[5]", R"({"l": {"L": [{"N": "1"}]}})", R"({"l": {"L": [{"N": "1"}]}})"},
      {"REMOVE l[1] SET l[3] = :s", R"({"l": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}, {"N": "4"}]}})",
       R"({"l": {"L": [{"N": "1"}, {"N": "3"}, {"S": "new"}]}})"},
      {"REMOVE l[0] SET l[1] = :s, l[8] = :t", R"({"l": {"L": [{"N": "1"}, {"N": "2"}]}})",
       R"({"l": {"L": [{"S": "new"}, {"S": "t"}]}})"},
      {"REMOVE l[0], l[1][0], l[1][1]", R"({"l": {"L": [{"N": "0"}, {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}]}]}})",
       R"({"l": {"L": [{"L": [{"N": "3"}]}]}})"},
      {"REMOVE a.b", "{}", "invalid_path"},
      {"REMOVE a.b", R"({"a": {"S": "x"}})", "invalid_path"},
      {"REMOVE a[0]", R"({"a": {"M": {}}})", "invalid_path"},
      {"REMOVE a[0]", "{}", "invalid_path"},
  });
}

TEST_CASE("An item that does not exist has nothing to remove") {
  CHECK(applied("REMOVE a, b.c, d[0].e", R"({"pk": {"S": "k"}})", ItemExisted::no) == R"({"pk":{"S":"k"}})");
  CHECK(applied("DELETE a :ss", R"({"pk": {"S": "k"}})", ItemExisted::no) == R"({"pk":{"S":"k"}})");
  CHECK(applied("SET a = pk", R"({"pk": {"S": "k"}})", ItemExisted::no) == R"({"a":{"S":"k"},"pk":{"S":"k"}})");
  CHECK(applied("SET a.b = :s", R"({"pk": {"S": "k"}})", ItemExisted::no) == "invalid_path");
}

TEST_CASE("Arithmetic is exact and bounded") {
  check_all({
      {"SET a = a + :n", R"({"a": {"N": "41"}})", R"({"a": {"N": "42"}})"},
      {"SET a = :n - a", R"({"a": {"N": "0.1"}})", R"({"a": {"N": "0.9"}})"},
      {"SET a = (:ten - b)", R"({"b": {"N": "-5"}})", R"({"a": {"N": "15"}, "b": {"N": "-5"}})"},
      {"SET a = if_not_exists(a, :n) + if_not_exists(b, :ten)", R"({"b": {"N": "2"}})",
       R"({"a": {"N": "3"}, "b": {"N": "2"}})"},
      {"SET a = a + :n", R"({"a": {"S": "1"}})", "incorrect_type"},
      {"SET a = :n + a", R"({"a": {"NS": ["1"]}})", "incorrect_type"},
      {"SET a = a + :n", "{}", "missing_attribute"},
      {"SET a = a + :max", R"({"a": {"N": "9e125"}})", "overflow"},
      {"SET a = a + :n", R"({"a": {"N": "1e50"}})", "overflow"},
      {"SET a = a - :tiny", R"({"a": {"N": "1.1E-130"}})", "underflow"},
  });
}

TEST_CASE("if_not_exists takes the path's value or computes the other operand") {
  check_all({
      {"SET a = if_not_exists(a, :s)", R"({"a": {"N": "1"}})", R"({"a": {"N": "1"}})"},
      {"SET a = if_not_exists(a, :s)", "{}", R"({"a": {"S": "new"}})"},
      {"SET a = if_not_exists(b.c, :s)", R"({"b": {"S": "x"}})", R"({"a": {"S": "new"}, "b": {"S": "x"}})"},
      {"SET a = if_not_exists(x, if_not_exists(y, :s))", R"({"y": {"N": "7"}})",
       R"({"a": {"N": "7"}, "y": {"N": "7"}})"},
      {"SET a = if_not_exists(y, lacking)", R"({"y": {"N": "7"}})", R"({"a": {"N": "7"}, "y": {"N": "7"}})"},
      {"SET a = if_not_exists(x, lacking)", "{}", "missing_attribute"},
  });
}

TEST_CASE("list_append joins two lists") {
  check_all({
      {"SET a = list_append(a, :l)", R"({"a": {"L": [{"N": "1"}]}})", R"({"a": {"L": [{"N": "1"}, {"S": "x"}]}})"},
      {"SET a = list_append(:l, a)", R"({"a": {"L": [{"N": "1"}]}})", R"({"a": {"L": [{"S": "x"}, {"N": "1"}]}})"},
      {"SET a = list_append(if_not_exists(a, :none), :l)", "{}", R"({"a": {"L": [{"S": "x"}]}})"},
      {"SET a = list_append(a, :l)", "{}", "missing_attribute"},
      {"SET a = list_append(a, :l)", R"({"a": {"S": "x"}})", "incorrect_type"},
      {"SET a = list_append(:l, a)", R"({"a": {"SS": ["x"]}})", "incorrect_type"},
  });
}

TEST_CASE("ADD adds numbers and unites sets, from nothing if need be") {
  check_all({
      {"ADD a :n", R"({"a": {"N": "2.5"}})", R"({"a": {"N": "3.5"}})"},
      {"ADD a :n", "{}", R"({"a": {"N": "1"}})"},
      {"ADD a.b :n", R"({"a": {"M": {}}})", R"({"a": {"M": {"b": {"N": "1"}}}})"},
      {"ADD a[0] :n", R"({"a": {"L": [{"N": "1"}]}})", R"({"a": {"L": [{"N": "2"}]}})"},
      {"ADD a[4] :n", R"({"a": {"L": [{"N": "1"}]}})", R"({"a": {"L": [{"N": "1"}, {"N": "1"}]}})"},
      {"ADD a :ss", R"({"a": {"SS": ["a", "b"]}})", R"({"a": {"SS": ["a", "b", "c"]}})"},
      {"ADD a :ss", "{}", R"({"a": {"SS": ["b", "c"]}})"},
      {"ADD a :ns", R"({"a": {"NS": ["2.0", "3"]}})", R"({"a": {"NS": ["1", "2", "3"]}})"},
      {"ADD a :bs", R"({"a": {"BS": ["Ag=="]}})", R"({"a": {"BS": ["AA==", "AQ==", "Ag=="]}})"},
      {"ADD a :n", R"({"a": {"S": "x"}})", "incorrect_type"},
      {"ADD a :ss", R"({"a": {"NS": ["1"]}})", "incorrect_type"},
      {"ADD a :ss", R"({"a": {"L": []}})", "incorrect_type"},
      {"ADD a :n", R"({"a": {"NS": ["1"]}})", "incorrect_type"},
      {"ADD a.b :n", "{}", "invalid_path"},
      {"ADD a :max", R"({"a": {"N": "9e125"}})", "overflow"},
  });
}

TEST_CASE("DELETE takes members out of sets; an empty set goes away") {
  check_all({
      {"DELETE a :ss", R"({"a": {"SS": ["a", "b"]}})", R"({"a": {"SS": ["a"]}})"},
      {"DELETE a :ss", R"({"a": {"SS": ["b", "c"]}, "z": {"N": "1"}})", R"({"z": {"N": "1"}})"},
      {"DELETE a :ns", R"({"a": {"NS": ["1.0", "3"]}})", R"({"a": {"NS": ["3"]}})"},
      {"DELETE a :bs", R"({"a": {"BS": ["AA==", "Ag=="]}})", R"({"a": {"BS": ["Ag=="]}})"},
      {"DELETE a.b :ss", R"({"a": {"M": {"b": {"SS": ["b"]}}}})", R"({"a": {"M": {}}})"},
      {"DELETE a[0] :ss", R"({"a": {"L": [{"SS": ["b"]}, {"N": "1"}]}})", R"({"a": {"L": [{"N": "1"}]}})"},
      {"DELETE a :ss", "{}", "{}"},
      {"DELETE a[3] :ss", R"({"a": {"L": []}})", R"({"a": {"L": []}})"},
      {"DELETE a :ss", R"({"a": {"NS": ["1"]}})", "incorrect_type"},
      {"DELETE a :ss", R"({"a": {"S": "b"}})", "incorrect_type"},
      {"DELETE a.b :ss", "{}", "invalid_path"},
  });
}

TEST_CASE("A result deeper than 32 levels is refused") {
  const auto nested = [](int levels) {
    std::string text = R"({"N": "1"})";
    for (int i = 1; i < levels; ++i) text = R"({"L": [)" + text + "]}";
    return text;
  };
  const auto before = R"({"deep": )" + nested(32) + R"(, "list": {"L": []}, "map": {"M": {}}})";
  CHECK(applied("SET a = deep", before) != "too_deep");
  CHECK(applied("SET m1[0] = deep[0]", R"({"deep": )" + nested(32) + R"(, "m1": {"L": []}})") != "too_deep");
  CHECK(applied("SET m1[0] = deep", R"({"deep": )" + nested(32) + R"(, "m1": {"L": []}})") == "too_deep");
  CHECK(applied("SET m1.a = deep", R"({"deep": )" + nested(32) + R"(, "m1": {"M": {}}})") == "too_deep");
}

TEST_CASE("An update without actions leaves the bare item") {
  const auto after = apply(Update{}, item(R"({"pk": {"S": "k"}})"), ItemExisted::no);
  REQUIRE(after);
  CHECK(text_of(after.value()) == R"({"pk":{"S":"k"}})");
}

TEST_CASE("PartiQL's SET_ADD and SET_DELETE stand as right-hand sides") {
  const auto run = [](SetAdd::Mode mode, std::string_view before) {
    Update update{{SetAction{Path{{"a"}}, {SetAdd{Path{{"a"}}, value(R"({"NS": ["1", "2"]})"), mode}}}},
                  Update::Dialect::partiql};
    const auto after = apply(update, item(before), ItemExisted::yes);
    return after ? text_of(after.value()) : std::string(name_of(after.error().code));
  };
  CHECK(run(SetAdd::Mode::add, R"({"a": {"NS": ["3"]}})") == R"({"a":{"NS":["1","2","3"]}})");
  CHECK(run(SetAdd::Mode::add, "{}") == R"({"a":{"NS":["1","2"]}})");
  CHECK(run(SetAdd::Mode::remove, R"({"a": {"NS": ["1", "3"]}})") == R"({"a":{"NS":["3"]}})");
  CHECK(run(SetAdd::Mode::remove, R"({"a": {"NS": ["1"]}})") == "{}");
  CHECK(run(SetAdd::Mode::remove, "{}") == "{}");
  CHECK(run(SetAdd::Mode::add, R"({"a": {"SS": ["3"]}})") == "incorrect_type");
}

TEST_CASE("paths_of and targets_of list what an update mentions") {
  auto bound = bindings("{}", kValues);
  const auto update = compile_update(
      "SET a.b = list_append(if_not_exists(c, d), e[1]), f = g + :n REMOVE h ADD i :n DELETE j :ss", bound);
  REQUIRE(update);
  std::string paths;
  for (const auto& path : paths_of(update.value())) paths += to_string(path);
  CHECK(paths == "[a, b][c][d][e, [1]][f][g][h][i][j]");
  std::string targets;
  for (const auto& path : targets_of(update.value())) targets += to_string(path);
  CHECK(targets == "[a, b][f][h][i][j]");
}

}  // namespace fickle::expr
