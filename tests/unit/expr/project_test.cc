// Projections and the fragments of UPDATED_OLD and UPDATED_NEW.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

std::string projected(std::string_view text, std::string_view from) {
  auto bound = bindings(R"({"#dot": "x.y", "#n": "name"})");
  const auto projection = compile_projection(text, bound);
  INFO(text);
  REQUIRE(outcome(projection) == "ok");
  return text_of(project(projection.value(), item(from)));
}

}  // namespace

TEST_CASE("A projection keeps the named attributes and skips missing ones") {
  constexpr auto kItem =
      R"({"a": {"N": "1"}, "b": {"L": []}, "name": {"S": "x"}, "x.y": {"S": "dot"}, "x": {"M": {"y": {"S": "in"}}}})";
  CHECK(projected("b, a", kItem) == R"({"a":{"N":"1"},"b":{"L":[]}})");
  CHECK(projected("#n, nope", kItem) == R"({"name":{"S":"x"}})");
  CHECK(projected("nope", kItem) == "{}");
  CHECK(projected("#dot", kItem) == R"({"x.y":{"S":"dot"}})");
  CHECK(projected("x.y", kItem) == R"({"x":{"M":{"y":{"S":"in"}}}})");
}

TEST_CASE("A projection rebuilds the structure around the selected leaves") {
  constexpr auto kItem =
      R"({"a": {"M": {"b": {"N": "1"}, "c": {"N": "2"}, "l": {"L": [{"M": {"x": {"N": "3"}, "y": {"N": "4"}}}, {"N": "5"}, {"N": "6"}]}}}})";
  CHECK(projected("a.b", kItem) == R"({"a":{"M":{"b":{"N":"1"}}}})");
  CHECK(projected("a.c, a.b", kItem) == R"({"a":{"M":{"b":{"N":"1"},"c":{"N":"2"}}}})");
  CHECK(projected("a.l[2], a.l[1]", kItem) == R"({"a":{"M":{"l":{"L":[{"N":"5"},{"N":"6"}]}}}})");
  CHECK(projected("a.l[0].x, a.l[2], a.l[0].y", kItem) ==
        R"({"a":{"M":{"l":{"L":[{"M":{"x":{"N":"3"},"y":{"N":"4"}}},{"N":"6"}]}}}})");
  CHECK(projected("a.l[7], a.l[1]", kItem) == R"({"a":{"M":{"l":{"L":[{"N":"5"}]}}}})");
  CHECK(projected("a.zip", kItem) == "{}");
  CHECK(projected("a[0]", kItem) == "{}");
  CHECK(projected("a.l.x", kItem) == "{}");
  CHECK(projected("a.b.c", kItem) == "{}");
  CHECK(projected("a.l[0].z, a.c", kItem) == R"({"a":{"M":{"c":{"N":"2"}}}})");
}

TEST_CASE("UPDATED_OLD and UPDATED_NEW return the fragments at the targets") {
  struct Example {
    std::string_view stored, update, updated_old, updated_new;
  };
  constexpr auto kNone = "{}";
  constexpr auto kList = R"({"a": {"M": {"c": {"L": [{"N": "1"}, {"N": "2"}, {"N": "3"}, {"N": "4"}]}}}})";
  const Example examples[] = {
      {R"({"a": {"M": {"b": {"N": "1"}, "c": {"N": "2"}}}})", "SET a.b = :nine", R"({"a":{"M":{"b":{"N":"1"}}}})",
       R"({"a":{"M":{"b":{"N":"9"}}}})"},
      {R"({"a": {"M": {"b": {"N": "1"}}}})", "SET a.x = :nine", kNone, R"({"a":{"M":{"x":{"N":"9"}}}})"},
      {kList, "SET a.c[1] = :nine", R"({"a":{"M":{"c":{"L":[{"N":"2"}]}}}})", R"({"a":{"M":{"c":{"L":[{"N":"9"}]}}}})"},
      {kList, "SET a.c[3] = :nine, a.c[1] = :eight", R"({"a":{"M":{"c":{"L":[{"N":"2"},{"N":"4"}]}}}})",
       R"({"a":{"M":{"c":{"L":[{"N":"8"},{"N":"9"}]}}}})"},
      {kList, "SET a.c[100] = :nine", kNone, kNone},
      {kList, "REMOVE a.c[1]", R"({"a":{"M":{"c":{"L":[{"N":"2"}]}}}})", R"({"a":{"M":{"c":{"L":[{"N":"3"}]}}}})"},
      {kList, "REMOVE a.c[1], a.c[3]", R"({"a":{"M":{"c":{"L":[{"N":"2"},{"N":"4"}]}}}})",
       R"({"a":{"M":{"c":{"L":[{"N":"3"}]}}}})"},
      {R"({"a": {"M": {"b": {"N": "1"}}}})", "REMOVE a", R"({"a":{"M":{"b":{"N":"1"}}}})", kNone},
      {R"({"a": {"M": {"b": {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}}}})", "SET a.b = :nine",
       R"({"a":{"M":{"b":{"M":{"x":{"N":"1"},"y":{"N":"2"}}}}}})", R"({"a":{"M":{"b":{"N":"9"}}}})"},
  };
  for (const auto& [stored, text, updated_old, updated_new] : examples) {
    INFO(text << " on " << stored);
    auto bound = bindings("{}", R"({":nine": {"N": "9"}, ":eight": {"N": "8"}})");
    const auto update = compile_update(text, bound);
    REQUIRE(update);
    const auto before = item(stored);
    const auto after = apply(update.value(), before, ItemExisted::yes);
    REQUIRE(after);
    const auto targets = targets_of(update.value());
    CHECK(text_of(fragment(targets, before)) == updated_old);
    CHECK(text_of(fragment(targets, after.value())) == updated_new);
  }
}

}  // namespace fickle::expr
