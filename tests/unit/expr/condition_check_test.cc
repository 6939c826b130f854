// What is wrong with a condition that parses, and which of several errors is reported.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {
void check_all(std::initializer_list<Case> cases) {
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(condition_outcome(text) == expected);
  }
}
}  // namespace

TEST_CASE("An expression is neither empty nor longer than 4096 bytes, which is checked before parsing") {
  CHECK(condition_outcome("") == "empty");
  CHECK(projection_outcome("") == "empty");
  CHECK(update_outcome("") == "empty");
  CHECK(key_condition_outcome("") == "empty");
  CHECK(condition_outcome(repeated(" ", 4088) + " a = :s ") == "ok");
  CHECK(condition_outcome(repeated("!", 4097)) == "too_long 4097");
}

TEST_CASE("Parentheses around the same thing twice are redundant") {
  check_all({
      {"a=b and a > ((c))", "redundant_parentheses"},
      {"(a)between(((b.c)).d)and(c)", "redundant_parentheses"},
      {"a > whatever((:s), ((a)))", "redundant_parentheses"},
      {"a=b AND ((a=b AND a=b)) AND a=b", "redundant_parentheses"},
      {"a=b OR ((a=b OR (a=b OR a=b)))", "redundant_parentheses"},
      {"((a = :s))", "redundant_parentheses"},
      {"NOT ((a = :s))", "redundant_parentheses"},
      {"((attribute_exists(a)))", "redundant_parentheses"},
      {"contains(((a)), :s)", "redundant_parentheses"},
      {"a IN (((:s)))", "redundant_parentheses"},
  });
}

TEST_CASE("Single parentheses may stand around conditions, operands and the beginnings of paths") {
  check_all({
      {"((a) = (:s))", "ok"},
      {"(a = :s) AND (b = :s)", "ok"},
      {"((a = :s) and b = :s)", "ok"},
      {"((a) in ((:s), :z))", "ok"},
      {"(contains((a), (:s)))", "ok"},
      {"((a.b).c[0]) = :s", "ok"},
      {"(a)[0] = :s", "ok"},
      {"((size(b)) = :n) AND c = :s", "ok"},
      {"(a)between(b.c)and(:s)", "ok"},
      {"NOT (NOT (a = :s))", "ok"},
      {"NOT NOT a = :s", "ok"},
  });
}

TEST_CASE("Functions: unknown ones, and known ones in the wrong place") {
  check_all({
      {"a=b and whatever((:s)) > a", "unknown_function whatever"},
      {"attRIbute_exIsts((a), #b)", "unknown_function attRIbute_exIsts"},
      {"SIZE(a) > :n", "unknown_function SIZE"},
      {"a = b and attribute_exists((c), (#a)) > b", "misplaced_function attribute_exists"},
      {"attribute_not_exists(c) > b", "misplaced_function attribute_not_exists"},
      {"attribute_type(c, :s) > b", "misplaced_function attribute_type"},
      {"begins_with(c, a) > b", "misplaced_function begins_with"},
      {"contains(:s, c) > b", "misplaced_function contains"},
      {"size(contains(a, b)) > a", "misplaced_function contains"},
      {"size(c)", "misplaced_function size"},
      {"NOT size(c)", "misplaced_function size"},
      {"a = :s AND size(c)", "misplaced_function size"},
      {"a between b and attribute_exists(c)", "misplaced_function attribute_exists"},
      {"a in (b, attribute_exists(c))", "misplaced_function attribute_exists"},
      {"if_not_exists(a, :s)", "misplaced_function if_not_exists"},
      {"list_append(a, :l) = :l", "misplaced_function list_append"},
  });
}

TEST_CASE("Reserved words may not stand bare, in any case, in any element of a path") {
  check_all({
      {"attribute_exists(views, #undefined)", "reserved_word views"},
      {":undefined < abOrT", "reserved_word abOrT"},
      {"a.b.Name = :s", "reserved_word Name"},
      {"size = :s", "reserved_word size"},
      {"size(size) > :n", "reserved_word size"},
      {"contains(contains, :s)", "ok"},
      {"begins_with(begins_with, :s) AND attribute_type(attribute_type, :list)", "ok"},
  });
}

TEST_CASE("Undefined names and values") {
  check_all({
      {"attribute_exists(#x.RearView, :x) and a=b", "undefined_name #x"},
      {"begins_with(Pictures.#x)", "undefined_name #x"},
      {"(#x between :lo and :hi) and (#y in (:x, :y))", "undefined_name #x"},
      {"(a)between(b.c[45].#x)and(:x)", "undefined_name #x"},
      {"begins_with(:x, #x, #y)", "undefined_value :x"},
      {":x < :y", "undefined_value :x"},
      {"a = :s AND b = :x", "undefined_value :x"},
  });
}

TEST_CASE("Functions take a fixed number of operands") {
  check_all({
      {"attribute_exists(c, a) and a=b", "operand_count attribute_exists 2"},
      {"attribute_not_exists(c, b)", "operand_count attribute_not_exists 2"},
      {"attribute_type(c)", "operand_count attribute_type 1"},
      {"begins_with(c)", "operand_count begins_with 1"},
      {"begins_with(c, size(a), b)", "operand_count begins_with 3"},
      {"contains(c)", "operand_count contains 1"},
      {"size(c, a) > b", "operand_count size 2"},
  });
}

TEST_CASE("The first operand must differ from the others") {
  check_all({
      {"a = a AND #a = b", "same_operands = [a]"},
      {"#a <> a", "same_operands <> [a]"},
      {"a > #a", "same_operands > [a]"},
      {"((a=a) OR (a=a))", "same_operands = [a]"},
      {"contains(ab.bc[1].a, ab.bc[1].#a)", "same_operands contains [ab, bc, [1], a]"},
      {"attribute_type(ab.bc[1].#a, ab.bc[1].a)", "same_operands attribute_type [ab, bc, [1], a]"},
      {"begins_with(ab.bc[1].a, (ab.bc)[1].#a)", "same_operands begins_with [ab, bc, [1], a]"},
      {"a IN (b, a)", "same_operands IN [a]"},
      {"a BETWEEN b AND a", "same_operands BETWEEN [a]"},
      {"a = a[0]", "ok"},
      {":s > :s", "ok"},
  });
}

TEST_CASE("Types of literals are checked without looking at an item") {
  // {operator, literals that it takes}; the others are errors.
  struct Rule {
    std::string_view before, after, name;
    std::string_view allowed;
  };
  const Rule rules[] = {
      {"a < ", "", "<", "S N B"},
      {"a <= ", "", "<=", "S N B"},
      {"a > ", "", ">", "S N B"},
      {"a >= ", "", ">=", "S N B"},
      {"a = ", "", "=", "S N B BOOL NULL SS NS BS L M"},
      {"a <> ", "", "<>", "S N B BOOL NULL SS NS BS L M"},
      {"", " > a", ">", "S N B"},
      {"a BETWEEN ", " AND b", "BETWEEN", "S N B"},
      {"a BETWEEN b AND ", "", "BETWEEN", "S N B"},
      {"", " BETWEEN a AND b", "BETWEEN", "S N B"},
      {"a IN (", ")", "IN", "S N B BOOL NULL SS NS BS L M"},
      {"begins_with(a, ", ")", "begins_with", "S B"},
      {"begins_with(", ", a)", "begins_with", "S B"},
      {"contains(a, ", ")", "contains", "S N B BOOL NULL SS NS BS L M"},
      {"contains(", ", a)", "contains", "S B SS NS BS L"},
      {"size(", ") > :n", "size", "S B SS NS BS L M"},
  };
  const Case values[] = {{":s", "S"},   {":n", "N"},   {":b", "B"},   {":bool", "BOOL"}, {":null", "NULL"},
                         {":ss", "SS"}, {":ns", "NS"}, {":bs", "BS"}, {":l", "L"},       {":m", "M"}};
  for (const auto& rule : rules) {
    for (const auto& [literal, type] : values) {
      const auto text = std::string(rule.before) + std::string(literal) + std::string(rule.after);
      const auto allowed = (" " + std::string(rule.allowed) + " ").find(" " + std::string(type) + " ");
      const auto expected = allowed != std::string::npos
                                ? std::string("ok")
                                : "operand_type " + std::string(rule.name) + " " + std::string(type);
      INFO(text);
      CHECK(condition_outcome(text) == expected);
    }
  }
  check_all({
      {"size(size(a)) > :n", "operand_type size N"},
      {"begins_with(a, size(b))", "operand_type begins_with N"},
      {"attribute_not_exists(size(:n))", "operand_type size N"},
      {"attribute_not_exists(size(:s))", "path_required attribute_not_exists"},
      {"attribute_exists(:s) and a=b", "path_required attribute_exists"},
  });
}

TEST_CASE("attribute_type takes the name of a type as a literal string") {
  check_all({
      {"attribute_type(a, :list)", "ok"},
      {"attribute_type(:s, :list)", "ok"},
      {"attribute_type(a, :z)", "attribute_type_name z"},
      {"attribute_type(a, SS)", "operand_type attribute_type {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"},
      {"attribute_type(a, size(b))", "operand_type attribute_type N"},
      {"attribute_type(a, :bs)", "operand_type attribute_type BS"},
  });
  for (const auto* type : {"S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"}) {
    const auto values = R"({":t": {"S": ")" + std::string(type) + "\"}}";
    CHECK(condition_outcome("attribute_type(a, :t)", bindings("{}", values)) == "ok");
  }
  CHECK(condition_outcome("attribute_type(a, :t)", bindings("{}", R"({":t": {"S": "s"}})")) == "attribute_type_name s");
}

TEST_CASE("Bounds of BETWEEN are of one type and in order when both are literals") {
  check_all({
      {"a BETWEEN :s AND :n", "between_types {S:s} {N:1}"},
      {"a BETWEEN :big AND :n", "between_order {N:9} {N:1}"},
      {"a BETWEEN :z AND :s", "between_order {S:z} {S:s}"},
      {"a BETWEEN :n AND :n", "ok"},
      {"a BETWEEN :n AND b", "ok"},
      {"a BETWEEN size(b) AND :s", "ok"},
      {"a BETWEEN :b AND :n", "between_types {B:YQ==} {N:1}"},
  });
}

TEST_CASE("Limits: 300 operators, 100 candidates of IN, 32 elements of a path, indexes of 31 bits") {
  CHECK(condition_outcome("a=:s" + repeated(" OR a=:s", 149)) == "ok");
  CHECK(condition_outcome("a=:s" + repeated(" OR a=:s", 150)) == "too_many_operators 301");
  CHECK(condition_outcome(repeated("NOT ", 300) + "contains(a, :s)") == "ok");
  CHECK(condition_outcome(repeated("NOT ", 300) + "a = :s") == "too_many_operators 301");
  CHECK(condition_outcome("a IN (:s" + repeated(",:s", 99) + ")") == "ok");
  CHECK(condition_outcome("a IN (:s" + repeated(",:s", 100) + ")") == "in_operands 101");
  CHECK(condition_outcome("a" + repeated(".b", 31) + " = :s") == "ok");
  CHECK(condition_outcome("a" + repeated("[0]", 32) + " = :s") == "path_too_deep 33");
  CHECK(condition_outcome("(a" + repeated(".b", 31) + ").c = :s") == "path_too_deep 33");
  CHECK(condition_outcome("a[2147483647] = :s") == "ok");
  CHECK(condition_outcome("a[2147483648] = :s") == "index_out_of_range 2147483648");
  CHECK(condition_outcome("a[99999999999999999999] = :s") == "index_out_of_range 99999999999999999999");
}

TEST_CASE("Of several errors, those of the whole text come first, then those of the first condition") {
  check_all({
      {"((a = :x)) AND", "syntax <EOF> | AND"},
      {"whatever(a) AND ((a = :x))", "redundant_parentheses"},
      {"size(a) AND whatever(abort)", "unknown_function whatever"},
      {"a = :x AND abort = :s AND size(a)", "misplaced_function size"},
      {"a = :x AND abort = :s", "reserved_word abort"},
      {"a = :x AND begins_with(a)", "undefined_value :x"},
      {"begins_with(a) AND b = :x", "operand_count begins_with 1"},
      {"begins_with(a, a) AND contains(a)", "same_operands begins_with [a]"},
      {"a < :bool AND b = :x", "operand_type < BOOL"},
      {"size(:n) = a.b AND a = :x", "operand_type size N"},
      {"begins_with(size(:n), :x)", "undefined_value :x"},
      {"a[9999999999] < :bool", "operand_type < BOOL"},
  });
}

TEST_CASE("Compiling marks the names and values that it uses") {
  auto bound = one_of_each();
  REQUIRE(compile_condition("#a.#b = :s AND size(x) IN (:n, :big)", bound));
  CHECK(bound.used_names == std::set<std::string, std::less<>>{"#a", "#b"});
  CHECK(bound.used_values == std::set<std::string, std::less<>>{":big", ":n", ":s"});
  REQUIRE(compile_update("SET #c = if_not_exists(a, :l)", bound));
  CHECK(bound.used_names.contains("#c"));
  CHECK(bound.used_values.contains(":l"));
  REQUIRE(compile_projection("#dot", bound));
  CHECK(bound.used_names.contains("#dot"));
  REQUIRE(compile_key_condition("a = :z", bound));
  CHECK(bound.used_values.contains(":z"));
}

}  // namespace fickle::expr
