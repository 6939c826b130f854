// Key conditions: their shape, their terms, and the row keys that they select under a key schema.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "emulator/expr/key_range.hh"
#include "emulator/value/key_codec.hh"
#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

std::string_view name_of(KeyTerm::Operator op) {
  switch (op) {
    case KeyTerm::Operator::eq: return "=";
    case KeyTerm::Operator::lt: return "<";
    case KeyTerm::Operator::le: return "<=";
    case KeyTerm::Operator::gt: return ">";
    case KeyTerm::Operator::ge: return ">=";
    case KeyTerm::Operator::between: return "between";
    case KeyTerm::Operator::begins_with: return "begins_with";
  }
  return "?";
}

std::string text_of(const Value& any) {
  std::string text;
  append_json(text, any);
  return text;
}
std::string terms_of(std::string_view text) {
  auto bound = one_of_each();
  const auto condition = compile_key_condition(text, bound);
  INFO(text);
  REQUIRE(outcome(condition) == "ok");
  std::string terms;
  for (const auto& term : condition.value().terms) {
    terms += term.attribute + " " + std::string(name_of(term.op)) + " " + text_of(term.operand);
    if (term.op == KeyTerm::Operator::between) terms += " " + text_of(term.upper);
    terms += "; ";
  }
  return terms;
}

}  // namespace

TEST_CASE("A key condition becomes terms; a value on the left is mirrored") {
  CHECK(terms_of("a = :s") == R"(a = {"S":"s"}; )");
  CHECK(terms_of("#a = :s AND b > :n") == R"(a = {"S":"s"}; b > {"N":"1"}; )");
  CHECK(terms_of(":s = a AND :n < b") == R"(a = {"S":"s"}; b > {"N":"1"}; )");
  CHECK(terms_of(":n <= b") == R"(b >= {"N":"1"}; )");
  CHECK(terms_of(":n > b") == R"(b < {"N":"1"}; )");
  CHECK(terms_of(":n >= b") == R"(b <= {"N":"1"}; )");
  CHECK(terms_of("(a = :s) AND (b BETWEEN :n AND :big)") == R"(a = {"S":"s"}; b between {"N":"1"} {"N":"9"}; )");
  CHECK(terms_of("(begins_with(b, :s) AND (a = :s))") == R"(b begins_with {"S":"s"}; a = {"S":"s"}; )");
  CHECK(terms_of("a = :s AND (b = :s AND (c = :s AND d = :s)) AND e = :s").size() ==
        5 * std::string(R"(a = {"S":"s"}; )").size());
}

TEST_CASE("The shape of a key condition") {
  const Case cases[] = {
      {"a = :s OR b = :s", "key_operator OR"},
      {"a > b and size(b) > c or a > c", "key_operator OR"},
      {"a = :s AND (b = :s OR c = :s)", "key_operator OR"},
      {"not a > b", "key_operator NOT"},
      {"a = :s AND NOT NOT b = :s", "key_operator NOT"},
      {"a in (b, size(c), d)", "key_operator IN"},
      {"a <> b", "key_operator <>"},
      {"attribute_exists(a)", "key_operator attribute_exists"},
      {"attribute_not_exists(a)", "key_operator attribute_not_exists"},
      {"attribute_type(a, :list)", "key_operator attribute_type"},
      {"contains(a.d, b)", "key_operator contains"},
      {"size(b) > a AND a.b > b AND b > c", "key_nested_operation"},
      {"a > size(b.d)", "key_nested_operation"},
      {"a between size(b) and size(c)", "key_nested_operation"},
      {":s between size(b) and size(a) and b > :s", "key_first_operand BETWEEN"},
      {"begins_with(:s, b) and a > :s", "key_first_operand begins_with"},
      {"b > a.b", "key_several_attributes"},
      {"b between c[1] and d", "key_several_attributes"},
      {"a between b and size(c)", "key_several_attributes"},
      {"begins_with(a, b)", "key_several_attributes"},
      {"a = b", "key_several_attributes"},
      {"b.d > a AND c.d > e.f", "key_nested_attribute"},
      {"b[0] > :s", "key_nested_attribute"},
      {":s < b.c", "key_nested_attribute"},
      {":n > :n AND a < :n", "key_no_attribute"},
      {"b > :n AND b < :n and c = :n and d = :n", "key_repeated_attribute"},
      {"(a > :n and b > :n) and (b > :n and c > :n)", "key_repeated_attribute"},
      {"a = :s AND #a = :s", "key_repeated_attribute"},
      {"a = :s AND b BETWEEN :big AND :n", "between_order {N:9} {N:1}"},
      {"a = :s AND b BETWEEN :s AND :n", "between_types {S:s} {N:1}"},
      {"a = :x", "undefined_value :x"},
      {"a = :s AND begins_with(b, :n)", "operand_type begins_with N"},
      {"a = :s AND b < :bool", "operand_type < BOOL"},
      {"name = :s", "reserved_word name"},
      {"a-b", "syntax - | a-b"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(key_condition_outcome(text) == expected);
  }
}

TEST_CASE("matches() tells whether a key's value passes a term") {
  const auto one = value(R"({"N": "1"})");
  const auto two = value(R"({"N": "2"})");
  const auto three = value(R"({"N": "3"})");
  using Op = KeyTerm::Operator;
  CHECK(matches({Op::eq, "a", two, {}}, two));
  CHECK_FALSE(matches({Op::eq, "a", two, {}}, one));
  CHECK((matches({Op::lt, "a", two, {}}, one) && !matches({Op::lt, "a", two, {}}, two)));
  CHECK((matches({Op::le, "a", two, {}}, two) && !matches({Op::le, "a", two, {}}, three)));
  CHECK((matches({Op::gt, "a", two, {}}, three) && !matches({Op::gt, "a", two, {}}, two)));
  CHECK((matches({Op::ge, "a", two, {}}, two) && !matches({Op::ge, "a", two, {}}, one)));
  CHECK((matches({Op::between, "a", one, two}, two) && !matches({Op::between, "a", one, two}, three)));
  const auto text = value(R"({"S": "widget#1"})");
  CHECK(matches({Op::begins_with, "a", value(R"({"S": "widget#"})"), {}}, text));
  CHECK_FALSE(matches({Op::begins_with, "a", value(R"({"S": "x"})"), {}}, text));
}

namespace {

const KeyShape kSimple{{{"pk", Type::S}}, {}};
const KeyShape kTable{{{"pk", Type::S}}, {{"sk", Type::N}}};
const KeyShape kWide{{{"h1", Type::S}, {"h2", Type::N}}, {{"r1", Type::S}, {"r2", Type::N}, {"r3", Type::B}}};

std::string_view name_of(KeyRangeError::Code code) {
  switch (code) {
    case KeyRangeError::Code::too_many_conditions: return "too_many_conditions";
    case KeyRangeError::Code::missing_element: return "missing_element";
    case KeyRangeError::Code::type_mismatch: return "type_mismatch";
    case KeyRangeError::Code::hash_not_equality: return "hash_not_equality";
    case KeyRangeError::Code::hash_needs_equality: return "hash_needs_equality";
    case KeyRangeError::Code::range_needs_equality: return "range_needs_equality";
  }
  return "?";
}

KeyCondition key_condition(std::string_view text) {
  auto bound = one_of_each();
  const auto condition = compile_key_condition(text, bound);
  INFO(text);
  REQUIRE(outcome(condition) == "ok");
  return condition.value();
}

std::string split(std::string_view text, const KeyShape& shape) {
  const auto range = split_key_condition(key_condition(text), shape);
  if (range) return "ok";
  const auto& error = range.error();
  auto result = std::string(name_of(error.code));
  if (!error.attribute.empty()) result += " " + error.attribute;
  if (error.count != 0) result += " " + std::to_string(error.count) + ">" + std::to_string(error.limit);
  return result;
}

}  // namespace

TEST_CASE("A key condition names the hash attribute by equality and may narrow the range attribute") {
  CHECK(split("pk = :s", kSimple) == "ok");
  CHECK(split("pk = :s AND sk = :n", kSimple) == "too_many_conditions 2>1");
  CHECK(split("x = :s", kSimple) == "missing_element pk");
  CHECK(split("pk = :n", kSimple) == "type_mismatch pk");
  CHECK(split("pk > :s", kSimple) == "hash_not_equality pk");
  CHECK(split("pk = :s AND sk > :n", kTable) == "ok");
  CHECK(split("sk > :n AND pk = :s", kTable) == "ok");
  CHECK(split("sk = :n", kTable) == "missing_element pk");
  CHECK(split("pk = :s AND x = :n", kTable) == "missing_element sk");
  CHECK(split("x = :s AND y = :n", kTable) == "missing_element pk");
  CHECK(split("pk = :s AND sk = :s", kTable) == "type_mismatch sk");
  CHECK(split("pk = :n AND sk = :s", kTable) == "type_mismatch pk");
  CHECK(split("pk > :s AND sk = :s", kTable) == "type_mismatch sk");
  CHECK(split("begins_with(pk, :s) AND sk = :n", kTable) == "hash_not_equality pk");
  CHECK(split("pk = :s AND begins_with(sk, :s)", kTable) == "type_mismatch sk");
  CHECK(split("pk = :s AND sk = :n AND x = :n", kTable) == "too_many_conditions 3>2");
}

TEST_CASE(
    "Keys of several attributes: every hash attribute by equality, range attributes from the left, only the last one "
    "wider") {
  CHECK(split("h1 = :s AND h2 = :n", kWide) == "ok");
  CHECK(split("r1 = :s AND h2 = :n AND h1 = :s", kWide) == "ok");
  CHECK(split("h1 = :s AND h2 = :n AND r1 = :s AND r2 BETWEEN :n AND :big", kWide) == "ok");
  CHECK(split("h1 = :s AND h2 = :n AND r1 = :s AND r2 = :n AND begins_with(r3, :b)", kWide) == "ok");
  CHECK(split("h1 = :s", kWide) == "hash_needs_equality h2");
  CHECK(split("h1 = :s AND h2 > :n", kWide) == "hash_needs_equality h2");
  CHECK(split("h1 = :s AND h2 = :n AND r2 = :n", kWide) == "range_needs_equality r1");
  CHECK(split("h1 = :s AND h2 = :n AND r1 = :s AND r3 = :b", kWide) == "range_needs_equality r2");
  CHECK(split("h1 = :s AND h2 = :n AND r1 > :s AND r2 = :n", kWide) == "range_needs_equality r1");
  CHECK(split("h1 = :s AND h2 = :n AND r1 = :n", kWide) == "type_mismatch r1");
}

TEST_CASE("bounds_of selects exactly the row keys whose values match the terms") {
  using Values = std::vector<const Value*>;
  const auto partition = value(R"({"S": "s"})");
  const auto neighbour = value(R"({"S": "sa"})");
  std::vector<Value> numbers;
  for (const auto* text : {"-1e100", "-2", "-0.5", "0", "0.999", "1", "1.5", "8.99", "9", "9.001", "1e120"}) {
    numbers.push_back(value(R"({"N": ")" + std::string(text) + "\"}"));
  }
  for (const auto* text : {"pk = :s", "pk = :s AND sk = :n", "pk = :s AND sk < :n", "pk = :s AND sk <= :n",
                           "pk = :s AND sk > :n", "pk = :s AND sk >= :n", "pk = :s AND sk BETWEEN :n AND :big"}) {
    const auto range = split_key_condition(key_condition(text), kTable);
    REQUIRE(range);
    const auto bounds = bounds_of(range.value());
    for (const auto& number : numbers) {
      const auto inside = [&](const Value& hash) {
        const auto key = encode_row_key(Values{&hash}, Values{&number});
        return key >= bounds.low && (bounds.high.empty() || key < bounds.high);
      };
      const bool expected =
          std::ranges::all_of(range.value().range, [&](const KeyTerm& term) { return matches(term, number); });
      INFO(text << " and sk = " << text_of(number));
      CHECK(inside(partition) == expected);
      CHECK_FALSE(inside(neighbour));
    }
  }
}

TEST_CASE("bounds_of of begins_with, on texts with bytes that an encoding might trip over") {
  using Values = std::vector<const Value*>;
  const auto partition = value(R"({"S": "s"})");
  const std::string texts[] = {"",
                               "a",
                               std::string("a\0", 2),
                               std::string("a\0b", 3),
                               std::string("a\x01", 2),
                               "ab",
                               "a\xff",
                               "a\xff\xff",
                               "b",
                               std::string("\0", 1),
                               "\xff"};
  for (const auto& prefix : texts) {
    for (const auto& text : texts) {
      const KeyRange range{{partition}, {{KeyTerm::Operator::begins_with, "sk", Value::binary(prefix), {}}}};
      const auto bounds = bounds_of(range);
      const auto sort = Value::binary(text);
      const auto key = encode_row_key(Values{&partition}, Values{&sort});
      CHECK((key >= bounds.low && (bounds.high.empty() || key < bounds.high)) == text.starts_with(prefix));
    }
  }
}

}  // namespace fickle::expr
