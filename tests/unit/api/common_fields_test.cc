// The shared field tables, through what they make requests answer; and replies against their declarations.
#include "emulator/api/common_fields.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/api/constraints.hh"
#include "emulator/api/reply_check.hh"
#include "emulator/api/shape_check.hh"
#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

constexpr Field kCreateTable[] = {
    fields::control_table_name,       fields::billing_mode,
    fields::provisioned_throughput,   fields::key_schema,
    fields::attribute_definitions,    fields::local_secondary_indexes,
    fields::global_secondary_indexes, fields::stream_specification,
    fields::sse_specification,        fields::tags,
};
constexpr Field kTransactWrite[] = {fields::transact_write_items, fields::client_request_token};
constexpr Field kBatchGet[] = {fields::batch_get_request_items, fields::return_consumed_capacity};
constexpr Field kBatchWrite[] = {fields::batch_write_request_items};
constexpr Field kQuery[] = {fields::item_table_name, fields::select, fields::query_limit, fields::key_conditions,
                            fields::attributes_to_get};

struct Row {
  std::string body;
  std::string message;
};
void check_all(std::span<const Field> table, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(test::message_of([&] {
            const auto body = test::body_of(row.body);
            check_shapes(body, table);
            check_constraints(body, table);
          }) == row.message);
  }
}

const std::string kFailed = "' failed to satisfy constraint: ";
const std::string kOne = "1 validation error detected: Value ";

TEST_CASE("CreateTable's members", "[api]") {
  const std::string good = R"("TableName":"widgets","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}])";
  check_all(kCreateTable,
            {
                {"{" + good + "}", "no error"},
                {"{}", "The parameter 'TableName' is required but was not present in the request"},
                {R"({"TableName":"","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]})",
                 "2 validation errors detected: Value '' at 'tableName" + kFailed +
                     "Member must have length greater than or equal to 3; Value '' at 'tableName" + kFailed +
                     "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"},
                {R"({"TableName":"widgets","KeySchema":[]})",
                 kOne + "'[]' at 'keySchema" + kFailed + "Member must have length greater than or equal to 1"},
                {"{" + good + R"(,"AttributeDefinitions":[{}]})",
                 "2 validation errors detected: Value null at 'attributeDefinitions.1.member.attributeType" + kFailed +
                     "Member must not be null; Value null at 'attributeDefinitions.1.member.attributeName" + kFailed +
                     "Member must not be null"},
                {"{" + good + R"(,"ProvisionedThroughput":{}})",
                 "2 validation errors detected: Value null at 'provisionedThroughput.writeCapacityUnits" + kFailed +
                     "Member must not be null; Value null at 'provisionedThroughput.readCapacityUnits" + kFailed +
                     "Member must not be null"},
                {"{" + good + R"(,"SSESpecification":{"KMSMasterKeyId":"","SSEType":"AES-256"}})",
                 "1 validation error detected: Value 'AES-256' at 'sSESpecification.sSEType" + kFailed +
                     "Member must satisfy enum value set: [AES256, KMS]"},
                {"{" + good + R"(,"StreamSpecification":{"StreamViewType":"new_image"}})",
                 "2 validation errors detected: Value null at 'streamSpecification.streamEnabled" + kFailed +
                     "Member must not be null; Value 'new_image' at 'streamSpecification.streamViewType" + kFailed +
                     "Member must satisfy enum value set: [OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]"},
                {"{" + good + R"(,"GlobalSecondaryIndexes":[{}]})",
                 "3 validation errors detected: Value null at 'globalSecondaryIndexes.1.member.indexName" + kFailed +
                     "Member must not be null; Value null at 'globalSecondaryIndexes.1.member.keySchema" + kFailed +
                     "Member must not be null; Value null at 'globalSecondaryIndexes.1.member.projection" + kFailed +
                     "Member must not be null"},
                {"{" + good + R"(,"Tags":[{}]})", "no error"},
                {"{" + good + R"(,"Tags":["x"]})", "Unexpected value type in payload"},
                {"{" + good + R"(,"ProvisionedThroughput":[]})",
                 "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.ProvisionedThroughput"},
            });
}

TEST_CASE("Members of queries", "[api]") {
  check_all(kQuery,
            {
                {R"({"TableName":"t","Limit":0})", "1 validation error detected: Value at 'Limit" + kFailed +
                                                       "Member must have value greater than or equal to 1"},
                {R"({"TableName":"t","Select":"count"})",
                 kOne + "'count' at 'select" + kFailed +
                     "Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, "
                     "ALL_PROJECTED_ATTRIBUTES]"},
                {R"({"TableName":"t","AttributesToGet":[]})",
                 kOne + "'[]' at 'attributesToGet" + kFailed + "Member must have length greater than or equal to 1"},
                {R"({"TableName":"t","KeyConditions":{"Pk":{}}})",
                 kOne + "null at 'keyConditions.Pk.member.comparisonOperator" + kFailed + "Member must not be null"},
                {R"({"TableName":"t","KeyConditions":{"Pk":{"ComparisonOperator":"eq"}}})",
                 kOne + "'eq' at 'keyConditions.Pk.member.comparisonOperator" + kFailed +
                     "Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, "
                     "LE, BEGINS_WITH, GE, CONTAINS]"},
                {R"({"TableName":"t","KeyConditions":[]})",
                 "Unrecognized collection type java.util.Map<java.lang.String, "
                 "com.amazonaws.dynamodb.v20120810.Condition>"},
            });
}

TEST_CASE("Members of batches and transactions", "[api]") {
  check_all(kBatchGet, {
                           {"{}", kOne + "null at 'requestItems" + kFailed + "Member must not be null"},
                           {R"({"RequestItems":{}})", "no error"},
                           {R"({"RequestItems":{"widgets":{"Keys":[]}}})",
                            "1 validation error detected: Value at 'requestItems.widgets.member.keys" + kFailed +
                                "Member must have length greater than or equal to 1"},
                       });
  check_all(kBatchWrite, {
                             {R"({"RequestItems":{"widgets":[{"DeleteRequest":{}}]}})",
                              kOne + "null at 'requestItems.widgets.member.1.member.deleteRequest.key" + kFailed +
                                  "Member must not be null"},
                             {R"({"RequestItems":{"widgets":[{"PutRequest":"x"}]}})", "Unexpected field type"},
                         });
  check_all(kTransactWrite,
            {
                {R"({"TransactItems":[]})",
                 kOne + "'[]' at 'transactItems" + kFailed + "Member must have length greater than or equal to 1"},
                {R"({"TransactItems":[{"ConditionCheck":{"Key":{},"TableName":"t"}}]})",
                 kOne + "null at 'transactItems.1.member.conditionCheck.conditionExpression" + kFailed +
                     "Member must not be null"},
                {R"({"TransactItems":[{"Put":{"Item":{},"TableName":"t","ReturnValuesOnConditionCheckFailure":"x"}}]})",
                 kOne + "'x' at 'transactItems.1.member.put.returnValuesOnConditionCheckFailure" + kFailed +
                     "Member must satisfy enum value set: [ALL_OLD, NONE]"},
                {R"({"TransactItems":[{}],"ClientRequestToken":""})",
                 kOne + "'' at 'clientRequestToken" + kFailed + "Member must have length greater than or equal to 1"},
            });
}

TEST_CASE("A reply holds declared members of declared shapes only", "[api]") {
  static constexpr Field kReply[] = {fields::items, fields::count, fields::consumed_capacity,
                                     fields::item_collection_metrics, fields::optional(fields::table_description)};
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({})", ""},
      {R"({"Items":[{"a":{"S":"x"}},{}],"Count":2,"ConsumedCapacity":{"TableName":"t","CapacityUnits":0.5}})", ""},
      {R"({"Itmes":[]})", "Itmes: not declared"},
      {R"({"Count":null})", "Count: null"},
      {R"({"Count":0.5})", "Count: not an integer"},
      {R"({"Items":{}})", "Items: not a list"},
      {R"({"Items":[[]]})", "Items[0]: not a map"},
      {R"({"Items":[{},{"a":"x"}]})", "Items[1].a: not an attribute value"},
      {R"({"Items":[{"a":{"S":"x","N":"1"}}]})", "Items[0].a: an attribute value has exactly one datatype"},
      {R"({"Items":[{"a":{"N":"x"}}]})", "Items[0].a: not an attribute value"},
      {R"({"Items":[{"a":{"S":5}}]})", "Items[0].a: not an attribute value"},
      {R"({"Items":[{"a":{"X":"x"}}]})", "Items[0].a: not an attribute value"},
      {R"({"ConsumedCapacity":{"CapacityUnits":0.5}})", "ConsumedCapacity.TableName: missing"},
      {R"({"ConsumedCapacity":{"TableName":"t","CapacityUnits":"1"}})", "ConsumedCapacity.CapacityUnits: not a number"},
      {R"({"ConsumedCapacity":{"TableName":"t","CapacityUnits":1.0,"GlobalSecondaryIndexes":{"i":{"Units":1.0}}}})",
       "ConsumedCapacity.GlobalSecondaryIndexes.i.Units: not declared"},
      {R"({"ItemCollectionMetrics":{"ItemCollectionKey":{"pk":{"S":"a"}},"SizeEstimateRangeGB":[0.0,true]}})",
       "ItemCollectionMetrics.SizeEstimateRangeGB[1]: not a number"},
      {R"({"TableDescription":{"TableName":"t","TableArn":"a","TableStatus":"ACTIV"}})",
       "TableDescription.TableStatus: 'ACTIV' is not one of [CREATING, UPDATING, DELETING, ACTIVE]"},
      {R"({"TableDescription":{"TableName":"t","TableArn":"a","TableStatus":"ACTIVE","DeletionProtectionEnabled":"no"}})",
       "TableDescription.DeletionProtectionEnabled: not a boolean"},
  };
  for (const auto& [reply, offence] : rows) {
    CAPTURE(reply);
    CHECK(reply_offence(test::body_of(reply), kReply).value_or("") == offence);
  }
}

}  // namespace
}  // namespace fickle
