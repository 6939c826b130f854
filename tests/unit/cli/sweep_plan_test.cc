// Which calls a command made, which faults are tried on them, and how a rule finds each again.
#include "emulator/cli/sweep/plan.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

namespace json = boost::json;

json::object request(std::string_view operation, json::array tables, std::string_view invocation, int attempt = 1,
                     json::array faults = {kGateProbe}) {
  return {{"operation", operation},
          {"tables", std::move(tables)},
          {"invocation", invocation},
          {"attempt", attempt},
          {"faults", std::move(faults)}};
}

std::vector<std::string> labels(const std::vector<SweepCall>& calls) {
  std::vector<std::string> texts;
  for (const SweepCall& call : calls) texts.push_back(call.label());
  return texts;
}

std::vector<std::string> names(const std::vector<SweepCall>& calls, const std::vector<Trial>& trials) {
  std::vector<std::string> texts;
  for (const Trial& trial : trials) texts.push_back(calls[trial.call].label() + " " + std::string(trial.fault->name));
  return texts;
}

TEST_CASE("A call is one invocation, counted among those with the same operation and tables") {
  const auto calls = calls_in({request("PutItem", {"a"}, "1"), request("PutItem", {"b"}, "2"),
                               request("PutItem", {"a"}, "3"), request("PutItem", {"a"}, "3", 2),
                               request("BatchWriteItem", {"b", "a"}, "4"), request("ListTables", {}, "")});
  CHECK(labels(calls) == std::vector<std::string>{"PutItem a #1", "PutItem b #1", "PutItem a #2",
                                                  "BatchWriteItem a+b #1", "ListTables #1"});
}

TEST_CASE("Without invocation ids each request is a call of its own") {
  CHECK(calls_in({request("PutItem", {"a"}, ""), request("PutItem", {"a"}, "")}).size() == 2);
}

TEST_CASE("Requests that were refused before faults are decided are no calls: no rule would count them") {
  CHECK(labels(calls_in({request("PutItem", {"a"}, "1", 1, {}), request("PutItem", {"a"}, "2")})) ==
        std::vector<std::string>{"PutItem a #1"});
}

TEST_CASE("A rule skips everything it would match before its call, other sets of tables included") {
  const auto calls = calls_in({request("BatchGetItem", {"a", "b"}, "1"), request("BatchGetItem", {"a"}, "2"),
                               request("BatchGetItem", {"b"}, "3"), request("BatchGetItem", {"a"}, "4")});
  const auto trials = plan_trials(calls, {parse_only("BatchGetItem/throttle")});
  REQUIRE(trials.size() == 4);
  const auto rule = rule_of(Trial{3, trials[0].fault}, calls[3]);
  CHECK(json_text(rule.at("schedule")) == R"({"skip":2,"times":1})");
  CHECK(json_text(rule.at("when")) == R"({"operation":"BatchGetItem","attempt":1,"table":"a"})");
  CHECK(calls[3].ordinal == 2);
}

TEST_CASE("Each call meets the faults that its operation can show") {
  const auto calls =
      calls_in({request("UpdateItem", {"a"}, "1"), request("GetItem", {"a"}, "2", 1, {kGateProbe, kEventualProbe}),
                request("GetItem", {"a"}, "3"), request("BatchWriteItem", {"a"}, "4"),
                request("TransactWriteItems", {"a"}, "5"), request("CreateTable", {"a"}, "6")});
  CHECK(names(calls, plan_trials(calls, {})) == std::vector<std::string>{"UpdateItem a #1 throttle",
                                                                         "UpdateItem a #1 500-before",
                                                                         "UpdateItem a #1 500-after",
                                                                         "UpdateItem a #1 lost-answer",
                                                                         "UpdateItem a #1 conflict",  //
                                                                         "GetItem a #1 throttle",
                                                                         "GetItem a #1 500-before",
                                                                         "GetItem a #1 lost-answer",
                                                                         "GetItem a #1 stale-read",
                                                                         "BatchWriteItem a #1 throttle",
                                                                         "BatchWriteItem a #1 500-before",
                                                                         "BatchWriteItem a #1 500-after",
                                                                         "BatchWriteItem a #1 lost-answer",
                                                                         "BatchWriteItem a #1 partial-batch",  //
                                                                         "TransactWriteItems a #1 throttle",
                                                                         "TransactWriteItems a #1 500-before",
                                                                         "TransactWriteItems a #1 500-after",
                                                                         "TransactWriteItems a #1 lost-answer",
                                                                         "TransactWriteItems a #1 conflict",  //
                                                                         "CreateTable a #1 throttle",
                                                                         "CreateTable a #1 500-before",
                                                                         "CreateTable a #1 500-after",
                                                                         "CreateTable a #1 lost-answer",
                                                                         "GetItem a #2 throttle",
                                                                         "GetItem a #2 500-before",
                                                                         "GetItem a #2 lost-answer"});
}

TEST_CASE("What to try can be narrowed by operation and fault") {
  const auto calls = calls_in({request("PutItem", {"a"}, "1"), request("GetItem", {"a"}, "2")});
  CHECK(names(calls, plan_trials(calls, {parse_only("*/lost-answer")})) ==
        std::vector<std::string>{"PutItem a #1 lost-answer", "GetItem a #1 lost-answer"});
  CHECK(plan_trials(calls, {parse_only("Put*")}).size() == 5);
  CHECK(names(calls, plan_trials(calls, {parse_only("/500-*"), parse_only("GetItem/throttle")})).size() == 4);
  CHECK(plan_trials(calls, {parse_only("Query")}).empty());
  CHECK(names_a_fault(parse_only("PutItem/lost-*")));
  CHECK_FALSE(names_a_fault(parse_only("PutItem/lost-anser")));
}

}  // namespace
}  // namespace fickle::cli
