// Faults on transactions: forced reasons, rivals, enforced capacity, and transactions that last.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "tests/faults/tracking.hh"

using namespace fickle::test;
namespace json = boost::json;

namespace {

std::string put(std::string_view id, std::string_view more = "") {
  return R"({"Put":{"TableName":"widgets","Item":{"id":{"S":")" + std::string(id) + R"("}})" + std::string(more) + "}}";
}
std::string get(std::string_view id) {
  return R"({"Get":{"TableName":"widgets","Key":{"id":{"S":")" + std::string(id) + R"("}}}})";
}
std::string transact(const std::vector<std::string>& members, const std::string& more = "") {
  std::string list;
  for (const std::string& member : members) list += (list.empty() ? "" : ",") + member;
  return R"({"TransactItems":[)" + list + "]" + more + "}";
}
std::string single_put(std::string_view id) {
  return R"({"TableName":"widgets","Item":{"id":{"S":")" + std::string(id) + R"("}}})";
}

// "None, TransactionConflict": the codes of the reasons; "" when the call worked.
std::string reasons(Emulator& emulator, std::string_view operation, const std::string& body) {
  const auto reply = emulator.call(operation, body);
  if (reply.status == 200) return "";
  const json::object parsed = json::parse(reply.body).as_object();
  const auto* list = parsed.if_contains("CancellationReasons");
  if (list == nullptr) return reply.body;
  std::string codes;
  for (const auto& reason : list->as_array()) {
    codes += (codes.empty() ? "" : ", ") + std::string(reason.at("Code").as_string());
  }
  return codes;
}

// Until the transaction under way, which has no status yet, holds the item.
void wait_until_locked(Emulator& emulator, std::string_view id, const std::atomic<int>& status) {
  while (status == 0 && emulator.call("PutItem", single_put(id)).status == 200) std::this_thread::yield();
  REQUIRE(status == 0);
}

}  // namespace

TEST_CASE("A forced failed condition is the reason of the members that have one, with the true item when asked for") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "a");
  set_fault(emulator, R"({"when":{"operation":"TransactWriteItems"},"effect":{"conditionalCheckFailure":{}}})");
  const std::string body = transact(
      {put("b"),
       put("a",
           R"json(,"ConditionExpression":"attribute_exists(id)","ReturnValuesOnConditionCheckFailure":"ALL_OLD")json")});
  const auto reply = emulator.call("TransactWriteItems", body);
  CHECK(reply.status == 400);
  CHECK(reply.body.find(R"("Code":"ConditionalCheckFailed","Item":{"id":{"S":"a"},"version":{"N":"1"}})") !=
        std::string::npos);
  CHECK_FALSE(has_widget(emulator, "b"));
  clear_faults(emulator);
  CHECK(reasons(emulator, "TransactWriteItems", body).empty());
}

TEST_CASE("transactionConflict and transactionCancel answer with reasons in their places") {
  Emulator emulator;
  create_widgets(emulator);
  set_fault(
      emulator,
      R"({"when":{"operation":"transaction","key":{"id":"b"}},"schedule":{"times":2},"effect":{"transactionConflict":{}}})");
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("a"), put("b")})) == "None, TransactionConflict");
  CHECK(reasons(emulator, "TransactGetItems", transact({get("b"), get("a")})) == "TransactionConflict, None");
  set_fault(
      emulator,
      R"({"when":{"operation":"transaction"},"schedule":{"times":1},"effect":{"transactionCancel":{"reasons":["None","ThrottlingError"]}}})");
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("a"), put("b"), put("c")})) ==
        "None, ThrottlingError, None");
  CHECK_FALSE(has_widget(emulator, "a"));
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("a"), put("b"), put("c")})).empty());
}

TEST_CASE("transactionConflict is the error of the statements of a batch that it concerns; the others are done") {
  Emulator emulator;
  create_widgets(emulator);
  const std::string insert = R"({"Statement":"INSERT INTO widgets VALUE {'id':'a'}"},)"
                             R"({"Statement":"INSERT INTO widgets VALUE {'id':'b'}"})";
  set_fault(emulator, R"({"name":"r","when":{"key":{"id":"b"}},"effect":{"transactionConflict":{}}})");
  const auto reply = emulator.ok("BatchExecuteStatement", R"({"Statements":[)" + insert + "]}");
  const auto& responses = reply.at("Responses").as_array();
  CHECK_FALSE(responses[0].as_object().contains("Error"));
  CHECK(responses[1].at("Error").at("Code") == "TransactionConflict");
  CHECK(has_widget(emulator, "a"));
  CHECK_FALSE(has_widget(emulator, "b"));
  const json::object entry = last_entry(emulator, "BatchExecuteStatement");
  CHECK(entry.at("faults") == json::array{"r"});
  CHECK(entry.at("applied") == "partial");
  // Statements that read meet no conflict.
  (void)emulator.ok("BatchExecuteStatement",
                    R"({"Statements":[{"Statement":"SELECT * FROM widgets WHERE id = 'b'"}]})");
  CHECK(last_entry(emulator, "BatchExecuteStatement").at("faults").as_array().empty());
}

TEST_CASE("A rival commits just before: the transaction's condition fails by itself") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "a", 1);
  set_fault(
      emulator,
      R"({"when":{"operation":"TransactWriteItems","key":{"id":"a"}},"schedule":{"times":1},"effect":{"contend":{"touch":"version"}}})");
  const std::string body = transact(
      {put("b"), put("a", R"(,"ConditionExpression":"version = :v","ExpressionAttributeValues":{":v":{"N":"1"}})")});
  CHECK(reasons(emulator, "TransactWriteItems", body) == "None, ConditionalCheckFailed");
  const auto item = emulator.ok("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"a"}}})");
  CHECK(item.at("Item").at("version").at("N") == "2");
}

TEST_CASE("Enforced capacity: double for all, or cancelled with the reasons of those who lack it; nothing is taken") {
  Emulator emulator;
  create_widgets(emulator, R"("ProvisionedThroughput":{"ReadCapacityUnits":4,"WriteCapacityUnits":4})");
  simulate(emulator, R"({"capacity":{"mode":"enforce","burst":"1s","partitions":false}})");
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("a"), put("b"), put("c")})) ==
        "None, None, ProvisionedThroughputExceeded");
  CHECK_FALSE(has_widget(emulator, "a"));
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"1s"})");
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("a"), put("b")})).empty());
  CHECK(reasons(emulator, "TransactGetItems", transact({get("a"), get("b"), get("c")})) ==
        "None, None, ProvisionedThroughputExceeded");
  CHECK(reasons(emulator, "TransactGetItems", transact({get("a"), get("b")})).empty());
}

TEST_CASE(
    "A transaction that lasts locks its keys: writes conflict, reads see what was before, all becomes visible "
    "together") {
  Emulator emulator;
  create_widgets(emulator);
  put_widget(emulator, "old");
  simulate(emulator, R"({"transactions":{"hold":"400ms"}})");
  const std::string body = transact({put("a"), put("old")}, R"(,"ClientRequestToken":"t")");
  std::atomic<int> status = 0;
  std::jthread slow([&] { status = emulator.call("TransactWriteItems", body).status; });
  wait_until_locked(emulator, "old", status);
  CHECK(emulator.refused("PutItem", single_put("a")).starts_with("TransactionConflictException: "));
  CHECK(emulator.refused("UpdateItem", R"({"TableName":"widgets","Key":{"id":{"S":"old"}}})")
            .starts_with("TransactionConflictException: "));
  CHECK(reasons(emulator, "TransactWriteItems", transact({put("x"), put("old")})) == "None, TransactionConflict");
  CHECK(reasons(emulator, "TransactGetItems", transact({get("a"), get("x")})) == "TransactionConflict, None");
  CHECK(emulator.refused("TransactWriteItems", body).starts_with("TransactionInProgressException: "));
  const auto batch = emulator.ok(
      "BatchWriteItem",
      R"({"RequestItems":{"widgets":[{"DeleteRequest":{"Key":{"id":{"S":"old"}}}},{"PutRequest":{"Item":{"id":{"S":"free"}}}}]}})");
  CHECK(batch.at("UnprocessedItems").at("widgets").as_array().size() == 1);
  CHECK(has_widget(emulator, "free"));
  CHECK_FALSE(has_widget(emulator, "a"));
  slow.join();
  CHECK(status == 200);
  CHECK(has_widget(emulator, "a"));
  CHECK(reasons(emulator, "TransactWriteItems", body).empty());  // a replay: answered at once
  CHECK(emulator.call("PutItem", single_put("a")).status == 200);
}

TEST_CASE("A transaction whose table goes while it lasts ends in an error, and its locks are gone") {
  Emulator emulator;
  create_widgets(emulator);
  simulate(emulator, R"({"transactions":{"hold":"300ms"}})");
  std::atomic<int> status = 0;
  std::jthread slow([&] { status = emulator.call("TransactWriteItems", transact({put("a")})).status; });
  while (emulator.call("PutItem", single_put("a")).status == 200) {}
  emulator.ok("DeleteTable", R"({"TableName":"widgets"})");
  slow.join();
  CHECK(status == 400);
  create_widgets(emulator);
  CHECK(emulator.call("PutItem", single_put("a")).status == 200);
}

TEST_CASE("A reset while a transaction lasts: it is cancelled and writes nothing") {
  Emulator emulator;
  create_widgets(emulator);
  simulate(emulator, R"({"transactions":{"hold":"300ms"}})");
  std::string codes;
  std::jthread slow([&] { codes = reasons(emulator, "TransactWriteItems", transact({put("a")})); });
  while (emulator.call("PutItem", single_put("a")).status == 200) {}
  emulator.control_ok("POST", "/_fickle/reset", R"({"to":"empty"})");
  create_widgets(emulator);
  slow.join();
  CHECK(codes == "TransactionConflict");
  CHECK_FALSE(has_widget(emulator, "a"));
}

TEST_CASE("More than 4 MB of request is too much for a transaction; what is stored does not count") {
  Emulator emulator;
  create_widgets(emulator);
  const std::string large(390'000, 'y');
  std::vector<std::string> puts;
  std::vector<std::string> deletes;
  for (int i = 0; i < 11; ++i) {
    puts.push_back(R"({"Put":{"TableName":"widgets","Item":{"id":{"S":")" + std::to_string(i) + R"("},"b":{"S":")" +
                   large + R"("}}}})");
    deletes.push_back(R"({"Delete":{"TableName":"widgets","Key":{"id":{"S":")" + std::to_string(i) + R"("}}}})");
  }
  CHECK(emulator.refused("TransactWriteItems", transact(puts)) ==
        "ValidationException: Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size "
        "cannot "
        "exceed 4MB. Payload Size: 4290045");
  puts.pop_back();
  CHECK(reasons(emulator, "TransactWriteItems", transact(puts)).empty());
  CHECK(reasons(emulator, "TransactWriteItems", transact(deletes)).empty());
}
