// Faults on Query and Scan: short pages that resume without losing or repeating an item, and stale pages.
#include <catch2/catch_test_macros.hpp>
#include <numeric>

#include "tests/faults/tracking.hh"

using namespace fickle::test;

namespace {

const std::string kQuery =
    R"("TableName":"visits","KeyConditionExpression":"v = :v","ExpressionAttributeValues":{":v":{"S":"ada"}})";
const std::string kScan = R"("TableName":"visits")";

std::vector<int> numbers(int count, bool descending = false) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 1);
  if (descending) std::reverse(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("shortPage cuts every page and nothing is lost or repeated") {
  Emulator emulator;
  create_visits(emulator, 7);
  set_fault(emulator, R"({"when":{"operation":["Query","Scan"]},"effect":{"shortPage":{"maxItems":2}}})");
  const Walked query = walk(emulator, "Query", kQuery);
  CHECK(query.numbers == numbers(7));
  CHECK(query.pages == 4);
  CHECK(walk(emulator, "Query", kQuery + R"(,"ScanIndexForward":false)").numbers == numbers(7, true));
  CHECK(walk(emulator, "Query", kQuery + R"(,"Limit":3)").numbers == numbers(7));
  CHECK(walk(emulator, "Query", kQuery + R"(,"Limit":1)").pages == 8);
  CHECK(walk(emulator, "Scan", kScan).numbers == numbers(7));
}

TEST_CASE("shortPage of no items: an empty page whose LastEvaluatedKey begins with the item that it names") {
  Emulator emulator;
  create_visits(emulator, 5);
  for (const std::string& call : {kQuery, kQuery + R"(,"ScanIndexForward":false)"}) {
    set_fault(
        emulator,
        R"({"name":"none","when":{"operation":"Query"},"schedule":{"sequence":["fail","pass","fail","fail","pass"]},
                            "effect":{"shortPage":{"maxItems":0}}})");
    const Walked query = walk(emulator, "Query", call + R"(,"Limit":2)");
    CHECK(query.numbers == numbers(5, call != kQuery));
    clear_faults(emulator);
  }
  set_fault(emulator, R"({"when":{"operation":"Scan"},"schedule":{"every":2},"effect":{"shortPage":{"maxItems":0}}})");
  CHECK(walk(emulator, "Scan", kScan + R"(,"Limit":1)").numbers == numbers(5));
  CHECK(walk(emulator, "Scan", kScan + R"(,"IndexName":"by-k","Limit":1)").numbers.size() == 5);
}

TEST_CASE("shortPage of no items where the query finds one item at most") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "w1");
  set_fault(emulator, R"({"schedule":{"times":1},"when":{"operation":"Query"},"effect":{"shortPage":{"maxItems":0}}})");
  const std::string query =
      R"({"TableName":"widgets","KeyConditionExpression":"id = :i","ExpressionAttributeValues":{":i":{"S":"w1"}})";
  const auto empty = emulator.ok("Query", query + "}");
  CHECK(empty.at("Count") == 0);
  REQUIRE(empty.contains("LastEvaluatedKey"));
  const auto rest = emulator.ok("Query", query + R"(,"ExclusiveStartKey":{"id":{"S":"w1"}}})");
  CHECK(rest.at("Count") == 1);
  CHECK_FALSE(rest.contains("LastEvaluatedKey"));
}

TEST_CASE("shortPage that finds no page to cut had no effect") {
  Emulator emulator;
  create_visits(emulator, 2);
  set_fault(emulator, R"({"when":{"operation":"Query"},"effect":{"shortPage":{"maxItems":2}}})");
  CHECK_FALSE(emulator.ok("Query", "{" + kQuery + "}").contains("LastEvaluatedKey"));
  CHECK(last_entry(emulator, "Query").at("effective") == false);
}

TEST_CASE("staleRead: a page of the past, marked effective only when it differs from now") {
  Emulator emulator;
  create_visits(emulator, 2);
  set_fault(emulator,
            R"({"when":{"operation":["Query","Scan"],"consistentRead":false},"effect":{"staleRead":{"lag":"10s"}}})");
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"1m"})");
  CHECK(emulator.ok("Query", "{" + kQuery + "}").at("Count") == 2);
  CHECK(last_entry(emulator, "Query").at("effective") == false);
  emulator.ok("PutItem", R"({"TableName":"visits","Item":{"v":{"S":"ada"},"n":{"N":"3"},"k":{"S":"page"}}})");
  CHECK(emulator.ok("Query", "{" + kQuery + "}").at("Count") == 2);
  CHECK(last_entry(emulator, "Query").at("effective") == true);
  CHECK(emulator.ok("Scan", R"({"TableName":"visits","IndexName":"by-k"})").at("Count") == 2);
  CHECK(emulator.ok("Query", "{" + kQuery + R"(,"ConsistentRead":true})").at("Count") == 3);
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"10s"})");
  CHECK(emulator.ok("Query", "{" + kQuery + "}").at("Count") == 3);
}

TEST_CASE("An index entry appears and goes a lag after the write; the table shows it at once") {
  Emulator emulator;
  create_visits(emulator, 1);
  simulate(emulator, R"({"consistency":{"indexes":{"lag":"150ms"}}})");
  emulator.ok("PutItem", R"({"TableName":"visits","Item":{"v":{"S":"ada"},"n":{"N":"2"},"k":{"S":"page"}}})");
  emulator.ok("DeleteItem", R"({"TableName":"visits","Key":{"v":{"S":"ada"},"n":{"N":"1"}}})");
  const std::string by_index = kScan + R"(,"IndexName":"by-k")";
  CHECK(walk(emulator, "Scan", by_index).numbers == std::vector<int>{1});
  CHECK(walk(emulator, "Scan", kScan).numbers == std::vector<int>{2});
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"150ms"})");
  CHECK(walk(emulator, "Scan", by_index).numbers == std::vector<int>{2});
}

TEST_CASE("A page ends with the item that brings it to 1 MB, whatever the filter leaves") {
  Emulator emulator;
  create_widgets(emulator);
  const std::string large(60'000, 'y');
  for (int i = 0; i < 20; ++i) {
    emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":")" + std::to_string(i) + R"("},"b":{"S":")" +
                               large + R"("}}})");
  }
  const auto page = emulator.ok(
      "Scan",
      R"json({"TableName":"widgets","FilterExpression":"attribute_not_exists(b)","ReturnConsumedCapacity":"TOTAL"})json");
  CHECK(page.at("Count") == 0);
  CHECK(page.at("ScannedCount") == 18);  // 17 items stay below 1,048,576 bytes
  CHECK(page.contains("LastEvaluatedKey"));
  CHECK(page.at("ConsumedCapacity").at("CapacityUnits") == 132.0);
}

TEST_CASE("Enforced capacity: a page needs anything above nothing, and may go into debt") {
  Emulator emulator;
  create_widgets(emulator, R"("ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":100})");
  for (int i = 0; i < 10; ++i) put_widget(emulator, std::to_string(i));
  simulate(emulator, R"({"capacity":{"mode":"enforce","burst":"1s","partitions":false}})");
  const std::string scan = R"({"TableName":"widgets"})";
  (void)emulator.ok("Scan", scan);
  (void)emulator.ok("Scan", scan);
  CHECK(emulator.refused("Scan", scan).starts_with("ProvisionedThroughputExceededException: "));
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"1s"})");
  (void)emulator.ok("Scan", scan);
}
