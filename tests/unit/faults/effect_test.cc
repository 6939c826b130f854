// What each effect puts into the plan.
#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

// The plan of one request under one rule.
FaultPlan plan(std::string_view effect, const Request& request, std::string_view more = "") {
  World world;
  world.set(R"({"name":"r","effect":)" + std::string(effect) + std::string(more) + "}");
  return world.plan(request);
}

TEST_CASE("error composes the code's own answer") {
  const FaultPlan known = plan(R"({"error":{"code":"TransactionInProgressException"}})", request("TransactWriteItems"));
  REQUIRE(known.refuse);
  CHECK(known.refuse->error.body().find(R"("Message":)") != std::string::npos);
  CHECK(known.refuse->error.body().find("com.amazonaws.dynamodb.v20120810#TransactionInProgressException") !=
        std::string::npos);
  const FaultPlan own = plan(
      R"({"error":{"code":"Teapot","status":418,"message":"short and stout","headers":{"x-tea":"green"},"members":{"a":1}}})",
      request("GetItem"));
  REQUIRE(own.refuse);
  CHECK(own.refuse->error.body() ==
        R"({"__type":"com.amazonaws.dynamodb.v20120810#Teapot","message":"short and stout"})");
  CHECK(own.refuse->status == 418);
  CHECK(own.refuse->members == json::object{{"a", 1}});
  CHECK(own.refuse->headers[0].name == "x-tea");
}

TEST_CASE("error after the commit disowns what was done") {
  const FaultPlan made =
      plan(R"({"error":{"code":"InternalServerError"}})", request("PutItem"), R"(,"at":"afterCommit")");
  CHECK_FALSE(made.refuse);
  REQUIRE(made.disown);
  CHECK(made.disown->error.code().status == 500);
}

TEST_CASE("throttle names reason, resource and the member's case by kind") {
  struct Case {
    const char* kind;
    const char* code;
    const char* member;
  };
  const Case cases[] = {
      {"provisioned", "ProvisionedThroughputExceededException",
       R"("ThrottlingReasons":[{"reason":"TableWriteProvisionedThroughputExceeded")"},
      {"key-range", "ProvisionedThroughputExceededException",
       R"("ThrottlingReasons":[{"reason":"TableWriteKeyRangeThroughputExceeded")"},
      {"on-demand", "ThrottlingException", R"("throttlingReasons":[{"reason":"TableWriteKeyRangeThroughputExceeded")"},
      {"on-demand-max", "ThrottlingException",
       R"("throttlingReasons":[{"reason":"TableWriteMaxOnDemandThroughputExceeded")"},
      {"account", "RequestLimitExceeded", R"("ThrottlingReasons":[{"reason":"TableWriteAccountLimitExceeded")"},
      {"request-limit", "RequestLimitExceeded", R"("ThrottlingReasons":[{"reason":"TableWriteAccountLimitExceeded")"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.kind);
    const FaultPlan made = plan(R"({"throttle":{"kind":")" + std::string(c.kind) + R"("}})", request("PutItem"));
    REQUIRE(made.refuse);
    CHECK(made.refuse->error.code().name == c.code);
    CHECK(made.refuse->error.body().find(c.member) != std::string::npos);
    CHECK(made.refuse->error.body().find(R"("resource":"arn:aws:dynamodb:us-east-1:000000000000:table/orders")") !=
          std::string::npos);
  }
}

TEST_CASE("throttle tells of the index that a query reads") {
  Request query = request("Query");
  query.prepared.touches[0].index = "by-owner";
  const std::string body = plan(R"({"throttle":{}})", query).refuse->error.body();
  CHECK(body.find("IndexReadProvisionedThroughputExceeded") != std::string::npos);
  CHECK(body.find("table/orders/index/by-owner") != std::string::npos);
  CHECK(body.find("global secondary indexes") != std::string::npos);
}

TEST_CASE("throttle may tell when to come back") {
  const auto headers = [](std::string_view after) {
    const FaultPlan made = plan(R"({"throttle":{"retryAfter":")" + std::string(after) + R"("}})", request("GetItem"));
    std::string text;
    for (const Header header : made.refuse->headers)
      text.append(header.name).append("=").append(header.value).append(";");
    return text;
  };
  CHECK(headers("250ms") == "x-amz-retry-after=250;");
  CHECK(headers("1500ms") == "x-amz-retry-after=1500;Retry-After=2;");
}

TEST_CASE("transactionConflict is an error of its own for a write, a reason for a transaction") {
  CHECK(plan(R"({"transactionConflict":{}})", request("PutItem")).refuse->error.code().name ==
        "TransactionConflictException");
  const FaultPlan made =
      plan(R"({"transactionConflict":{}})", batch("TransactWriteItems", {"a", "b"}), R"(,"when":{"key":{"pk":"b"}})");
  CHECK(
      made.refuse->error.body() ==
      R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"}],"Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]"})");
}

TEST_CASE("transactionConflict goes to the members of a batch of statements, and passes by who cannot meet it") {
  Request statements = batch("BatchExecuteStatement", {"a", "b"});
  for (Touch& touch : statements.prepared.touches) touch.write = true;
  const FaultPlan made = plan(R"({"transactionConflict":{}})", statements, R"(,"when":{"key":{"pk":"b"}})");
  CHECK_FALSE(made.refuse);
  CHECK(made.conditions.transaction_conflict);
  CHECK(made.conditions.members == std::vector<std::size_t>{1});
  for (Touch& touch : statements.prepared.touches) touch.write = false;
  World world;
  world.set(R"({"name":"r","effect":{"transactionConflict":{}}})");
  CHECK_FALSE(world.fires(statements));
  CHECK(world.fires(batch("TransactGetItems", {"a"})));
}

TEST_CASE("transactionCancel pads its reasons with None") {
  const auto message = [](std::string_view reasons) {
    return plan(R"({"transactionCancel":{"reasons":)" + std::string(reasons) + "}}",
                batch("TransactWriteItems", {"a", "b", "c"}))
        .refuse->error.message();
  };
  CHECK(message(R"(["None","ConditionalCheckFailed"])").ends_with("[None, ConditionalCheckFailed, None]"));
  CHECK(message(R"("ThrottlingError")").ends_with("[ThrottlingError, ThrottlingError, ThrottlingError]"));
  CHECK(message(R"([{"Code":"ValidationError","Message":"no"}])").ends_with("[ValidationError, None, None]"));
}

TEST_CASE("transactionInProgress lasts for its token, on the virtual clock") {
  World world;
  world.set(R"({"name":"r","schedule":{"times":1},"effect":{"transactionInProgress":{"for":"5s"}}})");
  Request first = request("TransactWriteItems");
  first.prepared.token = "t1";
  Request second = first;
  second.prepared.token = "t2";
  CHECK(world.fires(first));
  CHECK(world.fires(first));
  CHECK_FALSE(world.fires(second));
  world.advance(std::chrono::seconds(5));
  CHECK_FALSE(world.fires(first));
  CHECK(world.shown("r").at("remaining").to_number<int>() == 0);
}

TEST_CASE("partialBatch tells the engine how many members to leave") {
  const auto shortfall = [](std::string_view amount, std::string_view more = "") {
    return *plan(R"({"partialBatch":{"unprocessed":)" + std::string(amount) + "}}", batch("BatchWriteItem", {"a", "b"}),
                 more)
                .conditions.shortfall;
  };
  CHECK(shortfall("0.5").kind == Shortfall::Kind::fraction);
  CHECK(shortfall("1.0").kind == Shortfall::Kind::fraction);
  CHECK(shortfall("1").kind == Shortfall::Kind::count);
  CHECK(shortfall("\"all\"").kind == Shortfall::Kind::all);
  CHECK(shortfall("[1]").positions == std::vector<std::size_t>{1});
  CHECK_FALSE(shortfall("1").eligible);
  CHECK(shortfall("1", R"(,"when":{"key":{"pk":"b"}})").eligible == std::vector<std::size_t>{1});
  CHECK(shortfall("1", R"(,"force":true)").force);
}

TEST_CASE("conditionalCheckFailure, staleRead and shortPage ride into the engine") {
  CHECK_FALSE(plan(R"({"conditionalCheckFailure":{}})", request("PutItem")).conditions.conditional_check_failure);
  Request put = request("PutItem");
  put.prepared.touches[0].conditional = true;
  CHECK(plan(R"({"conditionalCheckFailure":{}})", put).conditions.conditional_check_failure);
  Request transaction = batch("TransactWriteItems", {"a", "b"});
  transaction.prepared.touches[1].conditional = true;
  const FaultPlan some = plan(R"({"conditionalCheckFailure":{}})", transaction, R"(,"when":{"key":{"pk":"b"}})");
  CHECK(some.conditions.members == std::vector<std::size_t>{1});
  CHECK(plan(R"({"staleRead":{"versions":2}})", request("GetItem")).conditions.stale_read->versions == 2);
  CHECK(plan(R"({"staleRead":{"lag":"2s"}})", request("GetItem")).conditions.stale_read->lag ==
        Duration(std::chrono::seconds(2)));
  CHECK(plan(R"({"staleRead":{}})", request("GetItem")).conditions.stale_read->versions == 1);
  CHECK(plan(R"({"shortPage":{"maxItems":0}})", request("Query")).conditions.short_page == 0);
}

TEST_CASE("staleRead passes by statements that write and reads that are consistent") {
  World world;
  world.set(R"({"name":"r","effect":{"staleRead":{}}})");
  Request statement = request("ExecuteStatement");
  statement.prepared.touches[0].write = true;
  CHECK_FALSE(world.fires(statement));
  statement.prepared.touches[0].write = false;
  CHECK(world.fires(statement));
  statement.prepared.consistent_read = true;
  CHECK_FALSE(world.fires(statement));
}

TEST_CASE("History is kept while a staleRead rule exists, parked ones included") {
  World world;
  CHECK(world.models.history_versions == 0);
  world.set(R"({"name":"old","enabled":false,"effect":{"staleRead":{"versions":3}}})");
  CHECK(world.models.history_versions == 3);
  world.set(R"({"name":"late","effect":{"staleRead":{"lag":{"uniform":["1s","4s"]}}}})");
  CHECK(world.models.history_age == std::chrono::seconds(4));
  const auto set = world.engine.rules("default");
  set->clear();
  world.engine.changed("default", world.models);
  CHECK(world.models.history_versions == 0);
  CHECK(world.models.history_age == Duration{0});
}

TEST_CASE("contend fills the rival's table and key from the request") {
  const auto rival = [](std::string_view body, const Request& request) {
    const FaultPlan made = plan(R"({"contend":)" + std::string(body) + "}", request);
    REQUIRE(made.conditions.rivals.size() == 1);
    return std::get<RivalCall>(made.conditions.rivals[0]).call->touches.at(0);
  };
  const Request put = request("PutItem", "orders", R"({"pk":{"S":"a"},"n":{"N":"1"}})");
  const Touch same = rival(R"({"put":{"Item":{"n":{"N":"9"}}}})", put);
  CHECK(same.table == "orders");
  CHECK(*same.carried == *item(R"({"pk":{"S":"a"},"n":{"N":"9"}})"));
  CHECK(*rival(R"({"update":{}})", put).carried == *item(R"({"pk":{"S":"a"}})"));
  CHECK(*rival(R"({"delete":{"Key":{"pk":{"S":"z"}}}})", put).carried == *item(R"({"pk":{"S":"z"}})"));
  CHECK(rival(R"({"put":{"TableName":"users"}})", put).table == "users");
  const FaultPlan touched = plan(R"({"contend":{"touch":"version"}})", put);
  CHECK(std::get<RivalTouch>(touched.conditions.rivals.at(0)).attribute == "version");
}

TEST_CASE("latency waits before or after the work") {
  CHECK(plan(R"({"latency":"20ms"})", request("GetItem")).delay_before == std::chrono::milliseconds(20));
  const FaultPlan after = plan(R"({"latency":"20ms"})", request("GetItem"), R"(,"at":"afterCommit")");
  CHECK(after.delay_before == Duration{0});
  CHECK(after.delay_after == std::chrono::milliseconds(20));
  const FaultPlan drawn = plan(R"({"latency":{"uniform":["10ms","20ms"]}})", request("GetItem"));
  CHECK(drawn.delay_before >= std::chrono::milliseconds(10));
  CHECK(drawn.delay_before <= std::chrono::milliseconds(20));
}

TEST_CASE("connection breaks before the work, after it, or in the answer") {
  using Kind = WirePlan::Kind;
  CHECK(plan(R"({"connection":"reset"})", request("PutItem")).wire_before->kind == Kind::reset);
  const FaultPlan after = plan(R"({"connection":"reset"})", request("PutItem"), R"(,"at":"afterCommit")");
  CHECK_FALSE(after.wire_before);
  CHECK(after.wire.kind == Kind::reset);
  const FaultPlan cut = plan(R"({"connection":{"truncate":7}})", request("PutItem"));
  CHECK_FALSE(cut.wire_before);
  CHECK(cut.wire.kind == Kind::truncate);
  CHECK(cut.wire.amount == 7);
  CHECK(plan(R"({"connection":{"drip":10}})", request("PutItem")).wire.kind == Kind::drip);
  CHECK(plan(R"({"connection":"badChecksum"})", request("PutItem")).wire.kind == Kind::bad_checksum);
  CHECK(plan(R"({"connection":"garbage"})", request("PutItem")).wire_before->kind == Kind::garbage);
  CHECK(plan(R"({"connection":"refuse"})", request("PutItem")).wire_before->duration == std::chrono::seconds(1));
  for (const char* form : {R"({"refuse":{"for":"3s"}})", R"({"refuse":{},"for":"3s"})", R"({"refuse":"3s"})"}) {
    CHECK(plan(R"({"connection":)" + std::string(form) + "}", request("PutItem")).wire_before->duration ==
          std::chrono::seconds(3));
  }
}

TEST_CASE("http answers like a proxy between") {
  const FaultPlan made =
      plan(R"({"http":{"status":502,"headers":{"Via":"proxy"},"body":"<html>"}})", request("GetItem"));
  REQUIRE(made.raw_before);
  CHECK(made.raw_before->status == 502);
  CHECK(made.raw_before->body == "<html>");
  CHECK(plan(R"({"http":{"body":{"a":1}}})", request("GetItem"), R"(,"at":"afterCommit")").raw_after->body ==
        R"({"a":1})");
}

TEST_CASE("clockSkew shifts the Date, and beyond 15 minutes judges the request's own") {
  Request get = request("GetItem");
  get.call.received = Instant(std::chrono::seconds(1'767'225'600));  // 2026-01-01
  get.call.headers.add("x-amz-date", "20260101T000000Z");
  const FaultPlan little = plan(R"({"clockSkew":"-10m"})", get);
  CHECK(little.date_skew == -std::chrono::minutes(10));
  CHECK_FALSE(little.refuse);
  const FaultPlan ahead = plan(R"({"clockSkew":"20m"})", get);
  REQUIRE(ahead.refuse);
  CHECK(ahead.refuse->error.message() ==
        "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T002000Z - 15 min.)");
  const FaultPlan behind = plan(R"({"clockSkew":"-1h"})", get);
  CHECK(behind.refuse->error.message().starts_with("Signature not yet current: "));
  get.call.headers.set("x-amz-date", "20260101T010000Z");  // the SDK has corrected itself
  CHECK_FALSE(plan(R"({"clockSkew":"1h"})", get).refuse);
}

TEST_CASE("Stream faults are the stream's own errors") {
  CHECK(plan(R"({"expireIterator":{}})", request("GetRecords")).refuse->error.code().name ==
        "ExpiredIteratorException");
  CHECK(plan(R"({"trimStream":true})", request("GetRecords")).refuse->error.code().name ==
        "TrimmedDataAccessException");
}

}  // namespace
}  // namespace fickle::test
