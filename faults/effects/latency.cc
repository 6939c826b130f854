// latency: the answer comes later, in real time; it moves no clock.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

class LatencyEffect final : public Effect {
 public:
  explicit LatencyEffect(const Node& node) : wait_(node.distribution()) {}

  void apply(FaultPlan& plan, const Firing& firing) const override {
    const auto* fixed = std::get_if<FixedDuration>(&wait_);
    const Duration wait =
        fixed != nullptr ? fixed->value : sample(wait_, firing.gate.dice.draw(firing.source, "latency"));
    (firing.at == At::before_commit ? plan.delay_before : plan.delay_after) += wait;
  }
  [[nodiscard]] bool waits() const override { return true; }
  [[nodiscard]] bool can_show(const OperationFacts&, const Matcher&) const override { return true; }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::allowed; }

 private:
  Distribution wait_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<LatencyEffect>(node);
}

}  // namespace

constinit const EffectKind latency_effect{"latency", "the answer comes later", parse};

}  // namespace fickle
