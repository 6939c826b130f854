// Expected, QueryFilter, ScanFilter, KeyConditions and AttributeUpdates.
#include <catch2/catch_test_macros.hpp>

#include "emulator/expr/legacy.hh"
#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

using Op = LegacyOperator;

std::string_view name_of(LegacyError::Code code) {
  switch (code) {
    case LegacyError::Code::value_and_list: return "value_and_list";
    case LegacyError::Code::exists_and_operator: return "exists_and_operator";
    case LegacyError::Code::operator_needs_value: return "operator_needs_value";
    case LegacyError::Code::argument_count: return "argument_count";
    case LegacyError::Code::mixed_types: return "mixed_types";
    case LegacyError::Code::between_order: return "between_order";
    case LegacyError::Code::operand_type: return "operand_type";
    case LegacyError::Code::list_without_operator: return "list_without_operator";
    case LegacyError::Code::value_required: return "value_required";
    case LegacyError::Code::value_forbidden: return "value_forbidden";
    case LegacyError::Code::update_needs_value: return "update_needs_value";
    case LegacyError::Code::update_delete_type: return "update_delete_type";
    case LegacyError::Code::update_add_type: return "update_add_type";
  }
  return "?";
}
std::string text_of(const LegacyError& error) {
  std::string text(name_of(error.code));
  for (const auto* part : {&error.op, &error.type, &error.exists}) {
    if (!part->empty()) text += " " + *part;
  }
  return text;
}

const Value kS = value(R"({"S": "m"})");
const Value kN = value(R"({"N": "5"})");
const Value kNine = value(R"({"N": "9"})");
const Value kB = value(R"({"B": "bQ=="})");
const Value kBool = value(R"({"BOOL": true})");
const Value kNull = value(R"({"NULL": true})");
const Value kSS = value(R"({"SS": ["m"]})");
const Value kNS = value(R"({"NS": ["5"]})");
const Value kBS = value(R"({"BS": ["bQ=="]})");
const Value kL = value(R"({"L": [{"S": "m"}]})");
const Value kM = value(R"({"M": {}})");

LegacyCondition entry(Op op, std::vector<Value> values) {
  return {"a", op, std::move(values), {}, {}};
}

bool filter(const std::vector<LegacyCondition>& entries, std::string_view on,
            Conjunction conjunction = Conjunction::all) {
  const auto condition = lower_filter(entries, conjunction);
  REQUIRE(condition);
  return evaluate(condition.value(), item(on));
}

}  // namespace

TEST_CASE("Comparison operators have names, which are case-sensitive") {
  for (const auto* name : {"EQ", "NE", "LE", "LT", "GE", "GT", "NOT_NULL", "NULL", "CONTAINS", "NOT_CONTAINS",
                           "BEGINS_WITH", "IN", "BETWEEN"}) {
    const auto op = legacy_operator(name);
    REQUIRE(op);
    CHECK(legacy_name(*op) == name);
  }
  CHECK_FALSE(legacy_operator("eq"));
  CHECK_FALSE(legacy_operator(""));
}

TEST_CASE("Each operator takes so many arguments of these types") {
  struct Rule {
    Op op;
    std::size_t arguments;
    std::string_view types;
  };
  constexpr auto kEvery = " S N B BOOL NULL SS NS BS L M ";
  const Rule rules[] = {{Op::EQ, 1, kEvery},
                        {Op::NE, 1, kEvery},
                        {Op::LE, 1, " S N B "},
                        {Op::LT, 1, " S N B "},
                        {Op::GE, 1, " S N B "},
                        {Op::GT, 1, " S N B "},
                        {Op::IN, 1, " S N B "},
                        {Op::BETWEEN, 2, " S N B "},
                        {Op::BEGINS_WITH, 1, " S B "},
                        {Op::CONTAINS, 1, " S N B BOOL NULL "},
                        {Op::NOT_CONTAINS, 1, " S N B BOOL NULL "}};
  for (const auto& rule : rules) {
    for (const auto& any : {kS, kN, kB, kBool, kNull, kSS, kNS, kBS, kL, kM}) {
      const auto type = std::string(type_name(any.type()));
      const auto wrong = check_conditions({entry(rule.op, std::vector(rule.arguments, any))});
      INFO(legacy_name(rule.op) << " " << type);
      if (rule.types.find(" " + type + " ") != std::string_view::npos) {
        CHECK_FALSE(wrong);
      } else {
        REQUIRE(wrong);
        CHECK(text_of(*wrong) == "operand_type " + std::string(legacy_name(rule.op)) + " " + type);
      }
    }
    const auto name = std::string(legacy_name(rule.op));
    CHECK(text_of(*check_conditions({entry(rule.op, {})})) == "argument_count " + name);
    if (rule.op != Op::IN) {
      CHECK(text_of(*check_conditions({entry(rule.op, std::vector(rule.arguments + 1, kS))})) ==
            "argument_count " + name);
    }
  }
  CHECK_FALSE(check_conditions({entry(Op::NULL_, {})}));
  CHECK_FALSE(check_conditions({{"a", Op::NOT_NULL, {}, {}, {}}}));
  CHECK(text_of(*check_conditions({entry(Op::NULL_, {kS})})) == "argument_count NULL");
}

TEST_CASE("Arguments are of one type and in order") {
  CHECK(text_of(*check_conditions({entry(Op::IN, {kS, kN})})) == "mixed_types IN");
  CHECK(text_of(*check_conditions({entry(Op::BETWEEN, {kN, kS})})) == "mixed_types BETWEEN");
  CHECK(text_of(*check_conditions({entry(Op::BETWEEN, {kNine, kN})})) == "between_order BETWEEN");
  CHECK_FALSE(check_conditions({entry(Op::BETWEEN, {kN, kN})}));
  CHECK_FALSE(check_conditions({entry(Op::IN, {kN, kNine, kN})}));
}

TEST_CASE("Filters mean what the expressions mean; a dot in a name is a dot") {
  constexpr auto kItem = R"({"a": {"N": "7"}, "s": {"S": "home"}, "t": {"SS": ["m", "x"]}, "x.y": {"N": "1"}})";
  CHECK(filter({entry(Op::GT, {kN})}, kItem));
  CHECK_FALSE(filter({entry(Op::LT, {kN})}, kItem));
  CHECK(filter({entry(Op::GE, {kN}), entry(Op::LE, {kNine})}, kItem));
  CHECK(filter({entry(Op::BETWEEN, {kN, kNine})}, kItem));
  CHECK(filter({entry(Op::NE, {kS})}, kItem));
  CHECK_FALSE(filter({entry(Op::EQ, {kS})}, kItem));
  CHECK_FALSE(filter({entry(Op::IN, {kN, kNine})}, kItem));
  CHECK(filter({{"s", Op::BEGINS_WITH, {{value(R"({"S": "ho"})")}}, {}, {}}}, kItem));
  CHECK(filter({{"t", Op::CONTAINS, {{kS}}, {}, {}}}, kItem));
  CHECK_FALSE(filter({{"t", Op::NOT_CONTAINS, {{kS}}, {}, {}}}, kItem));
  CHECK(filter({{"s", Op::NOT_CONTAINS, {{value(R"({"S": "z"})")}}, {}, {}}}, kItem));
  CHECK_FALSE(filter({{"nope", Op::NOT_CONTAINS, {{kS}}, {}, {}}}, kItem));
  CHECK(filter({{"nope", Op::NE, {{kS}}, {}, {}}}, kItem));
  CHECK(filter({{"nope", Op::NULL_, {}, {}, {}}, {"a", Op::NOT_NULL, {}, {}, {}}}, kItem));
  CHECK(filter({{"x.y", Op::NOT_NULL, {}, {}, {}}}, kItem));
}

TEST_CASE("Entries are joined by AND, or by OR when asked") {
  const std::vector<LegacyCondition> one_of_two{{"a", Op::EQ, {{kN}}, {}, {}}, {"b", Op::EQ, {{kN}}, {}, {}}};
  CHECK_FALSE(filter(one_of_two, R"({"a": {"N": "5"}})"));
  CHECK(filter(one_of_two, R"({"a": {"N": "5"}})", Conjunction::any));
  CHECK(filter({}, "{}"));
}

TEST_CASE("Expected: what an entry may hold") {
  struct Example {
    LegacyCondition entry;
    std::string_view expected;
  };
  const std::vector<Value> list{kS};
  const Example examples[] = {
      {{"a", {}, list, kS, {}}, "value_and_list"},
      {{"a", Op::EQ, {}, kS, true}, "exists_and_operator EQ"},
      {{"a", Op::EQ, {}, {}, {}}, "operator_needs_value EQ"},
      {{"a", Op::BETWEEN, list, {}, {}}, "argument_count BETWEEN"},
      {{"a", Op::NULL_, list, {}, {}}, "argument_count NULL"},
      {{"a", Op::LT, {}, kBool, {}}, "operand_type LT BOOL"},
      {{"a", {}, list, {}, {}}, "list_without_operator"},
      {{"a", {}, list, {}, true}, "list_without_operator"},
      {{"a", {}, {}, {}, true}, "value_required true"},
      {{"a", {}, {}, {}, {}}, "value_required null"},
      {{"a", {}, {}, kS, false}, "value_forbidden"},
  };
  for (const auto& [wrong, expected] : examples) {
    const auto condition = lower_expected({wrong}, Conjunction::all);
    INFO(expected);
    REQUIRE_FALSE(condition);
    CHECK(text_of(condition.error()) == expected);
    CHECK(condition.error().attribute == "a");
  }
}

TEST_CASE("Expected: Value means equal, Exists false means absent") {
  const auto holds = [](const LegacyCondition& expected, std::string_view on) {
    const auto condition = lower_expected({expected}, Conjunction::all);
    REQUIRE(condition);
    return evaluate(condition.value(), item(on));
  };
  constexpr auto kItem = R"({"a": {"S": "m"}})";
  CHECK(holds({"a", {}, {}, kS, {}}, kItem));
  CHECK(holds({"a", {}, {}, kS, true}, kItem));
  CHECK_FALSE(holds({"a", {}, {}, kN, {}}, kItem));
  CHECK_FALSE(holds({"b", {}, {}, kS, {}}, kItem));
  CHECK_FALSE(holds({"a", {}, {}, {}, false}, kItem));
  CHECK(holds({"b", {}, {}, {}, false}, kItem));
  CHECK(holds({"a", Op::BEGINS_WITH, {}, kS, {}}, kItem));
  CHECK(holds({"a", Op::NOT_NULL, {}, {}, {}}, kItem));
}

TEST_CASE("AttributeUpdates: actions, their values and what they do") {
  using Action = AttributeUpdate::Action;
  const auto run = [](const AttributeUpdate& update, std::string_view before) {
    const auto lowered = lower_attribute_updates({update});
    if (!lowered) return text_of(lowered.error());
    const auto after = apply(lowered.value(), item(before), ItemExisted::yes);
    if (after) return text_of(after.value());
    return std::string(after.error().code == UpdateError::Code::legacy_type ? "legacy_type" : "?");
  };
  CHECK(run({"a", Action::put, kS}, R"({"a": {"N": "1"}})") == R"({"a":{"S":"m"}})");
  CHECK(run({"a.b", Action::put, kS}, "{}") == R"({"a.b":{"S":"m"}})");
  CHECK(run({"a", Action::remove, {}}, R"({"a": {"N": "1"}})") == "{}");
  CHECK(run({"a", Action::remove, {}}, "{}") == "{}");
  CHECK(run({"a", Action::remove, kSS}, R"({"a": {"SS": ["m", "n"]}})") == R"({"a":{"SS":["n"]}})");
  CHECK(run({"a", Action::remove, kSS}, R"({"a": {"SS": ["m"]}})") == "{}");
  CHECK(run({"a", Action::remove, kSS}, "{}") == "{}");
  CHECK(run({"a", Action::remove, kSS}, R"({"a": {"NS": ["1"]}})") == "legacy_type");
  CHECK(run({"a", Action::add, kN}, R"({"a": {"N": "1"}})") == R"({"a":{"N":"6"}})");
  CHECK(run({"a", Action::add, kN}, "{}") == R"({"a":{"N":"5"}})");
  CHECK(run({"a", Action::add, kN}, R"({"a": {"S": "1"}})") == "legacy_type");
  CHECK(run({"a", Action::add, kSS}, R"({"a": {"SS": ["z"]}})") == R"({"a":{"SS":["m","z"]}})");
  CHECK(run({"a", Action::add, kL}, R"({"a": {"L": [{"N": "1"}]}})") == R"({"a":{"L":[{"N":"1"},{"S":"m"}]}})");
  CHECK(run({"a", Action::add, kL}, "{}") == R"({"a":{"L":[{"S":"m"}]}})");
  CHECK(run({"a", Action::add, kL}, R"({"a": {"SS": ["z"]}})") == "legacy_type");
  CHECK(run({"a", Action::put, {}}, "{}") == "update_needs_value");
  CHECK(run({"a", Action::add, {}}, "{}") == "update_needs_value");
  for (const auto& any : {kS, kB, kBool, kNull, kM}) {
    CHECK(run({"a", Action::add, any}, "{}") == "update_add_type " + std::string(type_name(any.type())));
  }
  for (const auto& any : {kS, kN, kB, kBool, kNull, kL, kM}) {
    CHECK(run({"a", Action::remove, any}, "{}") == "update_delete_type " + std::string(type_name(any.type())));
  }
}

}  // namespace fickle::expr
