// The aliases for those who come from LocalStack.
#include "faults/localstack.hh"

#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

std::optional<json::object> rule(std::string_view entry) {
  const FakeOperations operations;
  const json::value document = parse(entry);
  return rule_of_chaos({document, "/0"}, "localstack-1", operations);
}

TEST_CASE("A chaos entry becomes a rule, and the rule an entry again") {
  const auto made = rule(
      R"({"service":"dynamodb","region":"eu-west-1","operation":"PutItem","probability":0.5,"error":{"statusCode":400,"code":"ThrottlingException"}})");
  REQUIRE(made);
  const FakeOperations operations;
  const json::value document(*made);
  CHECK_NOTHROW(parse_rules({document, ""}, operations));
  CHECK(
      chaos_of_rule(*made) ==
      parse(
          R"({"service":"dynamodb","operation":"PutItem","region":"eu-west-1","probability":0.5,"error":{"statusCode":400,"code":"ThrottlingException"}})")
          .get_object());
}

TEST_CASE("Without more it is unavailable, and other services are none of ours") {
  World world;
  const json::value document(*rule("{}"));
  world.set(json::serialize(document));
  const FaultPlan made = world.plan(request("GetItem"));
  CHECK(made.refuse->error.code().name == "ServiceUnavailable");
  CHECK(made.refuse->status == 503);
  CHECK_FALSE(rule(R"({"service":"s3"})"));
  CHECK_FALSE(rule(R"({"operation":"PutObject"})"));
  CHECK_THROWS_AS(rule(R"({"service":"dynamodb","operation":"PutObject"})"), ControlError);
}

TEST_CASE("The region is that of the credential scope") {
  World world;
  world.set(json::serialize(*rule(R"({"region":"eu-west-1"})")));
  Request get = request("GetItem");
  get.call.headers.add("authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request");
  CHECK_FALSE(world.fires(get));
  get.call.headers.set("authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request");
  CHECK(world.fires(get));
}

TEST_CASE("Network effects become a rule, and the rule network effects again") {
  const auto made = [](std::string_view effects) {
    const json::value document = parse(effects);
    return rule_of_effects({document, ""}, "localstack-latency");
  };
  const auto slow = made(R"({"latency":250})");
  REQUIRE(slow);
  World world;
  world.set(json::serialize(*slow));
  CHECK(world.plan(request("GetItem")).delay_before == std::chrono::milliseconds(250));
  CHECK(effects_of_rule(slow) == parse(R"({"latency":250})").get_object());
  CHECK_FALSE(made("{}"));
  CHECK_FALSE(made(R"({"latency":0})"));
  CHECK(effects_of_rule(std::nullopt) == parse(R"({"latency":0})").get_object());
  CHECK(effects_of_rule(parse(R"({"effect":{"latency":{"uniform":["1s","2s"]}}})").get_object()) ==
        parse(R"({"latency":0})").get_object());
  const auto pointer = [&made](std::string_view effects) {
    try {
      (void)made(effects);
    } catch (const ControlError& error) {
      return error.pointer;
    }
    return std::string("taken");
  };
  CHECK(pointer(R"({"latency":-1})") == "/latency");
  CHECK(pointer(R"({"latency":"1s"})") == "/latency");
  CHECK(pointer(R"({"latncy":1})") == "/latncy");
}

TEST_CASE("Error probabilities are rules that throttle") {
  Options options;
  CHECK(error_probability_rules(options).empty());
  options.error_probability = 0.25;
  options.write_error_probability = 1;
  const json::array rules = error_probability_rules(options);
  REQUIRE(rules.size() == 2);
  const FakeOperations operations;
  const json::value document(rules);
  CHECK_NOTHROW(parse_rules({document, ""}, operations));
}

}  // namespace
}  // namespace fickle::test
