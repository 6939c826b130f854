#include "emulator/api/shape_check.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

constexpr Field kString{.shape = Shape::string};
constexpr Field kKeyMembers[] = {
    {.name = "AttributeName", .shape = Shape::string},
    {.name = "KeyType", .shape = Shape::string},
};
constexpr Field kKeyElement{.shape = Shape::structure,
                            .type_name = "com.amazonaws.dynamodb.v20120810.KeySchemaElement",
                            .members = kKeyMembers};
constexpr Field kThroughputMembers[] = {{.name = "ReadCapacityUnits", .shape = Shape::long_integer}};
constexpr Field kWriteMembers[] = {{.name = "Item", .shape = Shape::attribute_map}};
constexpr Field kWrite{
    .shape = Shape::structure, .type_name = "com.amazonaws.dynamodb.v20120810.WriteRequest", .members = kWriteMembers};
constexpr Field kWrites{.shape = Shape::list, .element = &kWrite};
constexpr Field kKey{.shape = Shape::attribute_map};
constexpr Field kFields[] = {
    {.name = "TableName", .shape = Shape::string},
    {.name = "ConsistentRead", .shape = Shape::boolean},
    {.name = "Limit", .shape = Shape::integer},
    {.name = "Units", .shape = Shape::long_integer},
    {.name = "Ratio", .shape = Shape::double_number},
    {.name = "Time", .shape = Shape::timestamp},
    {.name = "Bytes", .shape = Shape::blob},
    {.name = "ProvisionedThroughput",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.ProvisionedThroughput",
     .members = kThroughputMembers},
    {.name = "KeySchema", .shape = Shape::list, .element = &kKeyElement},
    {.name = "AttributesToGet", .shape = Shape::list, .element = &kString},
    {.name = "Names", .shape = Shape::map, .element = &kString},
    {.name = "RequestItems", .shape = Shape::map, .element = &kWrites},
    {.name = "Keys", .shape = Shape::list, .element = &kKey},
    {.name = "Item", .shape = Shape::attribute_map},
    {.name = "Value", .shape = Shape::attribute_value},
};

const std::string kClassCast =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "
    "loader "
    "'bootstrap')";
const std::string kNotExpected = "Start of structure or map found where not expected";
const std::string kPackage = "com.amazonaws.dynamodb.v20120810.";

struct Row {
  std::string body;
  std::string message;
};

void check_all(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(test::message_of([&] { check_shapes(test::body_of(row.body), kFields); }) == row.message);
  }
}

TEST_CASE("Well-shaped bodies pass; unknown and null members are ignored", "[api]") {
  check_all({
      {R"({})", "no error"},
      {R"({"Unknown":{"x":[1]},"TableName":null})", "no error"},
      {R"({"TableName":"t","ConsistentRead":true,"Limit":1,"Units":1,"Ratio":0.5,"Time":1.5,"Bytes":"AQ=="})",
       "no error"},
      {R"({"Limit":1.5})", "no error"},
      {R"({"ConsistentRead":"TRUE"})", "no error"},
      {R"({"ConsistentRead":"no"})", "no error"},
      {R"({"ConsistentRead":"0"})", "no error"},
      {R"({"Item":{"a":{"S":"x"},"b":{"M":{"c":{"L":[{"N":"1"},{"B":"AQ=="}]}}},"d":{"SS":["x"]},"e":{"dog":"cat"}}})",
       "no error"},
      {R"({"Item":{"a":{"S":null},"b":null}})", "no error"},
  });
}

TEST_CASE("A string member refuses every other kind in its own words", "[api]") {
  check_all({
      {R"({"TableName":true})", "TRUE_VALUE cannot be converted to String"},
      {R"({"TableName":false})", "FALSE_VALUE cannot be converted to String"},
      {R"({"TableName":1})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"TableName":1.5})", "DECIMAL_VALUE cannot be converted to String"},
      {R"({"TableName":[]})", "Unrecognized collection type class java.lang.String"},
      {R"({"TableName":{}})", kNotExpected},
  });
}

TEST_CASE("A boolean member takes words, and no numbers", "[api]") {
  check_all({
      {R"({"ConsistentRead":1})", "NUMBER_VALUE cannot be converted to Boolean"},
      {R"({"ConsistentRead":0.5})", "DECIMAL_VALUE cannot be converted to Boolean"},
      {R"({"ConsistentRead":"maybe"})", "Unexpected token received from parser"},
      {R"({"ConsistentRead":[]})", "Unrecognized collection type class java.lang.Boolean"},
      {R"({"ConsistentRead":{}})", kNotExpected},
  });
}

TEST_CASE("Number members name their Java type", "[api]") {
  check_all({
      {R"({"Limit":"1"})", "STRING_VALUE cannot be converted to Integer"},
      {R"({"Limit":true})", "TRUE_VALUE cannot be converted to Integer"},
      {R"({"Limit":[]})", "Unrecognized collection type class java.lang.Integer"},
      {R"({"Limit":{}})", kNotExpected},
      {R"({"Units":"1"})", "STRING_VALUE cannot be converted to Long"},
      {R"({"Ratio":false})", "FALSE_VALUE cannot be converted to Double"},
      {R"({"Time":[]})", "Unrecognized collection type class java.util.Date"},
      {R"({"ProvisionedThroughput":{"ReadCapacityUnits":"5"}})", "STRING_VALUE cannot be converted to Long"},
  });
}

TEST_CASE("A binary member must be well-formed base64", "[api]") {
  check_all({
      {R"({"Bytes":1})", "only base-64-encoded strings are convertible to bytes"},
      {R"({"Bytes":true})", "only base-64-encoded strings are convertible to bytes"},
      {R"({"Bytes":[]})", "Unrecognized collection type class java.nio.ByteBuffer"},
      {R"({"Bytes":{}})", kNotExpected},
      {R"({"Bytes":"fakebase64"})", "Base64 encoded length is expected a multiple of 4 bytes but found: 10"},
      {R"({"Bytes":"AB=="})", "Invalid last non-pad Base64 character dectected"},
      {R"({"Bytes":"ab-_"})", "Invalid Base64 character: '-'"},
      {R"({"Bytes":"ab c"})", "Invalid Base64 character: ' '"},
  });
}

TEST_CASE("Structures speak differently as a member and as an element", "[api]") {
  check_all({
      {R"({"ProvisionedThroughput":"x"})", "Unexpected field type"},
      {R"({"ProvisionedThroughput":1})", "Unexpected field type"},
      {R"({"ProvisionedThroughput":[]})", "Unrecognized collection type class " + kPackage + "ProvisionedThroughput"},
      {R"({"KeySchema":["x"]})", "Unexpected value type in payload"},
      {R"({"KeySchema":[1]})", "Unexpected value type in payload"},
      {R"({"KeySchema":[null]})", "Unexpected value type in payload"},
      {R"({"KeySchema":[[]]})", "Unrecognized collection type class " + kPackage + "KeySchemaElement"},
      {R"({"KeySchema":[{"AttributeName":1}]})", "NUMBER_VALUE cannot be converted to String"},
  });
}

TEST_CASE("Lists and maps, also inside one another", "[api]") {
  check_all({
      {R"({"KeySchema":"x"})", "Unexpected field type"},
      {R"({"KeySchema":{}})", kNotExpected},
      {R"({"AttributesToGet":[1]})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"Names":1})", "Unexpected field type"},
      {R"({"Names":[]})", "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>"},
      {R"({"Names":{"#a":1}})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"Item":"x"})", "Unexpected field type"},
      {R"({"Item":[]})",
       "Unrecognized collection type java.util.Map<java.lang.String, " + kPackage + "AttributeValue>"},
      {R"({"RequestItems":[]})",
       "Unrecognized collection type java.util.Map<java.lang.String, java.util.List<" + kPackage + "WriteRequest>>"},
      {R"({"RequestItems":{"t":1}})", kClassCast},
      {R"({"RequestItems":{"t":{}}})", kNotExpected},
      {R"({"Keys":[1]})", kClassCast},
      {R"({"Keys":[[]]})",
       "Unrecognized collection type java.util.Map<java.lang.String, " + kPackage + "AttributeValue>"},
  });
}

TEST_CASE("Attribute values are checked at every depth", "[api]") {
  check_all({
      {R"({"Item":{"a":"x"}})", "Unexpected value type in payload"},
      {R"({"Item":{"a":[]}})", "Unrecognized collection type class " + kPackage + "AttributeValue"},
      {R"({"Value":1})", "Unexpected field type"},
      {R"({"Item":{"a":{"N":5}}})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"Item":{"a":{"S":true}}})", "TRUE_VALUE cannot be converted to String"},
      {R"({"Item":{"a":{"B":5}}})", "only base-64-encoded strings are convertible to bytes"},
      {R"({"Item":{"a":{"BOOL":5}}})", "NUMBER_VALUE cannot be converted to Boolean"},
      {R"({"Item":{"a":{"NULL":"x"}}})", "Unexpected token received from parser"},
      {R"({"Item":{"a":{"SS":"x"}}})", "Unexpected field type"},
      {R"({"Item":{"a":{"SS":[1]}}})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"Item":{"a":{"BS":["x"]}}})", "Base64 encoded length is expected a multiple of 4 bytes but found: 1"},
      {R"({"Item":{"a":{"L":{}}}})", kNotExpected},
      {R"({"Item":{"a":{"M":"x"}}})", "Unexpected field type"},
      {R"({"Item":{"a":{"M":{"b":{"L":[{"M":{"c":{"N":1}}}]}}}}})", "NUMBER_VALUE cannot be converted to String"},
  });
}

TEST_CASE("A conversion error is a SerializationException with a capital Message", "[api]") {
  CHECK(test::error_body_of([] { check_shapes(test::body_of(R"({"TableName":1})"), kFields); }) ==
        R"({"__type":"com.amazon.coral.service#SerializationException",)"
        R"("Message":"NUMBER_VALUE cannot be converted to String"})");
}

}  // namespace
}  // namespace fickle
