#include "emulator/api/error.hh"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "emulator/api/error_models.hh"
#include "emulator/core/invariant.hh"
#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

TEST_CASE("An error body is the prefixed type, further members, and the text under the code's own spelling", "[api]") {
  struct Row {
    ApiError error;
    std::string body;
    int status;
  };
  const Row rows[] = {
      {{"ValidationException", "no \"x\""},
       R"({"__type":"com.amazon.coral.validate#ValidationException","message":"no \"x\""})",
       400},
      {{"SerializationException", "Unexpected field type"},
       R"({"__type":"com.amazon.coral.service#SerializationException","Message":"Unexpected field type"})",
       400},
      {{"SerializationException", ""}, R"({"__type":"com.amazon.coral.service#SerializationException"})", 400},
      {{"UnknownOperationException", ""}, R"({"__type":"com.amazon.coral.service#UnknownOperationException"})", 400},
      {{"ConditionalCheckFailedException", "", R"("Item":{"pk":{"S":"a"}})"},
       R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","Item":{"pk":{"S":"a"}},)"
       R"("message":"The conditional request failed"})",
       400},
      {{"TransactionCanceledException", "Transaction cancelled", R"("CancellationReasons":[])"},
       R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[],)"
       R"("Message":"Transaction cancelled"})",
       400},
      {{"InternalServerError", ""},
       R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal server error"})",
       500},
      {{"ServiceUnavailable", "later"},
       R"({"__type":"com.amazon.coral.service#ServiceUnavailable","message":"later"})",
       503},
      {{"AccessDeniedException", "no"},
       R"({"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"})",
       400},
  };
  for (const auto& row : rows) {
    CHECK(row.error.body() == row.body);
    CHECK(row.error.code().status == row.status);
  }
}

TEST_CASE("The shorthands say what DynamoDB says", "[api]") {
  CHECK(test::message_of([] { throw_parameter_invalid("x"); }) == "One or more parameter values were invalid: x");
  CHECK(test::message_of([] { throw_resource_not_found(); }) == "Requested resource not found");
  CHECK(test::message_of([] { throw_table_not_found("widgets"); }) ==
        "Requested resource not found: Table: widgets not found");
}

TEST_CASE("Codes are in name order, found by name, and an unknown one is our own bug", "[api]") {
  const auto codes = error_codes();
  CHECK(std::is_sorted(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const auto& code : codes) CHECK(find_error_code(code.name) == &code);
  CHECK(find_error_code("NoSuchException") == nullptr);
  CHECK_THROWS_AS(ApiError("NoSuchException", ""), BrokenInvariant);
}

TEST_CASE("Every code that an operation's model lists is known, and rows are in name order", "[api]") {
  const auto operations = operation_errors();
  CHECK(operations.size() == 66);
  CHECK(std::is_sorted(operations.begin(), operations.end(),
                       [](const auto& a, const auto& b) { return a.operation < b.operation; }));
  for (const auto& row : operations) {
    std::string_view rest = row.codes;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(' '), rest.size());
      CHECK(find_error_code(rest.substr(0, end)) != nullptr);
      CHECK(model_lists(row.operation, rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

TEST_CASE("Which errors an operation can show", "[api]") {
  struct Row {
    std::string_view operation, code;
    bool possible;
  };
  const Row rows[] = {
      {"PutItem", "ConditionalCheckFailedException", true},
      {"GetItem", "ConditionalCheckFailedException", false},
      {"GetItem", "ProvisionedThroughputExceededException", true},
      {"DescribeTable", "ProvisionedThroughputExceededException", false},
      {"DescribeTable", "ThrottlingException", true},
      {"ListTables", "AccessDeniedException", true},
      {"GetRecords", "ExpiredIteratorException", true},
      {"GetShardIterator", "ExpiredIteratorException", false},
      {"TransactWriteItems", "TransactionCanceledException", true},
      {"TransactWriteItems", "TransactionConflictException", false},
      {"UpdateItem", "ReplicatedWriteConflictException", true},
      {"PutItem", "Conditional", false},
      {"NoSuchOperation", "ResourceNotFoundException", false},
      {"NoSuchOperation", "InternalServerError", true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.operation, row.code);
    CHECK(can_fail_with(row.operation, row.code) == row.possible);
  }
}

}  // namespace
}  // namespace fickle
