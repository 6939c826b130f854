#include "emulator/service/declared.hh"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/emulator.hh"

namespace fickle {
namespace {

TEST_CASE("An answer is held against its operation's declaration", "[service]") {
  const Operation& get_item = *find_operation("GetItem");
  CHECK_FALSE(undeclared(get_item, R"({"Item":{"id":{"S":"a"}}})"));
  CHECK(undeclared(get_item, R"({"Items":[]})") == "Items: not declared");
  CHECK(undeclared(get_item, R"({"ConsumedCapacity":{"TableName":"t","CapacityUnits":1.0,"ReadCapacityUnits":1.0}})") ==
        "ConsumedCapacity.ReadCapacityUnits: not declared");
  CHECK(undeclared(get_item, "[]") == "not a JSON object");
  CHECK(undeclared(get_item, "{") == "not a JSON object");
}

TEST_CASE("With --check-replies declared answers pass as they are", "[service]") {
  Options options;
  options.check_replies = true;
  test::Emulator emulator(options);
  CHECK(emulator.ok("ListTables", "{}").contains("TableNames"));
}

}  // namespace
}  // namespace fickle
