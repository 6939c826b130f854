// What is wrong with an update or a projection that parses, and which of several errors is reported.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {
void check_updates(std::initializer_list<Case> cases) {
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(update_outcome(text) == expected);
  }
}
}  // namespace

TEST_CASE("Updates that are fine") {
  check_updates({
      {"SET a = :s", "ok"},
      {"SET a = b, c.d[2] = :n REMOVE e[0], f ADD g :n, h.i :ss DELETE j :ns", "ok"},
      {"DELETE a :bs ADD b :bs REMOVE c SET d = :m", "ok"},
      {"SET a = a + :n, b = :n - b", "ok"},
      {"SET a = (b + c)", "ok"},
      {"SET a = ((b.c.d)+(e))", "ok"},
      {"SET a = (b)", "ok"},
      {"SET a = if_not_exists(a, :n) + :n", "ok"},
      {"SET a = if_not_exists(a, if_not_exists(b, :n))", "ok"},
      {"SET a = list_append(if_not_exists(a, :l), :l)", "ok"},
      {"SET a = list_append((a), (:l))", "ok"},
      {"SET a = if_not_exists(b, :n) + if_not_exists(c, :n)", "ok"},
      {"SET a[0] = a[1], a[1] = a[0]", "ok"},
      {"SET #dot = :s, x.y = :s", "ok"},
  });
}

TEST_CASE("An update's doubled parentheses are redundant") {
  check_updates({
      {"SET a = ((b))", "redundant_parentheses"},
      {"SET a = ((b + c))", "redundant_parentheses"},
      {"SET a = list_append(((b)), :l)", "redundant_parentheses"},
  });
}

TEST_CASE("Names and functions of updates") {
  check_updates({
      {" set #undefined = :undefined set abOrt = true ", "reserved_word abOrt"},
      {" remove Absolute ", "reserved_word Absolute"},
      {"SET a = if_not_exist(a, :n)", "unknown_function if_not_exist"},
      {"SET a = LIST_APPEND(a, :l)", "unknown_function LIST_APPEND"},
      {"SET a = attribute_exists(b)", "misplaced_function attribute_exists"},
      {"SET a = size(b)", "misplaced_function size"},
      {"SET a = if_not_exists(a, begins_with(b, c))", "misplaced_function begins_with"},
      {"SET a = list_append(list_append(a, :l), :l)", "misplaced_function list_append"},
      {"SET a = list_append(:l, list_append(a, :l))", "misplaced_function list_append"},
      {"SET a = #x", "undefined_name #x"},
      {"SET a.#x = :s", "undefined_name #x"},
      {"SET a = :x", "undefined_value :x"},
      {"ADD a :x", "undefined_value :x"},
      {"SET a = if_not_exists(:x, :n)", "undefined_value :x"},
  });
}

TEST_CASE("A section can be used once") {
  check_updates({
      {"set a = #x set c = :d", "repeated_section SET"},
      {"remove #x set a = b remove e", "repeated_section REMOVE"},
      {"add #x :e set a = b add e :f", "repeated_section ADD"},
      {"delete #x :e set a = b delete #e :f", "repeated_section DELETE"},
  });
}

TEST_CASE("Targets neither overlap nor conflict; the earlier one is named first") {
  constexpr auto kNames = R"({"#c": "c", "#d": "[3]"})";
  const Case cases[] = {
      {"set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", "overlapping_paths [c, [1], a] [c]"},
      {"set #c[3].#d = a, #c[3] = a", "overlapping_paths [c, [3], [3]] [c, [3]]"},
      {"set a = b remove a", "overlapping_paths [a] [a]"},
      {"set a.b = a add a :n", "undefined_value :n"},
      {"set a.b = a remove a", "overlapping_paths [a, b] [a]"},
      {"remove a, a.b.c", "overlapping_paths [a] [a, b, c]"},
      {"set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", "conflicting_paths [c, [3], [3]] [c, [3], [3]]"},
      {"remove a.#c set a[1] = #d", "conflicting_paths [a, c] [a, [1]]"},
      {"remove a.b, a[1], a.b", "overlapping_paths [a, b] [a, b]"},
      {"remove a.b, a.c, a.bc, b.a", "ok"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(update_outcome(text, bindings(kNames)) == expected);
  }
}

TEST_CASE("ADD takes a number or a set, DELETE a set: the message has the long name of the type") {
  const std::pair<std::string_view, std::string_view> types[] = {
      {":s", "STRING"}, {":n", "NUMBER"}, {":b", "BINARY"}, {":bool", "BOOLEAN"}, {":null", "NULL"},
      {":l", "LIST"},   {":m", "MAP"},    {":ss", ""},      {":ns", ""},          {":bs", ""}};
  for (const auto& [literal, type] : types) {
    const auto wrong = [&](std::string_view op) {
      return "update_operand_type " + std::string(op) + " " + std::string(type);
    };
    const auto add = update_outcome("ADD a.b " + std::string(literal));
    const auto remove = update_outcome("DELETE a.b " + std::string(literal));
    CHECK(add == (type.empty() || type == "NUMBER" ? "ok" : wrong("ADD")));
    CHECK(remove == (type.empty() ? "ok" : wrong("DELETE")));
  }
  check_updates({{"set b = list_append(:s, a), c = if_not_exists(a) add a.b :s", "update_operand_type ADD STRING"}});
}

TEST_CASE("Operands of + - list_append and if_not_exists") {
  check_updates({
      {"SET a = :s + b", "operand_type + S"},
      {"SET a = b - :l", "operand_type - L"},
      {"SET a = list_append(a, :s)", "operand_type list_append S"},
      {"SET a = list_append(:ss, a)", "operand_type list_append SS"},
      {"SET a = if_not_exists(c)", "operand_count if_not_exists 1"},
      {"SET a = list_append(c)", "operand_count list_append 1"},
      {"SET a = list_append(c, d, e)", "operand_count list_append 3"},
      {"SET a = if_not_exists(:s, c)", "path_required if_not_exists"},
      {"SET a = if_not_exists(if_not_exists(a, b), c)", "path_required if_not_exists"},
  });
}

TEST_CASE("Limits of updates") {
  CHECK(update_outcome("SET a" + repeated("[1]", 31) + " = :s") == "ok");
  CHECK(update_outcome("SET a" + repeated("[1]", 32) + " = :s") == "path_too_deep 33");
  CHECK(update_outcome("SET a = b" + repeated(".c", 32)) == "path_too_deep 33");
  CHECK(update_outcome("REMOVE a[2147483648]") == "index_out_of_range 2147483648");
  std::string many = "SET a0 = a + a";
  for (int i = 1; i < 301; ++i) many += ",a" + std::to_string(i) + "=a+a";
  CHECK(update_outcome(many) == "too_many_operators 301");
}

TEST_CASE("Of several errors in an update, the kinds have an order") {
  check_updates({
      {"SET a = ((b)), abort = whatever(c)", "redundant_parentheses"},
      {"SET a = whatever(b), abort = :s", "reserved_word abort"},
      {"SET a = size(b), c = whatever(d)", "unknown_function whatever"},
      {"SET a = size(b) SET c = d", "misplaced_function size"},
      {"SET a = #x SET a = :x", "repeated_section SET"},
      {"SET a = :x, a = #x", "undefined_name #x"},
      {"SET a = b, a = :x", "undefined_value :x"},
      {"SET a = b, a = :s + c ADD d :s", "overlapping_paths [a] [a]"},
      {"SET a = :s + c ADD d :s", "update_operand_type ADD STRING"},
  });
}

TEST_CASE("Projections: names, overlaps, conflicts and limits") {
  const Case cases[] = {
      {"a", "ok"},
      {"a, b.c, d[1].e, #dot", "ok"},
      {"l[2], l[0]", "ok"},
      {"a.b, a.c, a.d[0], a.d[1]", "ok"},
      {"a, name", "reserved_word name"},
      {"#x, abort", "reserved_word abort"},
      {"a.#x", "undefined_name #x"},
      {"a, a", "overlapping_paths [a] [a]"},
      {"b, a, a.b", "overlapping_paths [a] [a, b]"},
      {"a.b, a", "overlapping_paths [a, b] [a]"},
      {"#a, a[0]", "overlapping_paths [a] [a, [0]]"},
      {"a.b, a[1]", "conflicting_paths [a, b] [a, [1]]"},
      {"a[999999999999]", "index_out_of_range 999999999999"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(projection_outcome(text) == expected);
  }
  CHECK(projection_outcome("a" + repeated(".b", 31)) == "ok");
  CHECK(projection_outcome("a" + repeated(".b", 32)) == "path_too_deep 33");
}

}  // namespace fickle::expr
