// Clients of several regions in one universe: a table's own ARN means it, whoever asks; another region's does not.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/support/emulator.hh"

using namespace fickle;
using fickle::test::Emulator;

namespace {

constexpr std::string_view kWidgets =
    R"({"TableName":"widgets","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]})";

HttpReply from(Emulator& emulator, std::string_view region, std::string_view operation, std::string body) {
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  request.headers = {{"Content-Type", "application/x-amz-json-1.0"},
                     {"X-Amz-Target", "DynamoDB_20120810." + std::string(operation)},
                     {"X-Amz-Date", "20260101T000000Z"},
                     {"Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/" + std::string(region) +
                                           "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0"}};
  request.body = std::move(body);
  return emulator.raw(std::move(request));
}

std::string describe(std::string_view region) {
  return R"({"TableName":"arn:aws:dynamodb:)" + std::string(region) + R"(:000000000000:table/widgets"})";
}

}  // namespace

TEST_CASE("A table made in one region is meant by its ARN from every region of the universe") {
  Emulator emulator;
  REQUIRE(from(emulator, "eu-west-1", "CreateTable", std::string(kWidgets)).status == 200);
  CHECK(from(emulator, "eu-west-1", "DescribeTable", describe("eu-west-1")).status == 200);
  CHECK(from(emulator, "us-east-1", "DescribeTable", describe("eu-west-1")).status == 200);
  CHECK(from(emulator, "us-east-1", "DescribeTable", describe("us-east-1")).status == 200);  // the caller's own
  CHECK(from(emulator, "us-east-1", "DescribeTable", describe("ap-south-1")).status == 400);
}
