// staleRead: this non-consistent read sees the past, by time or by committed versions. The engine reads from the item's history.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kOperations[] = {"GetItem", "BatchGetItem",     "Query",
                                            "Scan",    "ExecuteStatement", "BatchExecuteStatement"};
constexpr std::int64_t kVersionsMax = 1000;

class StaleReadEffect final : public Effect {
 public:
  explicit StaleReadEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) {
      versions_ = 1;
      return;
    }
    Document document(node, "staleRead");
    const auto lag = document.take("lag");
    const auto versions = document.take("versions");
    document.finish();
    if (lag && versions) versions->fail("either lag or versions, not both");
    if (lag) lag_ = lag->distribution();
    if (versions) versions_ = static_cast<int>(versions->integer(1, kVersionsMax));
    if (!lag && !versions) versions_ = 1;
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    StaleRead stale{std::nullopt, versions_};
    if (const auto* fixed = lag_ ? std::get_if<FixedDuration>(&*lag_) : nullptr) {
      stale.lag = fixed->value;
    } else if (lag_) {
      stale.lag = sample(*lag_, firing.gate.dice.draw(firing.source, "lag"));
    }
    plan.conditions.stale_read = stale;
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher& when) const override {
    return when.consistent_read() != std::optional(true) && has(operation.groups, Group::read) &&
           std::find(std::begin(kOperations), std::end(kOperations), operation.name) != std::end(kOperations);
  }
  [[nodiscard]] bool may_meet(const Call&, const Prepared& prepared) const override {
    return !prepared.consistent_read.value_or(false) &&
           std::none_of(prepared.touches.begin(), prepared.touches.end(),
                        [](const Touch& touch) { return touch.write; });  // a statement that writes
  }
  [[nodiscard]] Evidence evidence() const override { return Evidence::stale; }
  [[nodiscard]] HistoryNeeds history() const override { return {lag_ ? largest(*lag_) : Duration{0}, versions_}; }

 private:
  std::optional<Distribution> lag_;
  int versions_ = 0;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<StaleReadEffect>(node);
}

}  // namespace

constinit const EffectKind stale_read_effect{"staleRead", "an eventually consistent read that sees the past", parse};

}  // namespace fickle
