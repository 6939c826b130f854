#include "tests/faults/tracking.hh"

#include <stdexcept>

namespace fickle::test {

namespace json = boost::json;

void create_visits(Emulator& emulator, int count, std::string_view visitor) {
  emulator.ok("CreateTable", R"({"TableName":"visits","BillingMode":"PAY_PER_REQUEST",
    "KeySchema":[{"AttributeName":"v","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}],
    "AttributeDefinitions":[{"AttributeName":"v","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"},
                            {"AttributeName":"k","AttributeType":"S"}],
    "GlobalSecondaryIndexes":[{"IndexName":"by-k","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],
                               "Projection":{"ProjectionType":"ALL"}}]})");
  for (int n = 1; n <= count; ++n) {
    emulator.ok("PutItem", R"({"TableName":"visits","Item":{"v":{"S":")" + std::string(visitor) + R"("},"n":{"N":")" +
                               std::to_string(n) + R"("},"k":{"S":"page"}}})");
  }
}

void create_widgets(Emulator& emulator, std::string_view more) {
  emulator.ok("CreateTable",
              R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                  "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],)" +
                  std::string(more) + "}");
}

void put_widget(Emulator& emulator, std::string_view id, int version) {
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":")" + std::string(id) + R"("},"version":{"N":")" +
                             std::to_string(version) + R"("}}})");
}

bool has_widget(Emulator& emulator, std::string_view id) {
  return emulator
      .ok("GetItem", R"({"TableName":"widgets","ConsistentRead":true,"Key":{"id":{"S":")" + std::string(id) + R"("}}})")
      .contains("Item");
}

Walked walk(Emulator& emulator, std::string_view operation, const std::string& members) {
  Walked walked;
  std::string start;
  do {
    const json::object page =
        emulator.ok(operation, "{" + members + (start.empty() ? "" : ",\"ExclusiveStartKey\":" + start) + "}");
    ++walked.pages;
    for (const auto& item : page.at("Items").as_array()) {
      walked.numbers.push_back(std::stoi(std::string(item.as_object().at("n").as_object().at("N").as_string())));
    }
    const auto* key = page.if_contains("LastEvaluatedKey");
    start = key == nullptr ? std::string() : json::serialize(*key);
    if (walked.pages > 200) throw std::runtime_error("a walk that does not end");
  } while (!start.empty());
  return walked;
}

void set_fault(Emulator& emulator, std::string_view rule) {
  emulator.control_ok("POST", "/_fickle/faults", rule);
}

void clear_faults(Emulator& emulator) {
  emulator.control_ok("DELETE", "/_fickle/faults");
}

void simulate(Emulator& emulator, std::string_view models) {
  emulator.control_ok("PUT", "/_fickle/simulation", models);
}

json::object last_entry(Emulator& emulator, std::string_view operation) {
  const json::object journal = emulator.control_ok("GET", "/_fickle/requests?operation=" + std::string(operation));
  const json::array& requests = journal.at("requests").as_array();
  if (requests.empty()) throw std::runtime_error("no request of " + std::string(operation));
  return requests.back().as_object();
}

}  // namespace fickle::test
