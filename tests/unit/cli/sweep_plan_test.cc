// Which calls a command made, which faults are tried on them, and how a rule finds each again.
#include "emulator/cli/sweep/plan.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

namespace json = boost::json;

enum class Kind { read, eventual_read, write };

json::object request(std::string_view operation, json::array tables, std::string_view invocation,
                     Kind kind = Kind::read, int attempt = 1) {
  return {{"operation", operation},
          {"tables", std::move(tables)},
          {"invocation", invocation},
          {"attempt", attempt},
          {"eventual", kind == Kind::eventual_read},
          {"writes", kind == Kind::write},
          {"faults", json::array{}}};
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
                               request("PutItem", {"a"}, "3"), request("PutItem", {"a"}, "3", Kind::write, 2),
                               request("BatchWriteItem", {"b", "a"}, "4"), request("ListTables", {}, "")});
  CHECK(labels(calls) == std::vector<std::string>{"PutItem a #1", "PutItem b #1", "PutItem a #2",
                                                  "BatchWriteItem a+b #1", "ListTables #1"});
}

TEST_CASE("Without invocation ids each request is a call of its own") {
  CHECK(calls_in({request("PutItem", {"a"}, ""), request("PutItem", {"a"}, "")}).size() == 2);
}

TEST_CASE("A rule skips everything it would match before its call, other sets of tables included") {
  const auto calls = calls_in({request("BatchGetItem", {"a", "b"}, "1"), request("BatchGetItem", {"a"}, "2"),
                               request("BatchGetItem", {"b"}, "3"), request("BatchGetItem", {"a"}, "4")});
  const auto trials = plan_trials(calls, {parse_only("BatchGetItem/throttle")});
  REQUIRE(trials.size() == 4);
  const auto rule = rule_of(Trial{3, trials[0].fault}, calls);
  CHECK(json_text(rule.at("schedule")) == R"({"skip":2,"times":1})");
  CHECK(json_text(rule.at("when")) == R"({"operation":"BatchGetItem","attempt":1,"table":"a"})");
  CHECK(calls[3].ordinal == 2);
}

TEST_CASE("A rule skips only what its effect meets: reads that may lag, statements that write") {
  const auto calls = calls_in(
      {request("GetItem", {"a"}, "1"), request("GetItem", {"a"}, "2", Kind::eventual_read),
       request("GetItem", {"a"}, "3", Kind::eventual_read), request("ExecuteStatement", {"a"}, "4"),
       request("ExecuteStatement", {"a"}, "5", Kind::write), request("TransactWriteItems", {"a"}, "6", Kind::write)});
  const auto skip = [&calls](std::string_view only, std::size_t call) {
    for (const Trial& trial : plan_trials(calls, {parse_only(only)})) {
      if (trial.call == call) return json_text(rule_of(trial, calls).at("schedule").at("skip"));
    }
    return std::string("not tried");
  };
  CHECK(skip("/stale-read", 0) == "not tried");
  CHECK(skip("/stale-read", 1) == "0");
  CHECK(skip("/stale-read", 2) == "1");
  CHECK(skip("/throttle", 2) == "2");
  CHECK(skip("/conflict", 3) == "not tried");
  CHECK(skip("/conflict", 4) == "0");
  CHECK(skip("/throttle", 4) == "1");
}

TEST_CASE("A single write can conflict where a transaction writes to its table, and nowhere else") {
  const auto conflicts = [](std::vector<json::object> requests) {
    json::array list(requests.begin(), requests.end());
    const auto calls = calls_in(list);
    return names(calls, plan_trials(calls, {parse_only("/conflict")}));
  };
  const auto put = request("PutItem", {"a"}, "1", Kind::write);
  const auto batch = request("BatchExecuteStatement", {"b"}, "2", Kind::write);
  CHECK(conflicts({put, batch}).empty());
  CHECK(conflicts({put, batch, request("TransactGetItems", {"a"}, "3")}) ==
        std::vector<std::string>{"TransactGetItems a #1 conflict"});
  CHECK(conflicts({put, batch, request("TransactWriteItems", {"c", "b"}, "3", Kind::write)}) ==
        std::vector<std::string>{"BatchExecuteStatement b #1 conflict", "TransactWriteItems b+c #1 conflict"});
  CHECK(conflicts({put, batch, request("ExecuteTransaction", {"a"}, "3", Kind::write),
                   request("BatchWriteItem", {"a"}, "4", Kind::write)}) ==
        std::vector<std::string>{"PutItem a #1 conflict", "ExecuteTransaction a #1 conflict"});
}

TEST_CASE("Statements meet what the operations they stand for meet") {
  const auto calls =
      calls_in({request("ExecuteStatement", {"a"}, "1", Kind::eventual_read),
                request("ExecuteStatement", {"a"}, "2", Kind::write),
                request("BatchExecuteStatement", {"a"}, "3", Kind::eventual_read),
                request("BatchExecuteStatement", {"a"}, "4", Kind::write), request("ExecuteTransaction", {"a"}, "5")});
  const auto tried = [&calls](std::size_t call) {
    std::string faults;
    for (const Trial& trial : plan_trials(calls, {})) {
      if (trial.call == call) faults += (faults.empty() ? "" : " ") + std::string(trial.fault->name);
    }
    return faults;
  };
  CHECK(tried(0) == "throttle 500-before lost-answer stale-read");
  CHECK(tried(1) == "throttle 500-before 500-after lost-answer");
  CHECK(tried(2) == "throttle 500-before lost-answer stale-read");
  CHECK(tried(3) == "throttle 500-before 500-after lost-answer");
  CHECK(tried(4) == "throttle 500-before lost-answer conflict");
  const auto rule_for = [&calls](std::size_t call) {
    for (const Trial& trial : plan_trials(calls, {parse_only("/throttle")})) {
      if (trial.call == call) return json_text(rule_of(trial, calls).at("effect"));
    }
    return std::string();
  };
  CHECK(rule_for(0) == R"({"throttle":{}})");
  CHECK(rule_for(2) == R"({"error":{"code":"ThrottlingException"}})");  // its model lists no other
}

TEST_CASE("Each call meets the faults that its operation can show") {
  const auto calls =
      calls_in({request("UpdateItem", {"a"}, "1", Kind::write), request("GetItem", {"a"}, "2", Kind::eventual_read),
                request("GetItem", {"a"}, "3"), request("BatchWriteItem", {"a"}, "4", Kind::write),
                request("TransactWriteItems", {"a"}, "5", Kind::write), request("CreateTable", {"a"}, "6")});
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
  const auto calls = calls_in({request("PutItem", {"a"}, "1", Kind::write), request("GetItem", {"a"}, "2")});
  CHECK(names(calls, plan_trials(calls, {parse_only("*/lost-answer")})) ==
        std::vector<std::string>{"PutItem a #1 lost-answer", "GetItem a #1 lost-answer"});
  CHECK(plan_trials(calls, {parse_only("Put*")}).size() == 4);
  CHECK(names(calls, plan_trials(calls, {parse_only("/500-*"), parse_only("GetItem/throttle")})).size() == 4);
  CHECK(plan_trials(calls, {parse_only("Query")}).empty());
  CHECK(names_a_fault(parse_only("PutItem/lost-*")));
  CHECK_FALSE(names_a_fault(parse_only("PutItem/lost-anser")));
}

}  // namespace
}  // namespace fickle::cli
