// The simulation document: read strictly, printed so that it reads back the same, merged by RFC 7396.
#include "faults/models/simulation.hh"

#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

Models read(std::string_view text) {
  const json::value document = parse(text);
  return parse_simulation({document, ""}, {});
}

constexpr std::string_view kAll = R"({
  "consistency": {"reads": {"lag": {"uniform":["0","300ms"]}, "probability": 0.5, "monotonic": false},
                  "indexes": {"lag": "150ms"}, "streams": {"lag": "100ms"}},
  "ttl": {"delay": {"uniform":["1h","2d"]}, "sweep": "1s"},
  "capacity": {"mode": "enforce", "burst": "5m", "partitions": true},
  "latency": {"read": {"lognormal":{"median":"4ms","sigma":0.4}}, "write": {"normal":{"mean":"7ms","stddev":"1ms"}}},
  "transactions": {"hold": "20ms"},
  "lifecycle": {"create": "8s", "update": "5s", "delete": "3s", "backfill": "30s"}})";

TEST_CASE("Everything that can be simulated is read and printed the same") {
  const Models models = read(kAll);
  CHECK(models.reads->probability == 0.5);
  CHECK(models.index_lag);
  CHECK(models.stream_lag);
  CHECK(models.ttl_delay);
  CHECK(models.capacity->burst == std::chrono::minutes(5));
  CHECK(models.transaction_hold);
  CHECK(models.lifecycle_backfill == std::chrono::seconds(30));
  const json::object printed = print_simulation(models);
  const json::value again(printed);
  CHECK(print_simulation(parse_simulation({again, ""}, {})) == printed);
  CHECK(printed == parse(kAll).get_object());
}

TEST_CASE("Absent is off") {
  CHECK(print_simulation(read("{}")).empty());
  CHECK(read(R"({"capacity":{"mode":"off"}})").capacity == std::nullopt);
  CHECK(read(R"({"capacity":{"mode":"enforce"}})").capacity->burst == std::chrono::seconds(300));
  CHECK(read(R"({"consistency":{"reads":{"lag":"1s"}}})").reads->probability == 1);
}

TEST_CASE("A patch changes what it names, and null switches off") {
  const json::value before(print_simulation(read(kAll)));
  const json::value merged =
      merge_patch(before, parse(R"({"ttl":null,"latency":{"write":"9ms"},"lifecycle":{"create":null}})"));
  const Models models = parse_simulation({merged, ""}, {});
  CHECK_FALSE(models.ttl_delay);
  CHECK(std::get<FixedDuration>(*models.latency.write).value == std::chrono::milliseconds(9));
  CHECK(models.latency.read);
  CHECK(models.lifecycle_create == Duration{0});
  CHECK(models.lifecycle_delete == std::chrono::seconds(3));
}

TEST_CASE("What rules need of history outlives a change of the simulation") {
  Models before;
  before.history_versions = 3;
  const json::value empty = json::object{};
  CHECK(parse_simulation({empty, ""}, before).history_versions == 3);
}

TEST_CASE("A bad simulation is named by its pointer") {
  struct Case {
    const char* text;
    const char* pointer;
  };
  const Case cases[] = {
      {R"({"consistancy":{}})", "/consistancy"},
      {R"({"consistency":{"reads":{"probability":0.5}}})", "/consistency/reads/lag"},
      {R"({"consistency":{"reads":{"lag":"1s","probability":2}}})", "/consistency/reads/probability"},
      {R"({"consistency":{"index":{"lag":"1s"}}})", "/consistency/index"},
      {R"({"ttl":{"sweep":"0"}})", "/ttl/sweep"},
      {R"({"ttl":"1h"})", "/ttl"},
      {R"({"capacity":{"mode":"on"}})", "/capacity/mode"},
      {R"({"capacity":{"burst":"1s"}})", "/capacity/mode"},
      {R"({"latency":{"read":{"uniform":["1s"]}}})", "/latency/read/uniform"},
      {R"({"latency":{"read":{"pareto":1}}})", "/latency/read/pareto"},
      {R"({"transactions":{"hold":true}})", "/transactions/hold"},
      {R"({"lifecycle":{"create":"8"}})", "/lifecycle/create"},
      {R"([])", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    try {
      (void)read(c.text);
      FAIL("taken");
    } catch (const ControlError& error) {
      CHECK(error.pointer == c.pointer);
    }
  }
}

}  // namespace
}  // namespace fickle::test
