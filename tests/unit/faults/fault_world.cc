#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

const OperationFacts kFacts[] = {
    {"GetItem", static_cast<unsigned>(Group::read)},
    {"BatchGetItem", Group::read | Group::batch},
    {"TransactGetItems", Group::read | Group::transaction},
    {"Query", Group::read | Group::query},
    {"Scan", Group::read | Group::query},
    {"PutItem", static_cast<unsigned>(Group::write)},
    {"UpdateItem", static_cast<unsigned>(Group::write)},
    {"DeleteItem", static_cast<unsigned>(Group::write)},
    {"BatchWriteItem", Group::write | Group::batch},
    {"TransactWriteItems", Group::write | Group::transaction},
    {"ExecuteStatement", static_cast<unsigned>(Group::partiql)},
    {"BatchExecuteStatement", Group::partiql | Group::batch},
    {"ListTables", static_cast<unsigned>(Group::control)},
    {"DescribeTable", static_cast<unsigned>(Group::control)},
    {"GetRecords", static_cast<unsigned>(Group::stream)},
};

}  // namespace

Result<std::shared_ptr<const Prepared>, ApiError> FakeOperations::prepare(std::string_view operation,
                                                                          const json::object& body) const {
  if (!body.contains("TableName")) return Refused{ApiError("ValidationException", "TableName is missing")};
  if (body.contains("Bad")) return Refused{ApiError("ValidationException", "Bad is bad")};
  auto prepared = std::make_shared<Prepared>();
  Touch touch;
  touch.table = std::string(body.at("TableName").get_string());
  const std::string_view member = operation == "PutItem" ? "Item" : "Key";
  if (body.contains(member)) {
    touch.carried = std::make_shared<const Item>(read_item(body.at(member).get_object()).value());
  }
  touch.write = true;
  prepared->touches.push_back(touch);
  return std::shared_ptr<const Prepared>(prepared);
}

const OperationFacts* FakeOperations::find(std::string_view operation) const {
  for (const OperationFacts& facts : kFacts) {
    if (facts.name == operation) return &facts;
  }
  return nullptr;
}

std::vector<OperationFacts> FakeOperations::all() const {
  return {std::begin(kFacts), std::end(kFacts)};
}

json::value parse(std::string_view text) {
  return json::parse(json::string_view(text.data(), text.size()));
}

ItemPtr item(std::string_view text) {
  return std::make_shared<const Item>(read_item(parse(text).get_object()).value());
}

Request request(std::string_view operation, std::string_view table, std::string_view carried) {
  const FakeOperations operations;
  const OperationFacts* facts = operations.find(operation);
  REQUIRE(facts != nullptr);
  Request made;
  made.call.operation = operation;
  made.call.access_key = "worker-7";
  made.call.headers.add("user-agent", "aws-sdk-js/3");
  made.prepared.groups = facts->groups;
  Touch touch;
  touch.table = table;
  touch.write = has(facts->groups, Group::write);
  if (!carried.empty()) touch.carried = item(carried);
  if (!table.empty()) made.prepared.touches.push_back(touch);
  return made;
}

Request batch(std::string_view operation, const std::vector<std::string>& keys) {
  Request made = request(operation, "");
  for (const std::string& key : keys) {
    Touch touch;
    touch.table = "orders";
    touch.write = has(made.prepared.groups, Group::write);
    touch.carried = item(R"({"pk":{"S":")" + key + R"("}})");
    made.prepared.touches.push_back(touch);
  }
  return made;
}

World::World()
    : engine(RuleServices{operations, "000000000000"}, [this](const std::string& line) { log.push_back(line); }) {}

GateContext World::context() {
  return {"default", now, dice, models, marker, [](std::string_view) { return std::vector<std::string>{"pk"}; }};
}

void World::set(std::string_view rules) {
  const json::value document = parse(rules);
  const auto set = engine.rules("default");
  (void)set->add(parse_rules({document, ""}, operations), now);
  engine.changed("default", models);
}

FaultPlan World::plan(const Request& request) {
  return engine.plan(request.call, request.prepared, context());
}

bool World::fires(const Request& request, std::string_view rule) {
  const FaultPlan made = plan(request);
  if (rule.empty()) return !made.fired.empty();
  return std::find(made.fired.begin(), made.fired.end(), rule) != made.fired.end();
}

std::string World::pattern(const Request& request, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += fires(request) ? 'x' : '.';
  return text;
}

json::object World::shown(std::string_view rule) {
  return *engine.rules("default")->show(rule);
}

ControlError refused(std::string_view rule) {
  const FakeOperations operations;
  const json::value document = parse(rule);
  try {
    (void)parse_rules({document, ""}, operations);
  } catch (const ControlError& error) {
    return error;
  }
  FAIL("taken: " << rule);
  return {};
}

}  // namespace fickle::test
