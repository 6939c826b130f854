// Faults on batches: members that are truly left undone, by wish and for lack of capacity.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "tests/faults/tracking.hh"

using namespace fickle::test;
namespace json = boost::json;

namespace {

std::string batch_write(const std::vector<std::string>& ids) {
  std::string requests;
  for (const std::string& id : ids) {
    requests += requests.empty() ? "" : ",";
    requests += R"({"PutRequest":{"Item":{"id":{"S":")" + id + R"("}}}})";
  }
  return R"({"RequestItems":{"widgets":[)" + requests + "]}}";
}

std::string batch_get(const std::vector<std::string>& ids, const std::string& more = "") {
  std::string keys;
  for (const std::string& id : ids) {
    keys += keys.empty() ? "" : ",";
    keys += R"({"id":{"S":")" + id + R"("}})";
  }
  return R"({"RequestItems":{"widgets":{"Keys":[)" + keys + "]" + more + "}}}";
}

std::set<std::string> unwritten(const json::object& reply) {
  std::set<std::string> ids;
  if (const auto* requests = reply.at("UnprocessedItems").as_object().if_contains("widgets")) {
    for (const auto& request : requests->as_array()) {
      ids.emplace(request.at("PutRequest").at("Item").at("id").at("S").as_string());
    }
  }
  return ids;
}

using Ids = std::set<std::string>;

}  // namespace

TEST_CASE("partialBatch leaves writes truly undone: by count, fraction, positions") {
  Emulator emulator;
  create_widgets(emulator);
  const std::string call = batch_write({"a", "b", "c", "d", "e"});
  const auto run = [&](const std::string& unprocessed) {
    clear_faults(emulator);
    set_fault(emulator,
              R"({"when":{"operation":"batch"},"effect":{"partialBatch":{"unprocessed":)" + unprocessed + "}}}");
    return unwritten(emulator.ok("BatchWriteItem", call));
  };
  CHECK(run("2") == Ids{"d", "e"});
  CHECK_FALSE(has_widget(emulator, "d"));
  CHECK(has_widget(emulator, "a"));
  CHECK(last_entry(emulator, "BatchWriteItem").at("applied") == "partial");
  CHECK(run("0.5").size() == 3);  // 2.5, rounded half up
  CHECK(run("0.01").size() == 1);
  CHECK(run("[0,4,9]") == Ids{"a", "e"});
}

TEST_CASE("partialBatch of everything is an error unless forced; then nothing is written") {
  Emulator emulator;
  create_widgets(emulator);
  set_fault(emulator,
            R"({"name":"all","when":{"operation":"BatchWriteItem"},"effect":{"partialBatch":{"unprocessed":"all"}}})");
  CHECK(emulator.refused("BatchWriteItem", batch_write({"a"})).starts_with("ProvisionedThroughputExceededException: "));
  CHECK_FALSE(has_widget(emulator, "a"));
  CHECK(last_entry(emulator, "BatchWriteItem").at("applied") == false);
  clear_faults(emulator);
  set_fault(emulator,
            R"({"when":{"operation":"BatchWriteItem"},"force":true,"effect":{"partialBatch":{"unprocessed":"all"}}})");
  CHECK(unwritten(emulator.ok("BatchWriteItem", batch_write({"a", "b"}))) == Ids{"a", "b"});
  CHECK_FALSE(has_widget(emulator, "a"));
}

TEST_CASE("partialBatch with a key leaves out only the members that match") {
  Emulator emulator;
  create_widgets(emulator);
  set_fault(
      emulator,
      R"({"when":{"operation":"BatchWriteItem","key":{"id":"b"}},"effect":{"partialBatch":{"unprocessed":"all"}}})");
  CHECK(unwritten(emulator.ok("BatchWriteItem", batch_write({"a", "b", "c"}))) == Ids{"b"});
  CHECK(unwritten(emulator.ok("BatchWriteItem", batch_write({"a", "c"}))).empty());
}

TEST_CASE("UnprocessedKeys carry the parameters of their table, ready to be sent again") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "a");
  put_widget(emulator, "b");
  set_fault(
      emulator,
      R"({"when":{"operation":"BatchGetItem"},"schedule":{"times":1},"effect":{"partialBatch":{"unprocessed":1}}})");
  const auto reply = emulator.ok(
      "BatchGetItem",
      batch_get({"a", "b"},
                R"(,"ConsistentRead":true,"ProjectionExpression":"#v","ExpressionAttributeNames":{"#v":"version"})"));
  CHECK(reply.at("Responses").at("widgets").as_array().size() == 1);
  const auto& left = reply.at("UnprocessedKeys");
  CHECK(left.at("widgets").at("Keys").as_array().size() == 1);
  CHECK(left.at("widgets").at("ConsistentRead") == true);
  CHECK(left.at("widgets").at("ProjectionExpression") == "#v");
  const auto again = emulator.ok("BatchGetItem", R"({"RequestItems":)" + json::serialize(left) + "}");
  CHECK(json::serialize(again) == R"({"Responses":{"widgets":[{"version":{"N":"1"}}]},"UnprocessedKeys":{}})");
}

TEST_CASE("Enforced capacity admits members one by one; none admitted is an error") {
  Emulator emulator;
  create_widgets(emulator, R"("ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":3})");
  simulate(emulator, R"({"capacity":{"mode":"enforce","burst":"1s","partitions":false}})");
  CHECK(unwritten(emulator.ok("BatchWriteItem", batch_write({"a", "b", "c", "d", "e"}))) == Ids{"d", "e"});
  CHECK_FALSE(has_widget(emulator, "d"));
  const std::string refused = emulator.refused("BatchWriteItem", batch_write({"d", "e"}));
  CHECK(refused.starts_with("ProvisionedThroughputExceededException: "));
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"1s"})");
  const auto read = emulator.ok("BatchGetItem", batch_get({"a", "b", "c"}));  // two at half a unit
  CHECK(read.at("Responses").at("widgets").as_array().size() == 2);
  CHECK(read.at("UnprocessedKeys").at("widgets").at("Keys").as_array().size() == 1);
  CHECK(emulator.refused("BatchGetItem", batch_get({"c"})).starts_with("ProvisionedThroughputExceededException: "));
}

TEST_CASE("A batch of more than 16 MB of items comes in parts, with at least one item") {
  Emulator emulator;
  create_widgets(emulator);
  const std::string large(399'000, 'y');
  std::vector<std::string> ids;
  for (int i = 0; i < 50; ++i) {
    ids.push_back(std::to_string(i));
    emulator.ok("PutItem",
                R"({"TableName":"widgets","Item":{"id":{"S":")" + ids.back() + R"("},"b":{"S":")" + large + R"("}}})");
  }
  const auto reply = emulator.ok("BatchGetItem", batch_get(ids));
  CHECK(reply.at("Responses").at("widgets").as_array().size() == 42);  // 42 x 399,006 bytes < 16 MB
  CHECK(reply.at("UnprocessedKeys").at("widgets").at("Keys").as_array().size() == 8);
}

TEST_CASE("staleRead shows through in the eventual reads of a batch") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "a", 1);
  set_fault(emulator, R"({"when":{"operation":"BatchGetItem"},"effect":{"staleRead":{"versions":1}}})");
  put_widget(emulator, "a", 2);
  const auto version = [](const json::object& reply) {
    return std::string(reply.at("Responses").at("widgets").at(0).at("version").at("N").as_string());
  };
  CHECK(version(emulator.ok("BatchGetItem", batch_get({"a"}))) == "1");
  CHECK(version(emulator.ok("BatchGetItem", batch_get({"a"}, R"(,"ConsistentRead":true)"))) == "2");
}
