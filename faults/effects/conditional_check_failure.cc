// conditionalCheckFailure: the request's condition counts as false, whatever it says. The engine answers with the true item when asked.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kOperations[] = {
    "PutItem",          "UpdateItem",         "DeleteItem",           "TransactWriteItems",
    "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement"};

class ConditionalCheckFailureEffect final : public Effect {
 public:
  void apply(FaultPlan& plan, const Firing& firing) const override {
    plan.conditions.conditional_check_failure = true;
    if (firing.selected) plan.conditions.members = firing.members;
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher& when) const override {
    return when.conditional() != std::optional(false) && has(operation.groups, Group::write) &&
           std::find(std::begin(kOperations), std::end(kOperations), operation.name) != std::end(kOperations);
  }
  [[nodiscard]] bool may_meet(const Call&, const Prepared& prepared) const override {
    return std::any_of(prepared.touches.begin(), prepared.touches.end(),
                       [](const Touch& touch) { return touch.conditional; });
  }
  [[nodiscard]] Evidence evidence() const override { return Evidence::forced; }
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  take_no_parameters(node, "conditionalCheckFailure");
  return std::make_shared<ConditionalCheckFailureEffect>();
}

}  // namespace

constinit const EffectKind conditional_check_failure_effect{
    "conditionalCheckFailure", "a condition that fails, with the true item if asked for", parse};

}  // namespace fickle
