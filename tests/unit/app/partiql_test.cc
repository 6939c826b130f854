// PartiQL where statements or answers are large: item sizes, pages of 1 MB, the most statements of a request. Source: behaviour reference
// 9.1 to 9.5.
#include <catch2/catch_test_macros.hpp>

#include "tests/support/emulator.hh"

namespace fickle::test {
namespace {

namespace json = boost::json;

constexpr std::string_view kTable =
    R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[)"
    R"({"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"})";

std::string statement(const std::string& text, const json::array& parameters) {
  return json::serialize(json::object{{"Statement", text}, {"Parameters", parameters}});
}

json::object string_value(std::size_t size) {
  return {{"S", std::string(size, 'x')}};
}

std::string many(const std::string& member, int count, const std::string& verb) {
  json::array statements;
  for (int i = 0; i < count; ++i)
    statements.push_back(json::object{{"Statement", verb + " FROM widgets WHERE id = 'k" + std::to_string(i) + "'"}});
  return json::serialize(json::object{{member, statements}});
}

}  // namespace

TEST_CASE("An item of a statement is 400 KB at most") {
  Emulator emulator;
  emulator.ok("CreateTable", kTable);
  const std::size_t most = std::size_t{400} * 1024 - 4;  // beside "id", "a" and "h"
  const std::string insert = "INSERT INTO widgets VALUE {'id': 'a', 'h': ?}";
  CHECK(emulator.refused("ExecuteStatement", statement(insert, {string_value(most + 1)})) ==
        "ValidationException: Item size has exceeded the maximum allowed size");
  emulator.ok("ExecuteStatement", statement(insert, {string_value(most)}));
  CHECK(emulator.refused("ExecuteStatement",
                         statement("UPDATE widgets SET h = ? WHERE id = 'a'", {string_value(most + 1)})) ==
        "ValidationException: Item size to update has exceeded the maximum allowed size");
  emulator.ok("ExecuteStatement", statement("UPDATE widgets SET h = ? WHERE id = 'a'", {string_value(most)}));
}

TEST_CASE("A SELECT ends its page at 1 MB, and its token leads through the rest") {
  Emulator emulator;
  emulator.ok("CreateTable", kTable);
  constexpr int kItems = 9;
  for (int i = 0; i < kItems; ++i) {
    emulator.ok("ExecuteStatement",
                statement("INSERT INTO widgets VALUE {'id': ?, 'h': ?}",
                          {json::object{{"S", "k" + std::to_string(i)}}, string_value(std::size_t{300} * 1024)}));
  }
  std::size_t seen = 0;
  std::size_t pages = 0;
  std::string token;
  do {
    json::object body{{"Statement", "SELECT id FROM widgets"}};
    if (!token.empty()) body["NextToken"] = token;
    const json::object page = emulator.ok("ExecuteStatement", json::serialize(body));
    const std::size_t items = page.at("Items").as_array().size();
    CHECK(items <= 4);  // the item that crosses the border is the last
    seen += items;
    ++pages;
    token = page.contains("NextToken") ? std::string(page.at("NextToken").as_string()) : std::string();
  } while (!token.empty() && pages < 2 * kItems);
  CHECK(seen == kItems);
  CHECK(pages == 3);
}

TEST_CASE("25 statements make a batch, 100 a transaction") {
  Emulator emulator;
  emulator.ok("CreateTable", kTable);
  CHECK(emulator.ok("BatchExecuteStatement", many("Statements", 25, "DELETE")).at("Responses").as_array().size() == 25);
  CHECK(emulator.refused("BatchExecuteStatement", many("Statements", 26, "DELETE"))
            .ends_with("Member must have length less than or equal to 25"));
  CHECK(emulator.ok("ExecuteTransaction", many("TransactStatements", 100, "SELECT *"))
            .at("Responses")
            .as_array()
            .size() == 100);
  CHECK(emulator.refused("ExecuteTransaction", many("TransactStatements", 101, "SELECT *"))
            .ends_with("Member must have length less than or equal to 100"));
}

}  // namespace fickle::test
