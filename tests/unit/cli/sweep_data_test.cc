// What a run left in the tables, compared with the untouched run.
#include "emulator/cli/sweep/data.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle::cli {
namespace {

namespace json = boost::json;

TablesData tables(std::string_view items, std::string_view keys = R"([{"AttributeName":"pk","KeyType":"HASH"}])") {
  const json::value scenario = json::parse(R"({"fickle":1,"tables":[{"TableName":"t","KeySchema":)" +
                                           std::string(keys) + R"(,"items":)" + std::string(items) + "}]}");
  return {{"t", table_data(scenario, "t")}};
}

std::string compare(const TablesData& clean, const TablesData& now) {
  return difference(clean, now, {});
}

TEST_CASE("The same items in another order, sets in another order: the same data") {
  CHECK(compare(tables(R"([{"pk":{"S":"a"},"tags":{"SS":["x","y"]}},{"pk":{"S":"b"}}])"),
                tables(R"([{"pk":{"S":"b"}},{"tags":{"SS":["y","x"]},"pk":{"S":"a"}}])"))
            .empty());
}

TEST_CASE("A changed attribute is named with its key, what it is and what it should be") {
  CHECK(compare(tables(R"([{"pk":{"S":"a"},"count":{"N":"1"}}])"), tables(R"([{"pk":{"S":"a"},"count":{"N":"2"}}])")) ==
        "t a: count is 2, should be 1");
  CHECK(compare(tables(R"([{"pk":"a","list":["x","y"]}])"), tables(R"([{"pk":"a","list":["y","x"]}])")) ==
        "t a: list is y x, should be x y");
  CHECK(compare(tables(R"([{"pk":"a"}])"), tables(R"([{"pk":"a","more":1}])")) == "t a: more is 1, should be absent");
}

TEST_CASE("Missing and superfluous items and tables are told") {
  CHECK(compare(tables(R"([{"pk":"a"},{"pk":"b"}])"), tables(R"([{"pk":"b"}])")) == "t: 1 items missing, a first");
  CHECK(compare(tables(R"([{"pk":"a"}])"), tables(R"([{"pk":"a"},{"pk":"c"}])")) == "t: 1 items too many, c first");
  CHECK(compare(tables("[]"), {{"t", std::nullopt}}) == "table t is missing");
  CHECK(compare({{"t", std::nullopt}}, tables("[]")) == "table t should not be there");
  CHECK(compare({{"t", std::nullopt}}, {{"t", std::nullopt}}).empty());
}

TEST_CASE("Attributes that differ between two untouched runs are left out, nested ones alone") {
  const auto first = tables(R"([{"pk":{"S":"a"},"at":{"N":"1"},"meta":{"M":{"id":{"S":"x"},"n":{"N":"1"}}}}])");
  const auto second = tables(R"([{"pk":{"S":"a"},"at":{"N":"2"},"meta":{"M":{"id":{"S":"y"},"n":{"N":"1"}}}}])");
  const LeftOut left_out = find_unstable(first, second);
  CHECK(left_out.tables.empty());
  CHECK(left_out.attributes.at("t") == std::set<std::string>{"at", "meta/M/id"});
  CHECK(difference(first, second, left_out).empty());
  CHECK(difference(first, tables(R"([{"pk":{"S":"a"},"at":{"N":"9"},"meta":{"M":{"id":{"S":"z"},"n":{"N":"2"}}}}])"),
                   left_out) != "");
}

TEST_CASE("Items whose key is drawn anew in each run are compared by everything else") {
  constexpr std::string_view kKeys =
      R"([{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}])";
  const auto first =
      tables(R"([{"pk":"a","sk":"r1","n":1},{"pk":"a","sk":"r2","n":2},{"pk":"b","sk":"fixed"}])", kKeys);
  const auto second =
      tables(R"([{"pk":"a","sk":"r9","n":1},{"pk":"a","sk":"r8","n":2},{"pk":"b","sk":"fixed"}])", kKeys);
  const LeftOut left_out = find_unstable(first, second);
  CHECK(left_out.attributes.at("t") == std::set<std::string>{"sk"});
  CHECK(difference(first, second, left_out).empty());
  const auto twice = tables(
      R"([{"pk":"a","sk":"q1","n":1},{"pk":"a","sk":"q2","n":2},{"pk":"a","sk":"q3","n":2},{"pk":"b","sk":"fixed"}])",
      kKeys);
  CHECK(difference(first, twice, left_out).starts_with("t: 1 items too many"));
}

TEST_CASE("A table where even the number of items differs between untouched runs is left out whole") {
  const auto first = tables(R"([{"pk":"a"}])");
  const auto second = tables(R"([{"pk":"a"},{"pk":"b"}])");
  const LeftOut left_out = find_unstable(first, second);
  CHECK(left_out.tables == std::set<std::string>{"t"});
  CHECK(difference(first, second, left_out).empty());
  CHECK(find_unstable(first, {}).tables == std::set<std::string>{"t"});
  CHECK(find_unstable({}, first).tables == std::set<std::string>{"t"});
}

TEST_CASE("A table that the scenario does not hold is absent") {
  CHECK_FALSE(table_data(json::object{{"tables", json::array{}}}, "t").has_value());
  CHECK_FALSE(table_data(nullptr, "t").has_value());
}

}  // namespace
}  // namespace fickle::cli
