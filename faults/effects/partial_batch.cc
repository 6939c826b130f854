// partialBatch: some members of a batch come back as UnprocessedItems or UnprocessedKeys, truly not done. The engine leaves them out.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

class PartialBatchEffect final : public Effect {
 public:
  explicit PartialBatchEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) return;
    Document document(node, "partialBatch");
    if (const auto amount = document.take("unprocessed")) read_amount(*amount);
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    Shortfall shortfall = shortfall_;
    if (firing.selected) shortfall.eligible = firing.members;
    shortfall.force = firing.force;
    plan.conditions.shortfall = std::move(shortfall);
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return operation.name == "BatchWriteItem" || operation.name == "BatchGetItem";
  }
  [[nodiscard]] Evidence evidence() const override { return Evidence::shortened; }

 private:
  // A number below 1 or written with a point is a fraction, an integer a count; "all"; or an array of positions.
  void read_amount(const Node& amount) {
    if (amount.value.is_array()) {
      shortfall_.kind = Shortfall::Kind::positions;
      for (const Node& position : amount.elements()) {
        shortfall_.positions.push_back(static_cast<std::size_t>(position.integer(0, 99)));
      }
      if (shortfall_.positions.empty()) amount.fail("must name at least one position");
      return;
    }
    if (amount.value.is_string()) {
      (void)amount.word({"all"});
      shortfall_.kind = Shortfall::Kind::all;
      return;
    }
    if (amount.value.is_double()) {
      shortfall_.kind = Shortfall::Kind::fraction;
      shortfall_.fraction = amount.number(0, 1);
      if (shortfall_.fraction <= 0) amount.fail("a fraction must be above 0");
      return;
    }
    if (!amount.value.is_int64()) amount.fail("a fraction, a count, \"all\" or an array of positions is needed");
    shortfall_.kind = Shortfall::Kind::count;
    shortfall_.count = static_cast<std::size_t>(amount.integer(1, 100));
  }

  Shortfall shortfall_{Shortfall::Kind::fraction, 0, 0.5, {}, std::nullopt, false};
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<PartialBatchEffect>(node);
}

}  // namespace

constinit const EffectKind partial_batch_effect{"partialBatch", "UnprocessedItems or UnprocessedKeys, truly not done",
                                                parse};

}  // namespace fickle
