// Pages of ListTables. Source: API_ListTables; behaviour reference 3.7.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/support/emulator.hh"

using namespace fickle;
using fickle::test::Emulator;

TEST_CASE("A page of tables holds a hundred names, and the last one is told only when more follow") {
  Emulator emulator;
  for (int i = 100; i < 201; ++i) {
    emulator.ok("CreateTable",
                R"({"TableName":"t)" + std::to_string(i) +
                    R"(","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],)"
                    R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]})");
  }
  const auto first = emulator.ok("ListTables", "{}");
  CHECK(first.at("TableNames").as_array().size() == 100);
  CHECK(first.at("LastEvaluatedTableName") == "t199");
  const auto rest = emulator.ok("ListTables", R"({"ExclusiveStartTableName":"t199"})");
  CHECK(rest.at("TableNames").as_array().size() == 1);
  CHECK_FALSE(rest.contains("LastEvaluatedTableName"));
  const auto full = emulator.ok("ListTables", R"({"Limit":100,"ExclusiveStartTableName":"t100"})");
  CHECK(full.at("TableNames").as_array().size() == 100);
  CHECK_FALSE(full.contains("LastEvaluatedTableName"));
}
