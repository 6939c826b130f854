// Random operations against a plain map: whatever the order of puts, updates, deletes, conditions, batches and reads, the emulator answers as a
// std::map would. The seed is printed with every failure and can be given in FICKLE_MODEL_SEED.
#include <algorithm>
#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>

#include "tests/support/emulator.hh"

namespace json = boost::json;
using fickle::test::Emulator;

namespace {

constexpr int kSteps = 3000;
constexpr int kPartitions = 5;
constexpr int kSorts = 12;

struct Key {
  int partition = 0;
  int sort = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};
struct Row {
  std::map<std::string, long> numbers;
  std::set<long> members;
  friend bool operator==(const Row&, const Row&) = default;
};
using Model = std::map<Key, Row>;

// Sort keys cross the sizes of numbers: -60, 0.5, 7, 1e9 ... in an order that only a numeric comparison keeps.
std::string sort_text(int sort) {
  static const std::string texts[kSorts] = {"-1000000000000", "-60", "-0.5", "0", "0.0001", "0.5", "7", "8", "10",
                                            "99.99",          "1E9", "1E30"};
  return texts[sort];
}

json::object key_json(const Key& key) {
  return {{"pk", json::object{{"S", "p" + std::to_string(key.partition)}}},
          {"sk", json::object{{"N", sort_text(key.sort)}}}};
}

json::object item_json(const Key& key, const Row& row) {
  json::object item = key_json(key);
  for (const auto& [name, number] : row.numbers) item[name] = json::object{{"N", std::to_string(number)}};
  if (!row.members.empty()) {
    json::array members;
    for (const long member : row.members) members.emplace_back(std::to_string(member));
    item["set"] = json::object{{"NS", std::move(members)}};
  }
  return item;
}

Row row_of(const json::object& item) {
  Row row;
  for (const auto& member : item) {
    if (member.key() == "pk" || member.key() == "sk") continue;
    const json::object& value = member.value().as_object();
    if (const auto* number = value.if_contains("N"))
      row.numbers[std::string(member.key())] = std::stol(std::string(number->as_string()));
    if (const auto* set = value.if_contains("NS")) {
      for (const auto& element : set->as_array()) row.members.insert(std::stol(std::string(element.as_string())));
    }
  }
  return row;
}

class Walk {
 public:
  explicit Walk(unsigned long seed) : random_(seed) {
    emulator_.ok("CreateTable",
                 R"({"TableName":"model","BillingMode":"PAY_PER_REQUEST",
                     "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                     "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
                                             {"AttributeName":"a","AttributeType":"N"}],
                     "GlobalSecondaryIndexes":[{"IndexName":"by_a","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
                                                "Projection":{"ProjectionType":"ALL"}}]})");
  }

  void step() {
    switch (pick(8)) {
      case 0: return put();
      case 1: return put_if_absent();
      case 2: return add();
      case 3: return change_set();
      case 4: return erase();
      case 5: return batch();
      case 6: return query();
      default: return get();
    }
  }

  void scan() {
    Model seen;
    json::object start;
    do {
      json::object body{{"TableName", "model"}, {"Limit", 7}, {"ConsistentRead", true}};
      if (!start.empty()) body["ExclusiveStartKey"] = start;
      const json::object answer = call("Scan", body);
      for (const auto& item : answer.at("Items").as_array())
        CHECK(seen.emplace(key_of(item.as_object()), row_of(item.as_object())).second);
      start = answer.contains("LastEvaluatedKey") ? answer.at("LastEvaluatedKey").as_object() : json::object{};
    } while (!start.empty());
    CHECK(seen == model_);
  }

  void index() {
    std::map<long, std::set<Key>> by_a;
    for (const auto& [key, row] : model_) {
      if (const auto found = row.numbers.find("a"); found != row.numbers.end()) by_a[found->second].insert(key);
    }
    for (long a = 0; a < 4; ++a) {
      const json::object answer =
          call("Query", {{"TableName", "model"},
                         {"IndexName", "by_a"},
                         {"KeyConditionExpression", "a = :a"},
                         {"ExpressionAttributeValues", json::object{{":a", json::object{{"N", std::to_string(a)}}}}}});
      std::set<Key> keys;
      for (const auto& item : answer.at("Items").as_array()) keys.insert(key_of(item.as_object()));
      CHECK(keys == by_a[a]);
    }
  }

 private:
  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  Key any_key() { return {pick(kPartitions), pick(kSorts)}; }
  Row any_row() {
    Row row;
    if (pick(2) == 0) row.numbers["a"] = pick(4);
    if (pick(2) == 0) row.numbers["b"] = pick(1000) - 500;
    for (int i = pick(4); i > 0; --i) row.members.insert(pick(6));
    return row;
  }

  json::object call(std::string_view operation, const json::object& body) {
    return emulator_.ok(operation, json::serialize(body));
  }

  static Key key_of(const json::object& item) {
    const std::string partition(item.at("pk").at("S").as_string());
    const std::string canonical(item.at("sk").at("N").as_string());
    for (int sort = 0; sort < kSorts; ++sort) {
      if (std::stod(sort_text(sort)) == std::stod(canonical)) return {std::stoi(partition.substr(1)), sort};
    }
    FAIL("unknown sort key " << canonical);
    return {};
  }

  void put() {
    const Key key = any_key();
    const Row row = any_row();
    const json::object answer =
        call("PutItem", {{"TableName", "model"}, {"Item", item_json(key, row)}, {"ReturnValues", "ALL_OLD"}});
    CHECK(answer.contains("Attributes") == model_.contains(key));
    if (answer.contains("Attributes")) CHECK(row_of(answer.at("Attributes").as_object()) == model_[key]);
    model_[key] = row;
  }

  void put_if_absent() {
    const Key key = any_key();
    const Row row = any_row();
    const json::object body{
        {"TableName", "model"}, {"Item", item_json(key, row)}, {"ConditionExpression", "attribute_not_exists(pk)"}};
    const fickle::HttpReply reply = emulator_.call("PutItem", json::serialize(body));
    CHECK((reply.status == 200) != model_.contains(key));
    if (reply.status == 200) model_[key] = row;
  }

  void add() {
    const Key key = any_key();
    const long by = pick(21) - 10;
    const json::object answer = call(
        "UpdateItem", {{"TableName", "model"},
                       {"Key", key_json(key)},
                       {"UpdateExpression", "ADD b :by"},
                       {"ExpressionAttributeValues", json::object{{":by", json::object{{"N", std::to_string(by)}}}}},
                       {"ReturnValues", "ALL_NEW"}});
    model_[key].numbers["b"] += by;
    CHECK(row_of(answer.at("Attributes").as_object()) == model_[key]);
  }

  void change_set() {
    const Key key = any_key();
    const long member = pick(6);
    const bool remove = pick(2) == 0;
    call("UpdateItem", {{"TableName", "model"},
                        {"Key", key_json(key)},
                        {"UpdateExpression", remove ? "DELETE #s :m" : "ADD #s :m"},
                        {"ExpressionAttributeNames", json::object{{"#s", "set"}}},
                        {"ExpressionAttributeValues",
                         json::object{{":m", json::object{{"NS", json::array{std::to_string(member)}}}}}}});
    if (remove && !model_.contains(key)) return;  // DELETE alone creates nothing
    if (remove)
      model_[key].members.erase(member);
    else
      model_[key].members.insert(member);
  }

  void erase() {
    const Key key = any_key();
    const json::object answer =
        call("DeleteItem", {{"TableName", "model"}, {"Key", key_json(key)}, {"ReturnValues", "ALL_OLD"}});
    CHECK(answer.contains("Attributes") == model_.contains(key));
    model_.erase(key);
  }

  void batch() {
    std::map<Key, std::optional<Row>> changes;
    for (int i = 1 + pick(6); i > 0; --i)
      changes[any_key()] = pick(3) == 0 ? std::nullopt : std::optional<Row>(any_row());
    json::array requests;
    for (const auto& [key, row] : changes) {
      if (row)
        requests.push_back(json::object{{"PutRequest", json::object{{"Item", item_json(key, *row)}}}});
      else
        requests.push_back(json::object{{"DeleteRequest", json::object{{"Key", key_json(key)}}}});
    }
    const json::object answer =
        call("BatchWriteItem", {{"RequestItems", json::object{{"model", std::move(requests)}}}});
    CHECK(answer.at("UnprocessedItems").as_object().empty());
    for (const auto& [key, row] : changes) {
      if (row)
        model_[key] = *row;
      else
        model_.erase(key);
    }
  }

  void get() {
    const Key key = any_key();
    const json::object answer = call("GetItem", {{"TableName", "model"}, {"Key", key_json(key)}});
    CHECK(answer.contains("Item") == model_.contains(key));
    if (answer.contains("Item")) CHECK(row_of(answer.at("Item").as_object()) == model_[key]);
  }

  // A slice of one partition, in either direction, in pages.
  void query() {
    const int partition = pick(kPartitions);
    const int low = pick(kSorts);
    const int high = low + pick(kSorts - low);
    const bool forward = pick(2) == 0;
    std::vector<Key> expected;
    for (int sort = low; sort <= high; ++sort) {
      if (model_.contains({partition, sort})) expected.push_back({partition, sort});
    }
    if (!forward) std::reverse(expected.begin(), expected.end());
    std::vector<Key> seen;
    json::object start;
    do {
      json::object body{
          {"TableName", "model"},
          {"KeyConditionExpression", "pk = :p AND sk BETWEEN :l AND :h"},
          {"ExpressionAttributeValues", json::object{{":p", json::object{{"S", "p" + std::to_string(partition)}}},
                                                     {":l", json::object{{"N", sort_text(low)}}},
                                                     {":h", json::object{{"N", sort_text(high)}}}}},
          {"ScanIndexForward", forward},
          {"Limit", 1 + pick(4)}};
      if (!start.empty()) body["ExclusiveStartKey"] = start;
      const json::object answer = call("Query", body);
      for (const auto& item : answer.at("Items").as_array()) seen.push_back(key_of(item.as_object()));
      start = answer.contains("LastEvaluatedKey") ? answer.at("LastEvaluatedKey").as_object() : json::object{};
    } while (!start.empty());
    CHECK(seen == expected);
  }

  std::mt19937_64 random_;
  Emulator emulator_;
  Model model_;
};

}  // namespace

TEST_CASE("Random operations answer as a plain map would") {
  const char* given = std::getenv("FICKLE_MODEL_SEED");
  const unsigned long seed = given != nullptr ? std::strtoul(given, nullptr, 10) : 20261123UL;
  INFO("FICKLE_MODEL_SEED=" << seed);
  Walk walk(seed);
  for (int step = 0; step < kSteps; ++step) {
    INFO("step " << step);
    walk.step();
    if (step % 500 == 499) {
      walk.scan();
      walk.index();
    }
  }
}
