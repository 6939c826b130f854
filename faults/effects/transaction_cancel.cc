// transactionCancel: the transaction is cancelled with chosen reasons: a list by position, padded with None, or one code for all.
#include "faults/effects/cancellation.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

// "TransactionConflict", or {"Code":..,"Message":..} (also in lower case).
CancellationReason parse_reason(const Node& node) {
  CancellationReason reason;
  if (node.value.is_object()) {
    Document document(node, "a reason");
    const auto upper = document.take("Code");
    const auto lower = document.take("code");
    for (const std::string_view name : {"Message", "message"}) {
      if (const auto message = document.take(name)) reason.message = message->text();
    }
    document.finish();
    if (!upper && !lower) node.fail("a reason needs Code");
    reason.code = upper ? upper->text() : lower->text();
    if (!cancellation_text(reason.code)) (upper ? *upper : *lower).fail("there is no cancellation code " + reason.code);
    return reason;
  }
  reason.code = node.text();
  if (!cancellation_text(reason.code)) node.fail("there is no cancellation code " + reason.code);
  return reason;
}

class TransactionCancelEffect final : public Effect {
 public:
  explicit TransactionCancelEffect(const Node& node) {
    Document document(node, "transactionCancel");
    const Node reasons = document.need("reasons");
    document.finish();
    if (reasons.value.is_array()) {
      for (const Node& entry : reasons.elements()) reasons_.push_back(parse_reason(entry));
    } else {
      reasons_.push_back(parse_reason(reasons));
      for_all_ = true;
    }
    const auto says_something = [](const CancellationReason& reason) { return reason.code != "None"; };
    if (std::none_of(reasons_.begin(), reasons_.end(), says_something)) reasons.fail("needs a reason other than None");
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    std::vector<CancellationReason> reasons(firing.prepared.touches.size());
    if (for_all_) {
      for (const std::size_t position : firing.members) reasons[position] = reasons_.front();
    } else {
      std::copy_n(reasons_.begin(), std::min(reasons.size(), reasons_.size()), reasons.begin());
    }
    plan.refuse = canceled(reasons);
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return is_cancellable(operation.name);
  }

 private:
  std::vector<CancellationReason> reasons_;
  bool for_all_ = false;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<TransactionCancelEffect>(node);
}

}  // namespace

constinit const EffectKind transaction_cancel_effect{"transactionCancel",
                                                     "TransactionCanceledException with the reasons given", parse};

}  // namespace fickle
