// The server's side of a sweep: its rules and its list of calls stand beside whatever the swept tests do.
#include <catch2/catch_test_macros.hpp>

#include "tests/faults/tracking.hh"

using namespace fickle::test;
namespace json = boost::json;

namespace {

constexpr std::string_view kSweep = "/_fickle/sweep";

void begin(Emulator& emulator, const std::string& rule) {
  emulator.control_ok("PUT", kSweep, R"({"rules":[)" + rule + "]}");
}

json::object rule_in(Emulator& emulator, std::string_view name) {
  const json::object sweep = emulator.control_ok("GET", kSweep);
  for (const json::value& rule : sweep.at("rules").as_array()) {
    if (rule.at("name").as_string() == name) return rule.as_object();
  }
  FAIL("no rule " << name);
  return {};
}

// "PutItem widgets write sweep": what was noted of each call.
std::vector<std::string> calls(Emulator& emulator) {
  std::vector<std::string> list;
  const json::object sweep = emulator.control_ok("GET", kSweep);
  for (const json::value& call : sweep.at("calls").as_array()) {
    std::string text(call.at("operation").as_string());
    for (const json::value& table : call.at("tables").as_array()) text += " " + std::string(table.as_string());
    if (call.at("eventual").as_bool()) text += " eventual";
    if (call.at("writes").as_bool()) text += " write";
    for (const json::value& fault : call.at("faults").as_array()) text += " " + std::string(fault.as_string());
    list.push_back(text);
  }
  return list;
}

constexpr std::string_view kGet = R"({"TableName":"widgets","Key":{"id":{"S":"a"}}})";
constexpr std::string_view kSecondPutFails =
    R"({"name":"sweep","when":{"operation":"PutItem"},"schedule":{"skip":1,"times":1},"effect":{"error":{"code":"InternalServerError"}}})";

}  // namespace

TEST_CASE("A sweep's rule counts on over resets, and no list, verdict or removal of rules knows it") {
  Emulator emulator;
  begin(emulator, std::string(kSecondPutFails));
  create_widgets(emulator);
  put_widget(emulator, "a");
  CHECK(emulator.control_ok("GET", "/_fickle/faults").at("faults").as_array().empty());
  emulator.control_ok("POST", "/_fickle/faults/verify");
  emulator.control_ok("POST", "/_fickle/reset");
  emulator.control_ok("DELETE", "/_fickle/faults");
  emulator.control_ok("DELETE", "/_fickle/requests");
  create_widgets(emulator);
  CHECK(emulator.call("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"b"}}})").status == 500);
  put_widget(emulator, "b");
  CHECK(rule_in(emulator, "sweep").at("fired") == 1);
  CHECK(rule_in(emulator, "sweep").at("effective") == true);
  CHECK(calls(emulator) == std::vector<std::string>{"CreateTable widgets write", "PutItem widgets write",
                                                    "CreateTable widgets write", "PutItem widgets write sweep",
                                                    "PutItem widgets write"});
}

TEST_CASE("The rule of a sweep decides before the rules and one-offs of the tests") {
  Emulator emulator;
  create_widgets(emulator);
  set_fault(emulator, R"({"name":"own","when":{"operation":"GetItem"},"effect":{"throttle":{}}})");
  begin(emulator, R"({"name":"sweep","schedule":{"times":1},"effect":{"error":{"code":"InternalServerError"}}})");
  CHECK(emulator.refused("GetItem", kGet).starts_with("InternalServerError"));
  CHECK(last_entry(emulator, "GetItem").at("faults") == json::array{"sweep"});
  CHECK(emulator.refused("GetItem", kGet).starts_with("ProvisionedThroughputExceededException"));
  const auto own = emulator.control_ok("GET", "/_fickle/faults/own");
  CHECK(own.at("matched") == 1);
}

TEST_CASE("What is refused as invalid is no call; reads that may lag are told from those that may not") {
  Emulator emulator;
  create_widgets(emulator);
  begin(emulator, "");
  CHECK(emulator.call("GetItem", R"({"TableName":"widgets"})").status == 400);
  (void)emulator.ok("GetItem", kGet);
  (void)emulator.ok("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"a"}},"ConsistentRead":true})");
  (void)emulator.ok("ExecuteStatement", R"({"Statement":"SELECT * FROM widgets WHERE id = 'a'"})");
  (void)emulator.ok("ExecuteStatement", R"({"Statement":"INSERT INTO widgets VALUE {'id':'a'}"})");
  CHECK(calls(emulator) == std::vector<std::string>{"GetItem widgets eventual", "GetItem widgets",
                                                    "ExecuteStatement widgets eventual",
                                                    "ExecuteStatement widgets write"});
  begin(emulator, "");  // the next run
  CHECK(calls(emulator).empty());
}

TEST_CASE("History is kept for a sweep's stale reads, over resets") {
  Emulator emulator;
  begin(emulator, R"({"name":"sweep","when":{"operation":"GetItem"},"effect":{"staleRead":{"versions":1}}})");
  emulator.control_ok("POST", "/_fickle/reset");
  create_widgets(emulator);
  put_widget(emulator, "a", 1);
  put_widget(emulator, "a", 2);
  put_widget(emulator, "a", 3);
  CHECK(emulator.ok("GetItem", kGet).at("Item").at("version").at("N") == "2");
}

TEST_CASE("A sweep begins with good rules only, and ends once") {
  Emulator emulator;
  const auto pointer = [&emulator](std::string_view body) {
    const auto reply = emulator.control("PUT", kSweep, body);
    return std::to_string(reply.status) + " " + std::string(json::parse(reply.body).at("pointer").as_string());
  };
  CHECK(pointer(R"({"rule":[]})") == "400 /rule");
  CHECK(pointer(R"({"rules":[{"effect":{"thrttle":{}}}]})") == "400 /rules/0/effect/thrttle");
  CHECK(pointer(R"({"rules":[{"name":"a","effect":{"throttle":{}}},{"name":"a","effect":{"throttle":{}}}]})") ==
        "409 /rules/1/name");
  CHECK(emulator.control("GET", kSweep).status == 404);
  CHECK(emulator.control("DELETE", kSweep).status == 404);
  emulator.control_ok("PUT", kSweep);
  emulator.control_ok("DELETE", kSweep);
  CHECK(emulator.control("GET", kSweep).status == 404);
}
