#include "emulator/api/legacy_params.hh"

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

TEST_CASE("Expected and filters come out entry by entry, in the order of the document", "[api]") {
  const auto conditions = legacy::read_conditions(
      test::body_of(R"({"Expected":{"z":{"Value":{"S":"x"},"Exists":"true"},"a":{"Exists":false},
                        "m":{"ComparisonOperator":"IN","AttributeValueList":[{"N":"1"},{"N":"2"}]},"e":{"AttributeValueList":[]}}})"),
      "Expected", Envelope::bare);
  REQUIRE(conditions.size() == 4);
  CHECK(conditions[0].attribute == "z");
  CHECK(conditions[0].value == Value::string("x"));
  CHECK(conditions[0].exists == true);
  CHECK_FALSE(conditions[0].comparison.has_value());
  CHECK_FALSE(conditions[0].values.has_value());
  CHECK(conditions[1].exists == false);
  CHECK(conditions[2].comparison == "IN");
  CHECK(conditions[2].values->size() == 2);
  CHECK(conditions[3].values->empty());
}

TEST_CASE("An absent or empty map has no conditions", "[api]") {
  CHECK(legacy::read_conditions(test::body_of("{}"), "ScanFilter", Envelope::bare).empty());
  CHECK(legacy::read_conditions(test::body_of(R"({"ScanFilter":{}})"), "ScanFilter", Envelope::bare).empty());
}

TEST_CASE("Attribute updates: PUT is the default, {} is an update without actions", "[api]") {
  using Action = legacy::AttributeUpdate::Action;
  CHECK_FALSE(legacy::read_attribute_updates(test::body_of("{}"), Envelope::detected).has_value());
  CHECK(legacy::read_attribute_updates(test::body_of(R"({"AttributeUpdates":{}})"), Envelope::detected)->empty());
  const auto updates = legacy::read_attribute_updates(
      test::body_of(
          R"({"AttributeUpdates":{"a":{"Value":{"N":"1"}},"b":{"Action":"ADD","Value":{"N":"1"}},"c":{"Action":"DELETE"}}})"),
      Envelope::detected);
  REQUIRE(updates->size() == 3);
  CHECK(updates->at(0).action == Action::put);
  CHECK(updates->at(0).value == Value::number(Number::of(1)));
  CHECK(updates->at(1).action == Action::add);
  CHECK(updates->at(2).action == Action::remove);
  CHECK_FALSE(updates->at(2).value.has_value());
}

TEST_CASE("Bad values in legacy parameters are refused in the operation's envelope", "[api]") {
  const auto body = test::body_of(
      R"({"AttributeUpdates":{"a":{"Value":{"SS":[]}}},"Expected":{"a":{"AttributeValueList":[{"N":"x"}]}}})");
  CHECK(test::message_of([&] { static_cast<void>(legacy::read_attribute_updates(body, Envelope::detected)); }) ==
        "1 validation error detected: One or more parameter values were invalid: An string set  may not be empty");
  CHECK(test::message_of([&] { static_cast<void>(legacy::read_conditions(body, "Expected", Envelope::detected)); }) ==
        "The parameter cannot be converted to a numeric value: x");
}

TEST_CASE("ConditionalOperator needs two conditions to join", "[api]") {
  const auto either = test::body_of(R"({"ConditionalOperator":"OR"})");
  CHECK(legacy::read_conjunction(test::body_of("{}"), 0) == legacy::Conjunction::all);
  CHECK(legacy::read_conjunction(test::body_of(R"({"ConditionalOperator":"AND"})"), 2) == legacy::Conjunction::all);
  CHECK(legacy::read_conjunction(either, 2) == legacy::Conjunction::any);
  CHECK(test::message_of([&] { static_cast<void>(legacy::read_conjunction(either, 0)); }) ==
        "ConditionalOperator cannot be used without Filter or Expected");
  CHECK(test::message_of([&] { static_cast<void>(legacy::read_conjunction(either, 1)); }) ==
        "ConditionalOperator can only be used when Filter or Expected has two or more elements");
}

TEST_CASE("AttributesToGet names each attribute once", "[api]") {
  CHECK_FALSE(legacy::read_attributes_to_get(test::body_of("{}")).has_value());
  CHECK(legacy::read_attributes_to_get(test::body_of(R"({"AttributesToGet":["a","b.c"]})")) ==
        std::vector<std::string>{"a", "b.c"});
  CHECK(test::message_of([] {
          static_cast<void>(legacy::read_attributes_to_get(test::body_of(R"({"AttributesToGet":["a","b","a"]})")));
        }) == "One or more parameter values were invalid: Duplicate value in attribute name: a");
}

}  // namespace
}  // namespace fickle
