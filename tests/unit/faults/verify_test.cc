// requests/verify: counts, backoff and near misses.
#include "faults/verify.hh"

#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

JournalEntry entry(std::string_view operation, std::string_view table, int attempt, std::int64_t arrived_ms,
                   std::string_view invocation = "i1") {
  const Request made = request(operation, table);
  JournalEntry one;
  one.operation = operation;
  one.groups = made.prepared.groups;
  one.touches = made.prepared.touches;
  one.attempt = attempt;
  one.headers.add("amz-sdk-invocation-id", invocation);
  one.arrived = Instant(std::chrono::milliseconds(arrived_ms));
  return one;
}

Verdict judge(std::string_view expectation, const std::vector<JournalEntry>& entries) {
  const FakeOperations operations;
  const json::value document = parse(expectation);
  return verify(parse_expectation({document, ""}, operations), entries);
}

TEST_CASE("Attempts count as requests") {
  const std::vector<JournalEntry> entries{entry("PutItem", "orders", 1, 0), entry("PutItem", "orders", 2, 30),
                                          entry("GetItem", "orders", 1, 90, "i2")};
  struct Case {
    const char* expectation;
    bool verified;
  };
  const Case cases[] = {
      {R"({"when":{"operation":"PutItem"},"count":{"exactly":2}})", true},
      {R"({"when":{"operation":"PutItem"},"count":{"exactly":1}})", false},
      {R"({"when":{"operation":"PutItem"},"count":2})", true},
      {R"({"count":{"atLeast":3}})", true},
      {R"({"count":{"atLeast":1,"atMost":2}})", false},
      {R"({"when":{"table":"users"},"count":{"exactly":0}})", true},
      {R"({"when":{"operation":"GetItem"}})", true},
      {R"({"when":{"operation":"DeleteItem"}})", false},
      {R"({"when":{"operation":"PutItem"},"backoff":{"atLeast":"30ms"}})", true},
      {R"({"when":{"operation":"PutItem"},"backoff":{"atLeast":"31ms"}})", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.expectation);
    CHECK(judge(c.expectation, entries).verified == c.verified);
  }
}

TEST_CASE("Backoff is judged within one invocation") {
  std::vector<JournalEntry> entries{entry("PutItem", "orders", 1, 0), entry("PutItem", "orders", 2, 50),
                                    entry("PutItem", "orders", 3, 150), entry("PutItem", "orders", 1, 151, "i2")};
  CHECK(judge(R"({"backoff":{"atLeast":"50ms","nonDecreasing":true}})", entries).verified);
  entries.push_back(entry("PutItem", "orders", 4, 200));
  CHECK_FALSE(judge(R"({"backoff":{"nonDecreasing":true}})", entries).verified);
}

TEST_CASE("What is not verified shows what was found and what came nearest") {
  const std::vector<JournalEntry> entries{entry("GetItem", "users", 1, 0), entry("PutItem", "users", 1, 0)};
  const Verdict verdict = judge(R"({"when":{"operation":"PutItem","table":"orders"},"count":{"exactly":1}})", entries);
  CHECK_FALSE(verdict.verified);
  CHECK(verdict.body.at("count").to_number<int>() == 0);
  CHECK(verdict.body.at("detail") == "expected exactly 1 matching requests, found 0");
  const json::array& nearest = verdict.body.at("nearest").get_array();
  CHECK(nearest[0].at("operation") == "PutItem");
  CHECK(nearest[0].at("misses").get_array()[0] == "table is users, not orders");
}

TEST_CASE("A bad expectation is named by its pointer") {
  struct Case {
    const char* text;
    const char* pointer;
  };
  const Case cases[] = {
      {R"({"wen":{}})", "/wen"},
      {R"({"count":{"exact":1}})", "/count/exact"},
      {R"({"count":{"exactly":-1}})", "/count/exactly"},
      {R"({"backoff":{"atLeast":25}})", "/backoff/atLeast"},
      {R"({"when":{"operation":"Nope"}})", "/when/operation"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    try {
      (void)judge(c.text, {});
      FAIL("taken");
    } catch (const ControlError& error) {
      CHECK(error.pointer == c.pointer);
    }
  }
}

}  // namespace
}  // namespace fickle::test
