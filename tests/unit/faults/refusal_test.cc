// Rules that are refused: by their shape first, then because they cannot happen; each with the pointer of the member to blame.
#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

struct Case {
  const char* rule;
  const char* pointer;
};

void check_all(std::span<const Case> cases) {
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    const ControlError error = refused(c.rule);
    CHECK(error.pointer == c.pointer);
    CHECK(error.status == 400);
    CHECK_FALSE(error.detail.empty());
    CHECK_FALSE(error.title.empty());
  }
}

TEST_CASE("The shape of a rule is checked member by member") {
  const Case cases[] = {
      {R"("throttle")", ""},
      {R"({})", "/effect"},
      {R"({"effect":{}})", "/effect"},
      {R"({"effect":"throttle"})", "/effect"},
      {R"({"effect":{"throtle":{}}})", "/effect/throtle"},
      {R"({"effect":{"throttle":{},"latency":"1s"}})", "/effect/latency"},
      {R"({"schedual":{},"effect":{"throttle":{}}})", "/schedual"},
      {R"({"name":"","effect":{"throttle":{}}})", "/name"},
      {R"({"name":"a b","effect":{"throttle":{}}})", "/name"},
      {R"({"name":7,"effect":{"throttle":{}}})", "/name"},
      {R"({"enabled":"no","effect":{"throttle":{}}})", "/enabled"},
      {R"({"at":"after","effect":{"throttle":{}}})", "/at"},
      {R"({"preset":"lost-akc"})", "/preset"},
      {R"({"effect":{"throttle":{"kind":"provisionned"}}})", "/effect/throttle/kind"},
      {R"({"effect":{"throttle":{"retryAfter":5}}})", "/effect/throttle/retryAfter"},
      {R"({"effect":{"throttle":{"type":"account"}}})", "/effect/throttle/type"},
      {R"({"effect":{"error":{}}})", "/effect/error/code"},
      {R"({"effect":{"error":{"code":"Nonsense"}}})", "/effect/error/status"},
      {R"({"effect":{"error":{"code":"InternalServerError","status":200}}})", "/effect/error/status"},
      {R"({"effect":{"error":{"code":"InternalServerError","headers":{"a b":"c"}}}})", "/effect/error/headers/a b"},
      {R"({"effect":{"error":{"code":"InternalServerError","headers":{"a":"b\r\nc: d"}}}})", "/effect/error/headers/a"},
      {R"({"effect":{"error":{"code":"InternalServerError","members":[]}}})", "/effect/error/members"},
      {R"({"effect":{"conditionalCheckFailure":{"item":1}}})", "/effect/conditionalCheckFailure/item"},
      {R"({"effect":{"contend":{}}})", "/effect/contend"},
      {R"({"effect":{"contend":{"touch":"a","put":{}}}})", "/effect/contend/put"},
      {R"({"effect":{"contend":{"put":{"Bad":1}}}})", "/effect/contend/put"},
      {R"({"effect":{"contend":{"touch":""}}})", "/effect/contend/touch"},
      {R"({"effect":{"transactionCancel":{}}})", "/effect/transactionCancel/reasons"},
      {R"({"effect":{"transactionCancel":{"reasons":["None","Tired"]}}})", "/effect/transactionCancel/reasons/1"},
      {R"({"effect":{"transactionCancel":{"reasons":["None"]}}})", "/effect/transactionCancel/reasons"},
      {R"({"effect":{"transactionInProgress":{"for":-1}}})", "/effect/transactionInProgress/for"},
      {R"({"effect":{"partialBatch":{"unprocessed":1.5}}})", "/effect/partialBatch/unprocessed"},
      {R"({"effect":{"partialBatch":{"unprocessed":0}}})", "/effect/partialBatch/unprocessed"},
      {R"({"effect":{"partialBatch":{"unprocessed":"some"}}})", "/effect/partialBatch/unprocessed"},
      {R"({"effect":{"partialBatch":{"unprocessed":[1,-1]}}})", "/effect/partialBatch/unprocessed/1"},
      {R"({"effect":{"staleRead":{"lag":"1s","versions":1}}})", "/effect/staleRead/versions"},
      {R"({"effect":{"staleRead":{"versions":0}}})", "/effect/staleRead/versions"},
      {R"({"effect":{"shortPage":{"maxItems":-1}}})", "/effect/shortPage/maxItems"},
      {R"({"effect":{"latency":{}}})", "/effect/latency"},
      {R"({"effect":{"latency":5}})", "/effect/latency"},
      {R"({"effect":{"latency":{"uniform":["2s","1s"]}}})", "/effect/latency/uniform/1"},
      {R"({"effect":{"latency":{"normal":{"mean":"2s"}}}})", "/effect/latency/normal/stddev"},
      {R"({"effect":{"hold":{"atMost":"soon"}}})", "/effect/hold/atMost"},
      {R"({"effect":{"connection":"rest"}})", "/effect/connection"},
      {R"({"effect":{"connection":"truncate"}})", "/effect/connection"},
      {R"({"effect":{"connection":{"truncate":-1}}})", "/effect/connection/truncate"},
      {R"({"effect":{"connection":{"drip":0}}})", "/effect/connection/drip"},
      {R"({"effect":{"connection":{"reset":{},"for":"1s"}}})", "/effect/connection/for"},
      {R"({"effect":{"http":{"status":99}}})", "/effect/http/status"},
      {R"({"effect":{"http":{"headers":{"Content-Length":"3"}}}})", "/effect/http/headers/Content-Length"},
      {R"({"effect":{"clockSkew":"0"}})", "/effect/clockSkew"},
      {R"({"effect":{"clockSkew":{"by":"1h"}}})", "/effect/clockSkew"},
      {R"({"effect":{"expireIterator":{"now":true}}})", "/effect/expireIterator/now"},
      {R"([{"effect":{"throttle":{}}},{"effect":{"trottle":{}}}])", "/1/effect/trottle"},
      {R"({"faults":[{"effect":{"throttle":{}}},{"when":{"tabel":"a"},"effect":{"throttle":{}}}]})",
       "/faults/1/when/tabel"},
  };
  check_all(cases);
}

TEST_CASE("A rule that no admitted operation can show is refused") {
  const Case cases[] = {
      {R"({"when":{"operation":"GetItem"},"effect":{"conditionalCheckFailure":{}}})",
       "/effect/conditionalCheckFailure"},
      {R"({"when":{"conditional":false},"effect":{"conditionalCheckFailure":{}}})", "/effect/conditionalCheckFailure"},
      {R"({"when":{"operation":"GetItem"},"effect":{"error":{"code":"ConditionalCheckFailedException"}}})",
       "/effect/error/code"},
      {R"({"when":{"operation":"ListTables"},"effect":{"throttle":{}}})", "/effect/throttle"},
      {R"({"when":{"operation":"PutItem"},"effect":{"partialBatch":{}}})", "/effect/partialBatch"},
      {R"({"when":{"operation":"write"},"effect":{"staleRead":{"versions":1}}})", "/effect/staleRead"},
      {R"({"when":{"consistentRead":true},"effect":{"staleRead":{"versions":1}}})", "/effect/staleRead"},
      {R"({"when":{"operation":"GetItem"},"effect":{"shortPage":{}}})", "/effect/shortPage"},
      {R"({"when":{"operation":"PutItem"},"effect":{"transactionCancel":{"reasons":"TransactionConflict"}}})",
       "/effect/transactionCancel"},
      {R"({"when":{"operation":"GetItem"},"effect":{"transactionConflict":{}}})", "/effect/transactionConflict"},
      {R"({"when":{"operation":"TransactGetItems"},"effect":{"transactionInProgress":{}}})",
       "/effect/transactionInProgress"},
      {R"({"when":{"operation":"GetItem"},"effect":{"expireIterator":{}}})", "/effect/expireIterator"},
      {R"({"when":{"operation":"query"},"effect":{"trimStream":{}}})", "/effect/trimStream"},
      {R"({"when":{"operation":"control"},"effect":{"contend":{"touch":"n"}}})", "/effect/contend"},
      {R"({"when":{"operation":"PutItem","index":"by-owner"},"effect":{"latency":"1s"}})", "/when"},
      {R"({"effect":{"error":{"code":"ResourceInUseException"}},"at":"afterCommit"})", "/at"},
      {R"({"effect":{"throttle":{}},"at":"afterCommit"})", "/at"},
      {R"({"effect":{"staleRead":{}},"at":"afterCommit"})", "/at"},
      {R"({"effect":{"clockSkew":"1h"},"at":"afterCommit"})", "/at"},
      {R"([{"effect":{"throttle":{}}},{"when":{"operation":"Scan"},"effect":{"partialBatch":{}}}])",
       "/1/effect/partialBatch"},
  };
  check_all(cases);
}

TEST_CASE("force overrides what is impossible, not what is malformed") {
  World world;
  world.set(
      R"([{"when":{"operation":"GetItem"},"effect":{"error":{"code":"ConditionalCheckFailedException"}},"force":true},
                {"effect":{"throttle":{}},"at":"afterCommit","force":true}])");
  CHECK(world.plan(request("GetItem")).refuse->error.code().name == "ConditionalCheckFailedException");
  CHECK(world.plan(request("ListTables", "")).disown->error.code().name == "ProvisionedThroughputExceededException");
  CHECK(refused(R"({"effect":{"throttle":{"kind":"x"}},"force":true})").pointer == "/effect/throttle/kind");
  CHECK(refused(R"({"effect":{"staleRead":{}},"at":"afterCommit","force":true})").pointer == "/at");
}

TEST_CASE("Shape errors anywhere come before impossibility") {
  CHECK(refused(R"([{"when":{"operation":"Scan"},"effect":{"partialBatch":{}}},{"efect":{}}])").pointer == "/1/efect");
}

TEST_CASE("Codes of the framework may hit any operation") {
  for (const char* code : {"InternalServerError", "ServiceUnavailable", "ThrottlingException", "RequestLimitExceeded",
                           "AccessDeniedException", "UnrecognizedClientException", "ValidationException"}) {
    CAPTURE(code);
    World world;
    world.set(R"({"when":{"operation":"ListTables"},"effect":{"error":{"code":")" + std::string(code) + R"("}}})");
    CHECK(world.plan(request("ListTables", "")).refuse->error.code().name == code);
  }
}

TEST_CASE("A taken name is a conflict, and nothing of the array is added") {
  World world;
  world.set(R"({"name":"a","effect":{"latency":"1s"}})");
  try {
    world.set(R"([{"effect":{"latency":"1s"}},{"name":"a","effect":{"latency":"1s"}}])");
    FAIL("taken");
  } catch (const ControlError& error) {
    CHECK(error.status == 409);
    CHECK(error.pointer == "/1/name");
  }
  CHECK(world.engine.rules("default")->show().size() == 1);
  CHECK_THROWS_AS(world.set(R"([{"name":"b","effect":{"latency":"1s"}},{"name":"b","effect":{"latency":"1s"}}])"),
                  ControlError);
}

}  // namespace
}  // namespace fickle::test
