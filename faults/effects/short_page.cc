// shortPage: a page that ends early, with a LastEvaluatedKey that resumes without losing or repeating an item.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

class ShortPageEffect final : public Effect {
 public:
  explicit ShortPageEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) return;
    Document document(node, "shortPage");
    if (const auto items = document.take("maxItems")) items_max_ = items->integer(0, 1'000'000);
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing&) const override { plan.conditions.short_page = items_max_; }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return operation.name == "Query" || operation.name == "Scan" || operation.name == "ExecuteStatement";
  }
  [[nodiscard]] Evidence evidence() const override { return Evidence::shortened; }

 private:
  std::int64_t items_max_ = 1;  // evaluated, before any filter
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<ShortPageEffect>(node);
}

}  // namespace

constinit const EffectKind short_page_effect{"shortPage", "an early page that resumes without loss", parse};

}  // namespace fickle
