// contend: a rival commits under the same lock just before the request is evaluated; then nature decides. The rival is a PutItem,
// UpdateItem or DeleteItem body whose TableName and key default to the request's own item, or {"touch": attribute}.
#include "emulator/value/value_json.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

struct RivalKind {
  std::string_view name;
  std::string_view operation;
  std::string_view key_member;  // holds the key attributes
};
constexpr RivalKind kKinds[] = {
    {"put", "PutItem", "Item"}, {"update", "UpdateItem", "Key"}, {"delete", "DeleteItem", "Key"}};

json::object as_json(const Item& item) {
  std::string text;
  append_json(text, item);
  return json::parse(text).as_object();
}

// Fills in what the rival leaves to the request: the table, and the key attributes it does not name.
json::object complete(json::object body, const RivalKind& kind, const std::string& table, const json::object& key) {
  if (!body.contains("TableName")) body["TableName"] = table;
  json::value& member = body[kind.key_member];
  if (member.is_null()) member = json::object{};
  if (!member.is_object()) return body;  // the operation says what is wrong with it
  const bool is_own = kind.key_member == "Item" || member.get_object().empty();
  if (is_own) {
    for (const auto& attribute : key) member.get_object().insert(attribute);  // those that are there stay
  }
  return body;
}

class ContendEffect final : public Effect {
 public:
  ContendEffect(const Node& node, const PreparePort& operations) {
    Document document(node, "contend");
    if (const auto touch = document.take("touch")) attribute_ = touch->text();
    for (const RivalKind& kind : kKinds) {
      const auto body = document.take(kind.name);
      if (!body) continue;
      if (kind_ != nullptr || !attribute_.empty()) body->fail("only one rival at a time");
      if (!body->value.is_object()) body->fail("a " + std::string(kind.operation) + " body is needed");
      kind_ = &kind;
      body_ = body->value.get_object();
      check(*body, operations);
    }
    document.finish();
    if (kind_ == nullptr && attribute_.empty()) node.fail("one of put, update, delete and touch is needed");
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    if (firing.selected) plan.conditions.members = firing.members;
    if (kind_ == nullptr) {
      plan.conditions.rivals.emplace_back(RivalTouch{attribute_});
      return;
    }
    const Touch* touch = own_item(firing);
    const json::object key = touch != nullptr ? key_of(firing, *touch) : json::object{};
    json::object body = complete(body_, *kind_, touch != nullptr ? touch->table : std::string(), key);
    auto prepared = firing.operations.prepare(kind_->operation, body);
    if (prepared.ok()) plan.conditions.rivals.emplace_back(RivalCall{std::move(prepared).value()});
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return has(operation.groups, Group::read) || has(operation.groups, Group::write) ||
           has(operation.groups, Group::partiql);
  }
  [[nodiscard]] Evidence evidence() const override { return Evidence::contended; }

 private:
  // As far as it can be checked without a request: with a stand-in for what the request will give.
  void check(const Node& node, const PreparePort& operations) const {
    const json::object stand_in{{"rival", json::object{{"S", "rival"}}}};
    const auto prepared = operations.prepare(kind_->operation, complete(body_, *kind_, "rival", stand_in));
    if (!prepared.ok()) {
      node.fail("is no good " + std::string(kind_->operation) + ": " + prepared.error().message());
    }
  }
  static const Touch* own_item(const Firing& firing) {
    for (const std::size_t position : firing.members) {
      const Touch& touch = firing.prepared.touches[position];
      if (touch.carried != nullptr) return &touch;
    }
    return nullptr;
  }
  static json::object key_of(const Firing& firing, const Touch& touch) {
    json::object key;
    const json::object carried = as_json(*touch.carried);
    if (!firing.gate.key_names) return carried;
    for (const std::string& name : firing.gate.key_names(touch.table)) {
      if (const json::value* value = carried.if_contains(name)) key[name] = *value;
    }
    return key;
  }

  const RivalKind* kind_ = nullptr;
  json::object body_;
  std::string attribute_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort& operations) {
  return std::make_shared<ContendEffect>(node, operations);
}

}  // namespace

constinit const EffectKind contend_effect{"contend", "a rival that commits just before; then nature decides", parse};

}  // namespace fickle
