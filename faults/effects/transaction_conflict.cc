// transactionConflict: another transaction holds the item. A single write gets TransactionConflictException, a transaction is cancelled
// with that reason for the members concerned, a batch of statements has that error in their places. Source: behaviour reference 8.4, 9.4.
#include "emulator/api/error_models.hh"
#include "faults/effects/cancellation.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kCode = "TransactionConflictException";
constexpr std::string_view kStatements = "BatchExecuteStatement";

class TransactionConflictEffect final : public Effect {
 public:
  void apply(FaultPlan& plan, const Firing& firing) const override {
    if (firing.call.operation == kStatements) {
      plan.conditions.transaction_conflict = true;
      if (firing.selected) plan.conditions.members = firing.members;
      return;
    }
    if (!is_cancellable(firing.call.operation)) {
      plan.refuse = ForcedError{ApiError(kCode, ""), {}, {}, {}, nullptr};
      return;
    }
    std::vector<CancellationReason> reasons(firing.prepared.touches.size());
    for (const std::size_t position : firing.members) reasons[position].code = "TransactionConflict";
    plan.refuse = canceled(reasons);
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    if (operation.name == kStatements) return has(operation.groups, Group::write);
    return model_lists(operation.name, kCode) || is_cancellable(operation.name);
  }
  // Reads conflict in transactions only.
  [[nodiscard]] bool may_meet(const Call& call, const Prepared& prepared) const override {
    return is_cancellable(call.operation) || std::any_of(prepared.touches.begin(), prepared.touches.end(),
                                                         [](const Touch& touch) { return touch.write; });
  }
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  take_no_parameters(node, "transactionConflict");
  return std::make_shared<TransactionConflictEffect>();
}

}  // namespace

constinit const EffectKind transaction_conflict_effect{
    "transactionConflict", "TransactionConflictException, or a cancelled transaction with that reason", parse};

}  // namespace fickle
