#include "emulator/api/constraints.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/api/patterns.hh"
#include "emulator/core/invariant.hh"
#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

constexpr std::string_view kName = "[a-zA-Z0-9_.-]+";

template <std::size_t Size>
std::string check(const Field (&fields)[Size], std::string_view body) {
  return test::message_of([&] { check_constraints(test::body_of(body), fields); });
}

const std::string kFailed = "' failed to satisfy constraint: ";
const std::string kOne = "1 validation error detected: Value ";

TEST_CASE("Constraints of single members, in the words of DynamoDB", "[api]") {
  static constexpr Field kFields[] = {
      {.name = "IndexName", .min_length = 3, .max_length = 5, .pattern = kName},
      {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = 100},
      {.name = "ReturnConsumedCapacity", .enum_set = "[INDEXES, TOTAL, NONE]"},
      {.name = "Tags", .shape = Shape::list, .min_length = 1, .max_length = 2, .element = &kFields[0]},
      {.name = "SSESpecification"},
  };
  struct Row {
    std::string body, message;
  };
  const Row rows[] = {
      {R"({})", "no error"},
      {R"({"IndexName":"abc","Limit":1,"ReturnConsumedCapacity":"NONE","Tags":["abc"]})", "no error"},
      {R"({"IndexName":"ab"})",
       kOne + "'ab' at 'indexName" + kFailed + "Member must have length greater than or equal to 3"},
      {R"({"IndexName":"abcdef"})",
       kOne + "'abcdef' at 'indexName" + kFailed + "Member must have length less than or equal to 5"},
      {R"({"IndexName":"a b"})",
       kOne + "'a b' at 'indexName" + kFailed + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"},
      {R"({"Limit":0})", kOne + "'0' at 'limit" + kFailed + "Member must have value greater than or equal to 1"},
      {R"({"Limit":0.9})", kOne + "'0' at 'limit" + kFailed + "Member must have value greater than or equal to 1"},
      {R"({"Limit":101})", kOne + "'101' at 'limit" + kFailed + "Member must have value less than or equal to 100"},
      {R"({"Limit":99999999999})",
       kOne + "'2147483647' at 'limit" + kFailed + "Member must have value less than or equal to 100"},
      {R"({"ReturnConsumedCapacity":"total"})", kOne + "'total' at 'returnConsumedCapacity" + kFailed +
                                                    "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"},
      {R"({"ReturnConsumedCapacity":"TOTAL, NONE"})", kOne + "'TOTAL, NONE' at 'returnConsumedCapacity" + kFailed +
                                                          "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"},
      {R"({"Tags":[]})", kOne + "'[]' at 'tags" + kFailed + "Member must have length greater than or equal to 1"},
      {R"({"Tags":["abc","abd","abe"]})",
       kOne + "'[abc, abd, abe]' at 'tags" + kFailed + "Member must have length less than or equal to 2"},
      {R"({"Tags":["abc","x"]})",
       kOne + "'[abc, x]' at 'tags" + kFailed +
           "Member must satisfy constraint: [Member must have length less than or equal to 5, Member must have length "
           "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(check(kFields, row.body) == row.message);
  }
}

TEST_CASE("All violations are reported together, in the order of the table, at most ten", "[api]") {
  static constexpr Field kFields[] = {
      {.name = "Key", .shape = Shape::attribute_map, .required = true},
      {.name = "TableName", .required = true, .min_length = 1},
  };
  CHECK(check(kFields, "{}") ==
        "2 validation errors detected: Value null at 'key' failed to satisfy constraint: Member must not be null; "
        "Value null at 'tableName' failed to satisfy constraint: Member must not be null");

  static constexpr Field kKey[] = {{.name = "Key", .required = true}};
  static constexpr Field kTag{.shape = Shape::structure, .members = kKey};
  static constexpr Field kMany[] = {{.name = "Tags", .shape = Shape::list, .element = &kTag}};
  const auto message = check(kMany, R"({"Tags":[{},{},{},{},{},{},{},{},{},{},{},{}]})");
  CHECK(message.starts_with("10 validation errors detected: "));
  CHECK(message.find("'tags.10.member.key'") != std::string::npos);
  CHECK(message.find("'tags.11.member.key'") == std::string::npos);
}

TEST_CASE("A member that stands alone is reported before those after it are looked at", "[api]") {
  static constexpr Field kFields[] = {
      {.name = "TableName", .required = true, .min_length = 1, .alone = true},
      {.name = "Item", .shape = Shape::attribute_map, .required = true},
      {.name = "ReturnValues", .enum_set = "[ALL_OLD, NONE]", .alone = true},
  };
  CHECK(check(kFields, "{}") == kOne + "null at 'tableName" + kFailed + "Member must not be null");
  CHECK(check(kFields, R"({"TableName":"t","Item":{},"ReturnValues":"x"})") ==
        kOne + "'x' at 'returnValues" + kFailed + "Member must satisfy enum value set: [ALL_OLD, NONE]");
  CHECK(check(kFields, R"({"TableName":"t","ReturnValues":"x"})") ==
        "2 validation errors detected: Value null at 'item" + kFailed +
            "Member must not be null; Value 'x' at 'returnValues" + kFailed +
            "Member must satisfy enum value set: [ALL_OLD, NONE]");
  CHECK(check(kFields, R"({"TableName":"t"})") == kOne + "null at 'item" + kFailed + "Member must not be null");
  CHECK(violations(test::body_of("{}"), kFields).size() == 2);
}

TEST_CASE("A missing member may have a sentence of its own", "[api]") {
  static constexpr Field kFields[] = {
      {.name = "KeySchema", .shape = Shape::list, .required = true},
      {.name = "TableName",
       .required = true,
       .missing_text = "The parameter 'TableName' is required but was not present in the request"},
  };
  CHECK(check(kFields, "{}") == "The parameter 'TableName' is required but was not present in the request");
}

TEST_CASE("Structures print as Java does and paths go through members, list positions and map keys", "[api]") {
  static constexpr Field kElementMembers[] = {
      {.name = "AttributeName", .required = true, .min_length = 1},
      {.name = "KeyType", .required = true, .enum_set = "[HASH, RANGE]"},
  };
  static constexpr Field kElement{.shape = Shape::structure,
                                  .type_name = "com.amazonaws.dynamodb.v20120810.KeySchemaElement",
                                  .members = kElementMembers};
  static constexpr Field kFields[] = {
      {.name = "KeySchema", .shape = Shape::list, .min_length = 1, .max_length = 2, .element = &kElement},
      {.name = "Expected", .shape = Shape::map, .element = &kElement},
  };
  CHECK(check(kFields, R"({"KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"KeyType":"RANGE","AttributeName":"b"},
                                        {"AttributeName":"c","KeyType":"HASH"}]})") ==
        kOne + "'[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), " +
            "KeySchemaElement(attributeName=c, keyType=HASH)]' at 'keySchema" + kFailed +
            "Member must have length less than or equal to 2");
  CHECK(check(kFields, R"({"KeySchema":[{"AttributeName":"","KeyType":"HSAH"},{}]})") ==
        "4 validation errors detected: Value '' at 'keySchema.1.member.attributeName" + kFailed +
            "Member must have length greater than or equal to 1; Value 'HSAH' at 'keySchema.1.member.keyType" +
            kFailed +
            "Member must satisfy enum value set: [HASH, RANGE]; Value null at 'keySchema.2.member.attributeName" +
            kFailed + "Member must not be null; Value null at 'keySchema.2.member.keyType" + kFailed +
            "Member must not be null");
  CHECK(check(kFields, R"({"Expected":{"Big.Key":{"AttributeName":"a","KeyType":"x"}}})") ==
        kOne + "'x' at 'expected.Big.Key.member.keyType" + kFailed +
            "Member must satisfy enum value set: [HASH, RANGE]");
}

TEST_CASE("Keys and lists of a map are violations of the map itself", "[api]") {
  static constexpr Field kTable{.min_length = 3, .max_length = 255, .pattern = kName, .arn_allowed = true};
  static constexpr Field kPutMembers[] = {{.name = "Item", .shape = Shape::attribute_map, .required = true}};
  static constexpr Field kWriteMembers[] = {{.name = "PutRequest",
                                             .shape = Shape::structure,
                                             .type_name = "com.amazonaws.dynamodb.v20120810.PutRequest",
                                             .members = kPutMembers},
                                            {.name = "DeleteRequest"}};
  static constexpr Field kWrite{.shape = Shape::structure,
                                .type_name = "com.amazonaws.dynamodb.v20120810.WriteRequest",
                                .members = kWriteMembers};
  static constexpr Field kWrites{.shape = Shape::list, .min_length = 1, .max_length = 1, .element = &kWrite};
  static constexpr Field kFields[] = {
      {.name = "RequestItems", .shape = Shape::map, .required = true, .element = &kWrites, .key = &kTable}};

  CHECK(check(kFields, R"({"RequestItems":{"ab":[{}]}})") ==
        kOne + "'{ab=[WriteRequest(putRequest=null, deleteRequest=null)]}' at 'requestItems" + kFailed +
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have "
            "length "
            "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]");
  CHECK(check(kFields, R"({"RequestItems":{"arn:aws:dynamodb:us-east-1:000000000000:table/widgets":[{}]}})") ==
        "no error");
  CHECK(check(kFields, R"({"RequestItems":{"widgets":[]}})") ==
        "1 validation error detected: Value at 'requestItems.widgets.member" + kFailed +
            "Member must have length greater than or equal to 1");
  CHECK(check(kFields, R"({"RequestItems":{"widgets":[{"PutRequest":{}}]}})") ==
        kOne + "null at 'requestItems.widgets.member.1.member.putRequest.item" + kFailed + "Member must not be null");

  const auto long_list =
      check(kFields, R"({"RequestItems":{"widgets":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},{}]}})");
  CHECK(long_list.starts_with(kOne + "'{widgets=[WriteRequest(putRequest=PutRequest(item={pk="
                                     "com.amazonaws.dynamodb.v20120810.AttributeValue@"));
  CHECK(long_list.ends_with(
      "}), deleteRequest=null), WriteRequest(putRequest=null, deleteRequest=null)]}' at 'requestItems" + kFailed +
      "Map value must satisfy constraint: [Member must have length less than or equal to 1, "
      "Member must have length greater than or equal to 1]"));
}

TEST_CASE("Attribute names and the values of ExpressionAttributeNames are bounded by 65535", "[api]") {
  static constexpr Field kAttributeName{.max_length = 4};
  static constexpr Field kFields[] = {
      {.name = "Item", .shape = Shape::attribute_map, .max_key_length = 4},
      {.name = "ExpressionAttributeNames", .shape = Shape::map, .element = &kAttributeName},
  };
  const std::string bounds =
      " must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater "
      "than or "
      "equal to 0]";
  CHECK(check(kFields, R"({"ExpressionAttributeNames":{"#n":"abcde"}})") ==
        kOne + "'{#n=abcde}' at 'expressionAttributeNames" + kFailed + "Map value" + bounds);
  CHECK(check(kFields, R"({"Item":{"abcde":{"S":"x"}}})").ends_with(" at 'item" + kFailed + "Map keys" + bounds));
}

TEST_CASE("Printing can hide the value, rename the member, or write the path as sent", "[api]") {
  static constexpr Field kKey{.shape = Shape::attribute_map};
  static constexpr Field kTableMembers[] = {{.name = "Keys",
                                             .shape = Shape::list,
                                             .required = true,
                                             .min_length = 1,
                                             .max_length = 2,
                                             .element = &kKey,
                                             .hide_value = true,
                                             .long_path_as_written = true}};
  static constexpr Field kTable{.shape = Shape::structure, .type_name = "KeysAndAttributes", .members = kTableMembers};
  static constexpr Field kFields[] = {
      {.name = "Limit", .shape = Shape::integer, .min_value = 1, .hide_value = true, .printed_as = "Limit"},
      {.name = "RequestItems", .shape = Shape::map, .element = &kTable},
  };
  CHECK(check(kFields, R"({"Limit":0})") ==
        "1 validation error detected: Value at 'Limit" + kFailed + "Member must have value greater than or equal to 1");
  CHECK(check(kFields, R"({"RequestItems":{"t":{"Keys":[]}}})") ==
        "1 validation error detected: Value at 'requestItems.t.member.keys" + kFailed +
            "Member must have length greater than or equal to 1");
  CHECK(check(kFields, R"({"RequestItems":{"t":{"Keys":[{},{},{}]}}})") ==
        "1 validation error detected: Value at 'RequestItems.t.member.Keys" + kFailed +
            "Member must have length less than or equal to 2");
  CHECK(check(kFields, R"({"RequestItems":{"t":{}}})") ==
        kOne + "null at 'requestItems.t.member.keys" + kFailed + "Member must not be null");
}

TEST_CASE("An ARN may stand for a name, and an empty name is only too short", "[api]") {
  static constexpr Field kFields[] = {
      {.name = "TableName", .min_length = 1, .max_length = 255, .pattern = kName, .arn_allowed = true}};
  CHECK(check(kFields, R"({"TableName":"arn:aws:dynamodb:us-east-1:000000000000:table/t"})") == "no error");
  CHECK(check(kFields, R"({"TableName":""})") ==
        kOne + "'' at 'tableName" + kFailed + "Member must have length greater than or equal to 1");
  const std::string long_arn = "arn:" + std::string(1100, 'x');
  CHECK(check(kFields, R"({"TableName":")" + long_arn + R"("})")
            .ends_with("Member must have length less than or equal to 1024"));
  CHECK(check(kFields, R"({"TableName":"a/b"})").ends_with("pattern: [a-zA-Z0-9_.-]+"));
}

TEST_CASE("The models' patterns match whole texts", "[api]") {
  struct Row {
    std::string_view pattern, text;
    bool matches;
  };
  const Row rows[] = {
      {kName, "a.b-c_D9", true},
      {kName, "", false},
      {kName, "a b", false},
      {kName, "\xC3\xA9", false},
      {"[0-9]{12}", "123456789012", true},
      {"[0-9]{12}", "12345678901", false},
      {"([0-9a-f]{16})+", "0123456789abcdef", true},
      {"([0-9a-f]{16})+", "0123456789abcde", false},
      {R"(^[^\$]+$)", "token", true},
      {R"(^[^\$]+$)", "to$ken", false},
      {R"([,;:|\t ])", "|", true},
      {R"([,;:|\t ])", "x", false},
      {R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", "name", true},
      {R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", "a,b", false},
      {R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)", "my-bucket", true},
      {R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)", "-bucket", false},
      {R"(\p{Print}+)", "policy", true},
      {R"(\p{Print}+)", "a\nb", false},
      {R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)", "arn\n", true},
      {R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)", std::string_view("\0", 1), false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern, row.text);
    CHECK(matches_pattern(row.pattern, row.text) == row.matches);
  }
  CHECK_THROWS_AS(matches_pattern("a*", "a"), BrokenInvariant);
}

}  // namespace
}  // namespace fickle
