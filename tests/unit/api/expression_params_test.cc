#include "emulator/api/expression_params.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

constexpr std::string_view kUpdateLegacy[] = {"AttributeUpdates", "Expected"};
constexpr std::string_view kUpdateExpressions[] = {"UpdateExpression", "ConditionExpression"};
constexpr ExpressionRules kUpdate{.legacy = kUpdateLegacy,
                                  .expressions = kUpdateExpressions,
                                  .with_values = kUpdateExpressions,
                                  .envelope = Envelope::detected,
                                  .envelope_unused = Envelope::detected};
constexpr std::string_view kQueryLegacy[] = {"AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"};
constexpr std::string_view kQueryExpressions[] = {"ProjectionExpression", "FilterExpression", "KeyConditionExpression"};
constexpr std::string_view kQueryValues[] = {"FilterExpression", "KeyConditionExpression"};
constexpr ExpressionRules kQuery{.legacy = kQueryLegacy, .expressions = kQueryExpressions, .with_values = kQueryValues};
constexpr std::string_view kGetLegacy[] = {"AttributesToGet"};
constexpr std::string_view kGetExpressions[] = {"ProjectionExpression"};
constexpr ExpressionRules kGet{.legacy = kGetLegacy, .expressions = kGetExpressions, .with_values = {}};

const std::string kDetected = "1 validation error detected: ";
const std::string kMixed =
    "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: ";

struct Row {
  std::string body;
  std::string message;
};
void check_all(const ExpressionRules& rules, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(test::message_of([&] { static_cast<void>(read_expression_params(test::body_of(row.body), rules)); }) ==
          row.message);
  }
}

TEST_CASE("Expression and legacy parameters do not mix; the message lists both in the operation's order", "[api]") {
  check_all(kUpdate,
            {
                {R"({"Expected":{},"AttributeUpdates":{},"UpdateExpression":"x"})",
                 kDetected + kMixed + "{AttributeUpdates, Expected} Expression parameters: {UpdateExpression}"},
                {R"({"Expected":{},"ConditionExpression":"y","UpdateExpression":"x"})",
                 kDetected + kMixed + "{Expected} Expression parameters: {UpdateExpression, ConditionExpression}"},
                {R"({"Expected":null,"UpdateExpression":"x"})", "no error"},
            });
}

TEST_CASE("KeyConditions conflict only with KeyConditionExpression", "[api]") {
  check_all(kQuery, {
                        {R"({"KeyConditions":{},"FilterExpression":"x"})", "no error"},
                        {R"({"KeyConditions":{},"KeyConditionExpression":"x"})",
                         kMixed + "{KeyConditions} Expression parameters: {KeyConditionExpression}"},
                        {R"({"KeyConditions":{},"QueryFilter":{},"ProjectionExpression":"x"})",
                         kMixed + "{QueryFilter} Expression parameters: {ProjectionExpression}"},
                    });
}

TEST_CASE("Names and values need an expression that can use them", "[api]") {
  check_all(kUpdate,
            {
                {R"({"ExpressionAttributeNames":{"#a":"a"}})",
                 "ExpressionAttributeNames can only be specified when using expressions"},
                {R"({"ExpressionAttributeNames":{},"ExpressionAttributeValues":{}})",
                 "ExpressionAttributeNames can only be specified when using expressions"},
                {R"({"ExpressionAttributeValues":{":a":{"S":"x"}}})",
                 kDetected +
                     "ExpressionAttributeValues can only be specified when using expressions: UpdateExpression is null "
                     "and ConditionExpression is null"},
            });
  check_all(kQuery,
            {{R"({"ProjectionExpression":"a","ExpressionAttributeValues":{":a":{"S":"x"}}})",
              "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null and "
              "KeyConditionExpression is null"}});
  check_all(kGet, {{R"({"ExpressionAttributeValues":{":a":{"S":"x"}}})", "no error"}});
}

TEST_CASE("Maps of names and values are not empty, and their keys are well formed", "[api]") {
  const std::string names = "ExpressionAttributeNames contains invalid key: ";
  const std::string values = "ExpressionAttributeValues contains invalid key: ";
  const std::string long_key(300, 'k');
  check_all(
      kUpdate,
      {
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{}})", "ExpressionAttributeNames must not be empty"},
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{"a":"b"}})", names + R"(Syntax error; key: "a")"},
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{"#":"b"}})", names + R"(Syntax error; key: "#")"},
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{"#a-b":"b"}})",
           names + R"(Syntax error; key: "#a-b")"},
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{"#a":""}})",
           "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a"},
          {R"({"UpdateExpression":"x","ExpressionAttributeNames":{"#)" + long_key + R"(":"a"}})",
           names + "Syntax error; key: \"#" + long_key + "\""},
          {R"({"UpdateExpression":"x","ExpressionAttributeValues":{}})",
           kDetected + "ExpressionAttributeValues must not be empty"},
          {R"({"UpdateExpression":"x","ExpressionAttributeValues":{"a":{"S":"x"}}})",
           values + R"(Syntax error; key: "a")"},
          {R"({"UpdateExpression":"x","ExpressionAttributeValues":{":a":{},"b":{"S":"x"}}})",
           values + R"(Syntax error; key: "b")"},
      });
}

TEST_CASE("A bad value names its key, where DynamoDB does", "[api]") {
  const std::string set = "One or more parameter values were invalid: An string set  may not be empty";
  const std::string null =
      "One or more parameter values were invalid: Null attribute value types must have the value of true";
  const std::string wrapped = "ExpressionAttributeValues contains invalid value: ";
  check_all(kUpdate,
            {
                {R"({"UpdateExpression":"x","ExpressionAttributeValues":{":v":{"SS":[]}}})", kDetected + set},
                {R"({"UpdateExpression":"x","ExpressionAttributeValues":{":v":{"NULL":false}}})", kDetected + null},
                {R"({"UpdateExpression":"x","ExpressionAttributeValues":{":v":{"N":"x"}}})",
                 wrapped + "The parameter cannot be converted to a numeric value: x for key :v"},
            });
  check_all(
      kQuery,
      {
          {R"({"FilterExpression":"x","ExpressionAttributeValues":{":v":{"SS":[]}}})", wrapped + set + " for key :v"},
          {R"({"FilterExpression":"x","ExpressionAttributeValues":{":v":{"NULL":false}}})", null},
          {R"({"FilterExpression":"x","ExpressionAttributeValues":{":v":null}})",
           wrapped + "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes "
                     "for key :v"},
      });
}

TEST_CASE("Good parameters come out as names, values and texts", "[api]") {
  const auto params = read_expression_params(
      test::body_of(
          R"({"UpdateExpression":"SET #a = :v","ConditionExpression":"","ExpressionAttributeNames":{"#a":"size"},
                        "ExpressionAttributeValues":{":v":{"N":"1"}}})"),
      kUpdate);
  CHECK(params.has_names);
  CHECK(params.has_values);
  CHECK(params.names.at("#a") == "size");
  CHECK(params.values.at(":v").is(Type::N));
  CHECK(*params.text("UpdateExpression") == "SET #a = :v");
  CHECK(params.text("ConditionExpression")->empty());
  CHECK(params.text("FilterExpression") == nullptr);
  const auto nothing = read_expression_params(test::body_of("{}"), kUpdate);
  CHECK_FALSE(nothing.has_names);
  CHECK(nothing.texts.empty());
}

}  // namespace
}  // namespace fickle
