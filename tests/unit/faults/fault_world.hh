// A small world for tests of faults/: operations by name, a clock that is moved by hand, dice, and requests made from few words.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "emulator/admin/router.hh"
#include "emulator/value/value_json.hh"
#include "faults/fault_engine.hh"

namespace fickle::test {

// Knows the operations that the tests use; prepare() takes any body with TableName.
class FakeOperations final : public PreparePort {
 public:
  [[nodiscard]] Result<std::shared_ptr<const Prepared>, ApiError> prepare(std::string_view operation,
                                                                          const json::object& body) const override;
  [[nodiscard]] const OperationFacts* find(std::string_view operation) const override;
  [[nodiscard]] std::vector<OperationFacts> all() const override;
};

[[nodiscard]] json::value parse(std::string_view text);  // comments not allowed
[[nodiscard]] ItemPtr item(std::string_view text);       // {"pk":{"S":"a"}}

struct Request {
  Call call;
  Prepared prepared;
};
// A request of `operation` on one item of `table`; groups from FakeOperations.
[[nodiscard]] Request request(std::string_view operation, std::string_view table = "orders",
                              std::string_view carried = R"({"pk":{"S":"user#1"}})");
// A batch with one member for each key.
[[nodiscard]] Request batch(std::string_view operation, const std::vector<std::string>& keys);

// One universe `default` with an engine.
class World {
 public:
  World();
  void set(std::string_view rules);  // a rule or an array
  [[nodiscard]] FaultPlan plan(const Request& request);
  // Whether the rule (any rule when empty) fired.
  [[nodiscard]] bool fires(const Request& request, std::string_view rule = "");
  // "x.x" style: x where a rule fired.
  [[nodiscard]] std::string pattern(const Request& request, int times);
  [[nodiscard]] json::object shown(std::string_view rule);
  void advance(Duration by) { now += by; }

  FakeOperations operations;
  std::vector<std::string> log;
  FaultEngine engine;
  Dice dice{1, "default"};
  Models models;
  Instant now{std::chrono::seconds(1'767'225'600)};
  std::string marker;
  GateContext context();
};

// What a refused rule is told: pointer and detail; fails the test when it is taken.
[[nodiscard]] ControlError refused(std::string_view rule);

}  // namespace fickle::test
