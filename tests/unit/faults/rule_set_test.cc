// Rules together: their order, their counters, one-off faults, presets, universes, and what became of a fault.
#include <thread>

#include "faults/presets.hh"
#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

TEST_CASE("The first rule that fires decides; later ones are neither matched nor advanced; waits all apply") {
  World world;
  world.set(R"([{"name":"early","effect":{"latency":"1ms"}},
                {"name":"first","schedule":{"times":1},"effect":{"error":{"code":"InternalServerError"}}},
                {"name":"second","schedule":{"times":1},"effect":{"throttle":{}}},
                {"name":"late","effect":{"latency":"10ms"}}])");
  const FaultPlan made = world.plan(request("GetItem"));
  CHECK(made.fired == std::vector<std::string>{"early", "first", "late"});
  CHECK(made.delay_before == std::chrono::milliseconds(11));
  CHECK(world.shown("second").at("matched").to_number<int>() == 0);
  const FaultPlan next = world.plan(request("GetItem"));
  CHECK(next.fired == std::vector<std::string>{"early", "second", "late"});
  CHECK(world.shown("first").at("matched").to_number<int>() == 2);
  CHECK(world.shown("first").at("fired").to_number<int>() == 1);
  CHECK(world.shown("first").at("remaining").to_number<int>() == 0);
  CHECK(world.shown("late").at("remaining").is_null());
}

TEST_CASE("A rule passes over operations that cannot show its effect") {
  World world;
  world.set(R"({"name":"r","schedule":{"times":1},"effect":{"partialBatch":{"unprocessed":1}}})");
  CHECK_FALSE(world.fires(request("GetItem")));
  CHECK(world.shown("r").at("matched").to_number<int>() == 0);
  CHECK(world.fires(batch("BatchGetItem", {"a", "b"})));
}

TEST_CASE("A parked rule never fires by itself") {
  World world;
  world.set(R"({"name":"r","enabled":false,"effect":{"throttle":{}}})");
  CHECK_FALSE(world.fires(request("GetItem")));
  CHECK(world.engine.rules("default")->unfired().empty());
}

TEST_CASE("Rules without a name get the next free one") {
  World world;
  world.set(R"([{"effect":{"throttle":{}}},{"name":"fault-2","effect":{"throttle":{}}},{"effect":{"throttle":{}}}])");
  const json::array list = world.engine.rules("default")->show();
  CHECK(list[0].at("name") == "fault-1");
  CHECK(list[1].at("name") == "fault-2");
  CHECK(list[2].at("name") == "fault-3");
}

TEST_CASE("PUT keeps the place and zeroes the counters") {
  World world;
  world.set(R"([{"name":"a","effect":{"latency":"1ms"}},{"name":"b","effect":{"latency":"1ms"}}])");
  CHECK(world.fires(request("GetItem")));
  const json::value document = parse(R"({"name":"a","effect":{"latency":"2ms"}})");
  world.engine.rules("default")->put(parse_rules({document, ""}, world.operations)[0].rule, world.now);
  const json::array list = world.engine.rules("default")->show();
  CHECK(list[0].at("name") == "a");
  CHECK(list[0].at("fired").to_number<int>() == 0);
  CHECK(list[1].at("fired").to_number<int>() == 1);
}

TEST_CASE("What GET shows can be sent back") {
  World world;
  world.set(R"({"name":"a","when":{"table":"x"},"schedule":{"times":2},"effect":{"throttle":{}}})");
  const json::value shown(world.shown("a"));
  CHECK_NOTHROW(parse_rules({shown, ""}, world.operations));
}

TEST_CASE("A one-off in the header decides before all rules") {
  World world;
  world.set(R"({"name":"r","effect":{"throttle":{}}})");
  Request get = request("GetItem");
  get.call.headers.add("x-fickle-fault", R"({"error":{"code":"InternalServerError"}})");
  const FaultPlan made = world.plan(get);
  CHECK(made.fired == std::vector<std::string>{"X-Fickle-Fault"});
  CHECK(made.refuse->error.code().name == "InternalServerError");
  get.call.headers.set("x-fickle-fault", R"({"effect":{"connection":"reset"},"at":"afterCommit"})");
  CHECK(world.plan(get).wire.kind == WirePlan::Kind::reset);
  get.call.headers.set("x-fickle-fault", R"({"latency":"5ms"})");  // a wait decides nothing
  CHECK(world.plan(get).fired == std::vector<std::string>{"X-Fickle-Fault", "r"});
}

TEST_CASE("A one-off may name a parked rule") {
  World world;
  world.set(R"({"name":"parked","enabled":false,"when":{"table":"elsewhere"},"effect":{"throttle":{}}})");
  Request get = request("GetItem");
  get.call.headers.add("x-fickle-fault", "parked");
  CHECK(world.plan(get).fired == std::vector<std::string>{"parked"});
  CHECK(world.shown("parked").at("fired").to_number<int>() == 1);
}

TEST_CASE("A bad one-off is told so") {
  World world;
  Request get = request("GetItem");
  get.call.headers.add("x-fickle-fault", "");
  for (const char* header :
       {"nobody", "{", R"({"throtle":{}})", R"({"partialBatch":{}})", R"({"effect":{"throttle":{}},"att":1})"}) {
    CAPTURE(header);
    get.call.headers.set("x-fickle-fault", header);
    CHECK_THROWS_AS(world.plan(get), ApiError);
  }
}

TEST_CASE("Nothing is planned while nothing can fire") {
  World world;
  Request get = request("GetItem");
  CHECK(world.engine.idle("default", get.call, world.models));
  world.models.latency.read = FixedDuration{std::chrono::milliseconds(1)};
  CHECK_FALSE(world.engine.idle("default", get.call, world.models));
  world.models.latency.read.reset();
  world.set(R"({"effect":{"throttle":{}}})");
  CHECK_FALSE(world.engine.idle("default", get.call, world.models));
  CHECK(world.engine.idle("another", get.call, world.models));
  get.call.headers.add("x-fickle-fault", "{}");
  CHECK_FALSE(world.engine.idle("another", get.call, world.models));
}

TEST_CASE("The latency model makes reads and writes wait") {
  World world;
  world.models.latency.read = FixedDuration{std::chrono::milliseconds(3)};
  world.models.latency.write = FixedDuration{std::chrono::milliseconds(7)};
  CHECK(world.plan(request("Query")).delay_before == std::chrono::milliseconds(3));
  CHECK(world.plan(request("BatchWriteItem")).delay_before == std::chrono::milliseconds(7));
  CHECK(world.plan(request("ListTables", "")).delay_before == Duration{0});
}

TEST_CASE("Every preset is a good rule, and own members override it") {
  const FakeOperations operations;
  for (const Preset& preset : presets()) {
    CAPTURE(preset.name);
    const json::value document = json::object{{"preset", preset.name}};
    CHECK_NOTHROW(parse_rules({document, ""}, operations));
    CHECK_FALSE(preset.description.empty());
  }
  World world;
  world.set(R"({"name":"r","preset":"throttle-twice","schedule":{"times":1}})");
  CHECK(world.pattern(request("GetItem"), 3) == "x..");
  CHECK(world.shown("r").at("preset") == "throttle-twice");
}

TEST_CASE("A fork gets the baseline's rules, a reset goes back to them") {
  World world;
  const json::value document = parse(R"([{"name":"base","schedule":{"times":1},"effect":{"throttle":{}}}])");
  world.engine.rules("default")->add_baseline(parse_rules({document, ""}, world.operations), world.now);
  world.set(R"({"name":"http","effect":{"latency":"1ms"}})");
  CHECK(world.fires(request("GetItem"), "base"));
  Models forked;
  world.engine.universe_created("fork", "default", world.now, forked);
  CHECK(world.engine.rules("fork")->show().size() == 1);
  CHECK(world.engine.rules("fork")->show()[0].at("fired").to_number<int>() == 0);
  world.engine.universe_reset("default", true, world.now, world.models);
  CHECK(world.engine.rules("default")->show().size() == 2);
  world.engine.universe_reset("default", false, world.now, world.models);
  const json::array list = world.engine.rules("default")->show();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("fired").to_number<int>() == 0);
  world.engine.universe_dropped("fork");
  CHECK(world.engine.rules("fork")->empty());
}

TEST_CASE("A document loaded again replaces its rules by name") {
  World world;
  const json::value document = parse(R"([{"name":"base","effect":{"throttle":{}}}])");
  const auto set = world.engine.rules("default");
  set->add_baseline(parse_rules({document, ""}, world.operations), world.now);
  set->add_baseline(parse_rules({document, ""}, world.operations), world.now);
  CHECK(set->show().size() == 1);
}

TEST_CASE("Windows begin when the universe does") {
  World world;
  const json::value document = parse(R"({"name":"late","schedule":{"after":"1m"},"effect":{"throttle":{}}})");
  world.engine.rules("default")->add_baseline(parse_rules({document, ""}, world.operations), world.now);
  world.advance(std::chrono::minutes(5));
  world.engine.universe_reset("default", false, world.now, world.models);
  CHECK_FALSE(world.fires(request("GetItem")));
  world.advance(std::chrono::minutes(1));
  CHECK(world.fires(request("GetItem")));
}

TEST_CASE("An effect that found nothing to change is reported, and does not count as fired with effect") {
  World world;
  world.set(R"({"name":"stale","effect":{"staleRead":{"versions":1}}})");
  const Request get = request("GetItem");
  const FaultPlan made = world.plan(get);
  GateReport report;
  report.plan = &made;
  report.status = 200;
  report.call = &get.call;
  report.prepared = &get.prepared;
  CHECK(world.engine.report(report, world.context()) == std::vector<std::string>{"stale"});
  CHECK(world.engine.rules("default")->unfired() == std::vector<std::string>{"stale"});
  CHECK(world.log.back() == "fault stale: GetItem orders pk=user#1 -> 200 (found nothing to change)");
  report.effects.stale = true;
  CHECK(world.engine.report(report, world.context()).empty());
  CHECK(world.engine.rules("default")->unfired().empty());
}

TEST_CASE("After a commit that failed by itself a fault has no effect") {
  World world;
  world.set(R"({"name":"lost","effect":{"connection":"reset"},"at":"afterCommit"})");
  const Request put = request("PutItem");
  const FaultPlan made = world.plan(put);
  GateReport report;
  report.plan = &made;
  report.status = 400;
  report.error = "ConditionalCheckFailedException";
  report.failed_by_itself = true;
  report.call = &put.call;
  report.prepared = &put.prepared;
  CHECK(world.engine.report(report, world.context()) == std::vector<std::string>{"lost"});
  report.failed_by_itself = false;
  report.effects.applied = Effects::Applied::yes;
  CHECK(world.engine.report(report, world.context()).empty());
  CHECK(world.log.back() == "fault lost: PutItem orders pk=user#1 -> done, connection reset");
}

TEST_CASE("A hold keeps its request until it is released, and shows who waits") {
  World world;
  world.set(R"({"name":"gate","effect":{"hold":{"atMost":"1m"}}})");
  FaultPlan made = world.plan(request("GetItem"));
  REQUIRE(made.holds_before.size() == 1);
  CHECK(made.holds_before[0].at_most == std::chrono::minutes(1));
  CHECK(world.shown("gate").at("waiting").to_number<int>() == 1);
  std::thread waiter([hold = made.holds_before[0]] { hold.gate->wait(hold.at_most, {}); });
  CHECK(world.engine.rules("default")->release("gate") == 1);
  waiter.join();
  CHECK(world.shown("gate").at("waiting").to_number<int>() == 0);
  CHECK_FALSE(world.engine.rules("default")->release("nobody"));
}

TEST_CASE("A hold ends with its rule, with a reset, and with the server") {
  World world;
  const Request get = request("GetItem");
  const auto held = [&] {
    const auto set = world.engine.rules("default");
    set->clear();
    world.set(R"({"name":"gate","effect":{"hold":{"atMost":"1m"}}})");
    return world.plan(get).holds_before.at(0);
  };
  Hold hold = held();
  CHECK(world.engine.rules("default")->remove("gate"));
  hold.gate->wait(hold.at_most, {});
  hold = held();
  world.engine.universe_reset("default", false, world.now, world.models);
  hold.gate->wait(hold.at_most, {});
  hold = held();
  world.engine.universe_reset("default", true, world.now, world.models);
  hold.gate->wait(hold.at_most, {});
  hold = held();
  std::stop_source stop;
  stop.request_stop();
  hold.gate->wait(hold.at_most, stop.get_token());
  SUCCEED("all came back");
}

TEST_CASE("A skewed clock is told before the request is understood, and spends nothing") {
  World world;
  world.set(R"({"name":"skew","schedule":{"times":1},"effect":{"clockSkew":"1h"}})");
  const Request get = request("GetItem");
  CHECK(world.engine.clock_skew(get.call, world.context()) == std::chrono::hours(1));
  CHECK(world.shown("skew").at("matched").to_number<int>() == 0);
}

}  // namespace
}  // namespace fickle::test
