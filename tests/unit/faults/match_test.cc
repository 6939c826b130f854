// Which requests a rule's `when` means.
#include "faults/match.hh"

#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

Matcher matcher(std::string_view text) {
  const FakeOperations operations;
  const json::value document = parse(text);
  return Matcher::parse({document, "/when"}, operations);
}

bool matches(std::string_view when, const Request& request, std::string_view marker = "") {
  return matcher(when).match(subject_of(request.call, request.prepared, marker)).has_value();
}

TEST_CASE("An absent condition holds for everything") {
  CHECK(matches("{}", request("GetItem")));
  CHECK(matches("{}", request("ListTables", "")));
}

TEST_CASE("Operations are named one by one, in lists and by group") {
  struct Case {
    const char* when;
    const char* operation;
    bool holds;
  };
  const Case cases[] = {
      {R"({"operation":"PutItem"})", "PutItem", true},
      {R"({"operation":"PutItem"})", "GetItem", false},
      {R"({"operation":["PutItem","GetItem"]})", "GetItem", true},
      {R"({"operation":"*"})", "ListTables", true},
      {R"({"operation":"read"})", "TransactGetItems", true},
      {R"({"operation":"read"})", "PutItem", false},
      {R"({"operation":"write"})", "BatchWriteItem", true},
      {R"({"operation":"write"})", "Query", false},
      {R"({"operation":"batch"})", "BatchGetItem", true},
      {R"({"operation":"transaction"})", "TransactWriteItems", true},
      {R"({"operation":"transaction"})", "BatchWriteItem", false},
      {R"({"operation":"query"})", "Scan", true},
      {R"({"operation":"query"})", "GetItem", false},
      {R"({"operation":"control"})", "ListTables", true},
      {R"({"operation":"stream"})", "GetRecords", true},
      {R"({"operation":"partiql"})", "ExecuteStatement", true},
      {R"({"operation":["control","Query"]})", "Query", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.when, c.operation);
    CHECK(matches(c.when, request(c.operation)) == c.holds);
  }
}

TEST_CASE("A PartiQL statement counts as the read or write that it is") {
  Request statement = request("ExecuteStatement");
  statement.prepared.groups |= static_cast<unsigned>(Group::write);
  CHECK(matches(R"({"operation":"write"})", statement));
  CHECK_FALSE(matches(R"({"operation":"read"})", statement));
}

TEST_CASE("Tables and indexes are globs") {
  CHECK(matches(R"({"table":"orders"})", request("GetItem", "orders")));
  CHECK(matches(R"({"table":"orders-*"})", request("GetItem", "orders-eu")));
  CHECK_FALSE(matches(R"({"table":"orders-*"})", request("GetItem", "orders")));
  CHECK_FALSE(matches(R"({"table":"orders"})", request("ListTables", "")));
  Request query = request("Query");
  CHECK_FALSE(matches(R"({"index":"*"})", query));
  query.prepared.touches[0].index = "by-owner";
  CHECK(matches(R"({"index":"by-*"})", query));
  CHECK_FALSE(matches(R"({"index":"by-date"})", query));
}

TEST_CASE("Keys are compared with what the request carries, plain, typed or by prefix") {
  const Request put =
      request("PutItem", "orders", R"({"pk":{"S":"user#42"},"n":{"N":"7.0"},"ok":{"BOOL":true},"b":{"B":"aGk="}})");
  CHECK(matches(R"({"key":{"pk":"user#42"}})", put));
  CHECK(matches(R"({"key":{"pk":{"S":"user#42"}}})", put));
  CHECK(matches(R"({"key":{"pk":{"prefix":"user#"}}})", put));
  CHECK(matches(R"({"key":{"n":7}})", put));
  CHECK(matches(R"({"key":{"n":{"N":"7"}}})", put));
  CHECK(matches(R"({"key":{"ok":true}})", put));
  CHECK(matches(R"({"key":{"b":{"B":"aGk="}}})", put));
  CHECK(matches(R"({"key":{"b":{"prefix":{"B":"aA=="}}}})", put));
  CHECK(matches(R"({"key":{"pk":"user#42","n":7}})", put));
  CHECK_FALSE(matches(R"({"key":{"pk":"user#42","n":8}})", put));
  CHECK_FALSE(matches(R"({"key":{"n":"7"}})", put));
  CHECK_FALSE(matches(R"({"key":{"pk":{"prefix":"admin#"}}})", put));
  CHECK_FALSE(matches(R"({"key":{"sk":"a"}})", put));
  CHECK_FALSE(matches(R"({"key":{"pk":"user#42"}})", request("Scan", "orders", "")));
}

TEST_CASE("In a batch the conditions hold for the members for which they all hold") {
  const Request writes = batch("BatchWriteItem", {"a", "b", "a2"});
  const auto positions =
      matcher(R"({"key":{"pk":{"prefix":"a"}},"table":"orders"})").match(subject_of(writes.call, writes.prepared, ""));
  REQUIRE(positions);
  CHECK(*positions == std::vector<std::size_t>{0, 2});
  CHECK_FALSE(matches(R"({"key":{"pk":"a"},"table":"users"})", writes));
}

TEST_CASE("consistentRead and conditional ask for what the request says") {
  Request get = request("GetItem");
  CHECK_FALSE(matches(R"({"consistentRead":false})", get));  // it has no such parameter here
  get.prepared.consistent_read = false;
  CHECK(matches(R"({"consistentRead":false})", get));
  CHECK_FALSE(matches(R"({"consistentRead":true})", get));
  Request put = request("PutItem");
  CHECK(matches(R"({"conditional":false})", put));
  CHECK_FALSE(matches(R"({"conditional":true})", put));
  put.prepared.touches[0].conditional = true;
  CHECK(matches(R"({"conditional":true})", put));
  CHECK_FALSE(matches(R"({"conditional":false})", put));
  CHECK(matches(R"({"conditional":false})", request("ListTables", "")));
}

TEST_CASE("attempt, accessKey, userAgent, header and marker look at the call") {
  Request call = request("GetItem");
  CHECK(matches(R"({"attempt":1})", call));  // a client that does not count is on its first attempt
  call.call.attempt = 2;
  CHECK(matches(R"({"attempt":2})", call));
  CHECK_FALSE(matches(R"({"attempt":1})", call));
  CHECK(matches(R"({"accessKey":"worker-*"})", call));
  CHECK_FALSE(matches(R"({"accessKey":"worker-8"})", call));
  CHECK(matches(R"({"userAgent":"*js*"})", call));
  CHECK_FALSE(matches(R"({"userAgent":"Boto3*"})", call));
  CHECK_FALSE(matches(R"({"header":{"X-Test":"*"}})", call));
  call.call.headers.add("x-test", "checkout");
  CHECK(matches(R"({"header":{"X-Test":"check*"}})", call));
  CHECK_FALSE(matches(R"({"header":{"X-Test":"pay*"}})", call));
  CHECK(matches(R"({"marker":"test_*"})", call, "test_checkout"));
  CHECK_FALSE(matches(R"({"marker":"test_*"})", call));
}

TEST_CASE("An entry of the journal is judged like the request it came from") {
  JournalEntry entry;
  entry.operation = "PutItem";
  entry.groups = static_cast<unsigned>(Group::write);
  entry.touches = request("PutItem", "orders", R"({"pk":{"S":"user#42"}})").prepared.touches;
  entry.attempt = 2;
  entry.headers = {{"x-test", "checkout"}};
  const auto holds = [&entry](std::string_view when) { return matcher(when).match(subject_of(entry)).has_value(); };
  CHECK(holds(
      R"({"operation":"write","table":"ord*","key":{"pk":"user#42"},"attempt":2,"header":{"x-test":"checkout"}})"));
  CHECK_FALSE(holds(R"({"operation":"read"})"));
  CHECK_FALSE(holds(R"({"key":{"pk":"user#43"}})"));
}

TEST_CASE("Mismatches say which conditions do not hold") {
  const Request put = request("PutItem", "users");
  const auto why = matcher(R"({"operation":"GetItem","table":"orders","key":{"pk":"user#1"}})")
                       .mismatches(subject_of(put.call, put.prepared, ""));
  CHECK(why == std::vector<std::string>{"operation is PutItem", "table is users, not orders"});
}

TEST_CASE("A bad condition is named by its pointer") {
  struct Case {
    const char* when;
    const char* pointer;
  };
  const Case cases[] = {
      {R"({"operation":"PutItems"})", "/when/operation"},
      {R"({"operation":["PutItem","putitem"]})", "/when/operation/1"},
      {R"({"operation":[]})", "/when/operation"},
      {R"({"operation":3})", "/when/operation"},
      {R"({"table":""})", "/when/table"},
      {R"({"table":["a"]})", "/when/table"},
      {R"({"tables":"a"})", "/when/tables"},
      {R"({"key":"a"})", "/when/key"},
      {R"({"key":{}})", "/when/key"},
      {R"({"key":{"pk":["a"]}})", "/when/key/pk"},
      {R"({"key":{"a/b":{"X":"a"}}})", "/when/key/a~1b"},
      {R"({"key":{"pk":{"prefix":3}}})", "/when/key/pk/prefix"},
      {R"({"consistentRead":"yes"})", "/when/consistentRead"},
      {R"({"attempt":0})", "/when/attempt"},
      {R"({"attempt":1.5})", "/when/attempt"},
      {R"({"header":{"x":1}})", "/when/header/x"},
      {R"(["PutItem"])", "/when"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.when);
    try {
      (void)matcher(c.when);
      FAIL("taken");
    } catch (const ControlError& error) {
      CHECK(error.pointer == c.pointer);
      CHECK(error.status == 400);
      CHECK_FALSE(error.detail.empty());
    }
  }
}

}  // namespace
}  // namespace fickle::test
