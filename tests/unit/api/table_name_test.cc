#include "emulator/api/table_name.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/unit/api/support.hh"

namespace fickle {
namespace {

const std::string kArn = "arn:aws:dynamodb:us-east-1:000000000000:table/widgets";

TEST_CASE("ARNs of a table and of what belongs to it", "[api]") {
  struct Row {
    std::string text;
    TableArn::Kind kind;
    std::string label;
  };
  const Row rows[] = {
      {kArn, TableArn::Kind::table, ""},
      {kArn + "/index/by-user", TableArn::Kind::index, "by-user"},
      {kArn + "/stream/2026-01-01T00:00:00.000", TableArn::Kind::stream, "2026-01-01T00:00:00.000"},
      {kArn + "/backup/01791525400213-63b4d36a", TableArn::Kind::backup, "01791525400213-63b4d36a"},
      {kArn + "/export/01791525400213-63b4d36a", TableArn::Kind::export_, "01791525400213-63b4d36a"},
      {kArn + "/import/01791525400213-63b4d36a", TableArn::Kind::import_, "01791525400213-63b4d36a"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto arn = parse_table_arn(row.text);
    REQUIRE(arn.has_value());
    CHECK(arn->partition == "aws");
    CHECK(arn->region == "us-east-1");
    CHECK(arn->account == "000000000000");
    CHECK(arn->table == "widgets");
    CHECK(arn->kind == row.kind);
    CHECK(arn->label == row.label);
    CHECK(print_table_arn(*arn) == row.text);
  }
}

TEST_CASE("What is no ARN of a table", "[api]") {
  for (const std::string text :
       {"", "widgets", "arn:", "arn:aws:dynamodb:us-east-1:000000000000",
        "arn:aws:dynamodb:us-east-1:000000000000:table/", "arn:aws:s3:us-east-1:000000000000:table/widgets",
        "arn:aws:dynamodb::000000000000:table/widgets", "arn:aws:dynamodb:us-east-1:12:table/widgets",
        "arn:aws:dynamodb:us-east-1:000000000000:global-table/widgets",
        "arn:aws:dynamodb:us-east-1:000000000000:table/widgets/index",
        "arn:aws:dynamodb:us-east-1:000000000000:table/widgets/index/",
        "arn:aws:dynamodb:us-east-1:000000000000:table/widgets/shard/x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_table_arn(text).has_value());
  }
}

TEST_CASE("A TableName is a name, or the ARN of a table", "[api]") {
  struct Row {
    std::string given, answer;
  };
  const auto invalid = [](const std::string& what, const std::string& arn) {
    return "1 validation error detected: Invalid " + what + " in '" + arn + "'";
  };
  const auto at = [](const std::string& partition, const std::string& region, const std::string& resource) {
    return "arn:" + partition + ":dynamodb:" + region + ":000000000000:" + resource;
  };
  const Row rows[] = {
      {"widgets", "widgets"},
      {kArn, "widgets"},
      {at("aws-cn", "cn-north-1", "table/w"), "w"},
      {at("aws", "", "table/widgets"), invalid("AWS region", at("aws", "", "table/widgets"))},
      {at("aws", "US", "table/widgets"), invalid("AWS region", at("aws", "US", "table/widgets"))},
      {at("gcp", "us-east-1", "table/widgets"), invalid("AWS partition", at("gcp", "us-east-1", "table/widgets"))},
      {at("aws", "us-east-1", "stream/widgets"), invalid("resource type", at("aws", "us-east-1", "stream/widgets"))},
      {kArn + "/index/i", invalid("resource type", kArn + "/index/i")},
  };
  for (const auto& row : rows) {
    CAPTURE(row.given);
    std::string answer;
    const auto message = test::message_of([&] { answer = plain_table_name(row.given); });
    CHECK((answer.empty() ? message : answer) == row.answer);
  }
}

}  // namespace
}  // namespace fickle
