// When a rule fires among the requests that it matches.
#include "faults/schedule.hh"

#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

std::string rule(std::string_view schedule, std::string_view more = "") {
  return R"({"name":"r","schedule":)" + std::string(schedule) +
         R"(,"effect":{"error":{"code":"InternalServerError"}})" + std::string(more) + "}";
}

std::string pattern(std::string_view schedule, int times) {
  World world;
  world.set(rule(schedule));
  return world.pattern(request("GetItem"), times);
}

TEST_CASE("Counting schedules fire on the requests they say") {
  struct Case {
    const char* schedule;
    const char* fires;
  };
  const Case cases[] = {
      {"{}", "xxxxxx"},
      {R"({"times":2})", "xx...."},
      {R"({"times":0})", "......"},
      {R"({"skip":1})", ".xxxxx"},
      {R"({"skip":1,"times":2})", ".xx..."},
      {R"({"every":3})", "..x..x"},
      {R"({"every":2,"skip":1})", "..x.x."},
      {R"({"every":2,"times":1})", ".x...."},
      {R"({"sequence":["fail","pass","fail"]})", "x.x..."},
      {R"({"sequence":["pass","fail"],"then":"fail"})", ".xxxxx"},
      {R"({"sequence":["fail","pass"],"then":"repeat"})", "x.x.x."},
      {R"({"sequence":["fail","pass"],"then":"repeat","times":2})", "x.x..."},
      {R"({"sequence":["fail","pass"],"then":"repeat","skip":1})", ".x.x.x"},
      {R"({"every":2,"sequence":["fail","pass"],"then":"repeat"})", ".x...x"},
      {R"({"rate":{"count":2,"window":"1s"}})", "..xxxx"},
      {R"({"rate":{"count":0,"window":"1s"}})", "xxxxxx"},
      {R"({"rate":{"count":2,"window":"1s"},"skip":1})", "...xxx"},
      {R"({"rate":{"count":2,"window":"1s"},"times":1})", "..x..."},
      {R"({"probability":1})", "xxxxxx"},
      {R"({"probability":0})", "......"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.schedule);
    CHECK(pattern(c.schedule, 6) == c.fires);
  }
}

TEST_CASE("A window opens and closes on the virtual clock, and outside nothing advances") {
  World world;
  world.set(rule(R"({"after":"10s","for":"5s","skip":1,"times":1})"));
  const Request get = request("GetItem");
  CHECK(world.pattern(get, 3) == "...");
  world.advance(std::chrono::seconds(10));
  CHECK(world.pattern(get, 3) == ".x.");  // the three before were not counted
  world.advance(std::chrono::seconds(5));
  CHECK(world.pattern(get, 2) == "..");
  CHECK(world.shown("r").at("matched").to_number<int>() == 8);
  CHECK(world.shown("r").at("fired").to_number<int>() == 1);
}

TEST_CASE("A rule flaps: so long of every period it fires") {
  World world;
  world.set(rule(R"({"flap":{"period":"10s","active":"3s"}})"));
  std::string text;
  for (int second = 0; second < 20; ++second, world.advance(std::chrono::seconds(1))) {
    text += world.fires(request("GetItem")) ? 'x' : '.';
  }
  CHECK(text == "xxx.......xxx.......");
}

TEST_CASE("The window of a rate slides") {
  World world;
  world.set(rule(R"({"rate":{"count":2,"window":"1s"}})"));
  const Request get = request("GetItem");
  CHECK(world.pattern(get, 1) == ".");
  world.advance(std::chrono::milliseconds(600));
  CHECK(world.pattern(get, 2) == ".x");
  world.advance(std::chrono::milliseconds(400));  // the first has left the window, the second has not
  CHECK(world.pattern(get, 2) == ".x");
  world.advance(std::chrono::seconds(1));
  CHECK(world.pattern(get, 3) == "..x");
}

TEST_CASE("Chance is a hash of the rule's name and its n-th draw") {
  const std::string wanted = pattern(R"({"probability":0.5})", 64);
  CHECK(wanted.find('x') != std::string::npos);
  CHECK(wanted.find('.') != std::string::npos);
  World crowded;  // other rules draw too, and it does not matter
  crowded.set(R"([{"name":"other","schedule":{"probability":0.5},"effect":{"latency":"0"}},
                  {"name":"r","schedule":{"probability":0.5},"effect":{"error":{"code":"InternalServerError"}}}])");
  std::string text;
  for (int i = 0; i < 64; ++i) text += crowded.fires(request("GetItem"), "r") ? 'x' : '.';
  CHECK(text == wanted);
}

TEST_CASE("Recorded draws can be followed, then the seed goes on") {
  World first;
  first.set(rule(R"({"probability":0.5})"));
  CHECK(first.pattern(request("GetItem"), 3).size() == 3);
  CHECK(first.dice.decisions().size() == 3);
  CHECK(first.dice.decisions()[0].source == "r");
  CHECK(first.dice.decisions()[0].purpose == "probability");
  World second;
  second.set(rule(R"({"probability":0.5})"));
  second.dice.follow({{"r", 1, "probability", 0.9}, {"r", 2, "probability", 0.1}, {"r", 3, "probability", 0.9}});
  CHECK(second.pattern(request("GetItem"), 3) == ".x.");
}

TEST_CASE("Counters are kept per rule, table, key or invocation") {
  const auto run = [](std::string_view per) {
    World world;
    world.set(rule(R"({"times":1,"per":")" + std::string(per) + R"("})"));
    Request a = request("GetItem", "orders", R"({"pk":{"S":"a"}})");
    Request b = request("GetItem", "orders", R"({"pk":{"S":"b"}})");
    Request other = request("GetItem", "users", R"({"pk":{"S":"a"}})");
    a.call.headers.set("amz-sdk-invocation-id", "1");
    b.call.headers.set("amz-sdk-invocation-id", "1");
    other.call.headers.set("amz-sdk-invocation-id", "2");
    std::string text;
    for (const Request* one : {&a, &b, &other, &a, &b, &other}) text += world.fires(*one) ? 'x' : '.';
    return text;
  };
  CHECK(run("rule") == "x.....");
  CHECK(run("universe") == "x.....");
  CHECK(run("table") == "x.x...");
  CHECK(run("key") == "xxx...");
  CHECK(run("invocation") == "x.x...");
}

TEST_CASE("Without an invocation id each request is an invocation of its own") {
  World world;
  world.set(rule(R"({"times":1,"per":"invocation"})"));
  CHECK(world.pattern(request("GetItem"), 3) == "xxx");
}

TEST_CASE("A key is the table's key, whatever else the item carries") {
  World world;
  world.set(rule(R"({"times":1,"per":"key"})"));
  CHECK(world.fires(request("PutItem", "orders", R"({"pk":{"S":"a"},"n":{"N":"1"}})")));
  CHECK_FALSE(world.fires(request("PutItem", "orders", R"({"pk":{"S":"a"},"n":{"N":"2"}})")));
  CHECK_FALSE(world.fires(request("GetItem", "orders", R"({"pk":{"S":"a"}})")));
}

TEST_CASE("In a batch each member advances its own key's counter") {
  World world;
  world.set(
      R"({"name":"r","schedule":{"skip":1,"times":1,"per":"key"},"effect":{"partialBatch":{"unprocessed":"all"}}})");
  CHECK(world.plan(batch("BatchWriteItem", {"a", "b"})).fired.empty());
  const FaultPlan plan = world.plan(batch("BatchWriteItem", {"c", "b", "a"}));
  REQUIRE(plan.conditions.shortfall);
  CHECK(plan.conditions.shortfall->eligible == std::vector<std::size_t>{1, 2});
  CHECK(world.shown("r").at("fired").to_number<int>() == 1);
}

TEST_CASE("A bad schedule is named by its pointer") {
  struct Case {
    const char* schedule;
    const char* pointer;
  };
  const Case cases[] = {
      {R"({"time":1})", "/schedule/time"},
      {R"({"times":-1})", "/schedule/times"},
      {R"({"times":1.5})", "/schedule/times"},
      {R"({"times":"2"})", "/schedule/times"},
      {R"({"every":0})", "/schedule/every"},
      {R"({"probability":1.1})", "/schedule/probability"},
      {R"({"sequence":["fail","fial"]})", "/schedule/sequence/1"},
      {R"({"sequence":[]})", "/schedule/sequence"},
      {R"({"then":"fail"})", "/schedule/then"},
      {R"({"sequence":["fail"],"then":"stop"})", "/schedule/then"},
      {R"({"rate":{"count":5}})", "/schedule/rate/window"},
      {R"({"rate":{"count":5,"window":"1s","burst":1}})", "/schedule/rate/burst"},
      {R"({"flap":{"period":"1s","active":"2s"}})", "/schedule/flap/active"},
      {R"({"flap":"1s"})", "/schedule/flap"},
      {R"({"after":5})", "/schedule/after"},
      {R"({"after":"5 s"})", "/schedule/after"},
      {R"({"for":"-5s"})", "/schedule/for"},
      {R"({"per":"item"})", "/schedule/per"},
      {"[]", "/schedule"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.schedule);
    CHECK(refused(rule(c.schedule)).pointer == c.pointer);
  }
}

TEST_CASE("Scopes beyond the limit push out the oldest") {
  ScopedCounters counters;
  counters.of("first").seen = 5;
  for (int i = 0; i < 100'000; ++i) (void)counters.of(std::to_string(i));
  CHECK(counters.size() == 100'000);
  CHECK(counters.of("first").seen == 0);
}

}  // namespace
}  // namespace fickle::test
