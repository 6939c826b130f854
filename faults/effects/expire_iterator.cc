// expireIterator: an iterator older than 15 minutes - ExpiredIteratorException.
#include "emulator/api/error_models.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kCode = "ExpiredIteratorException";

class ExpireIteratorEffect final : public Effect {
 public:
  void apply(FaultPlan& plan, const Firing&) const override {
    plan.refuse = ForcedError{ApiError(kCode, ""), {}, {}, {}, nullptr};
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return model_lists(operation.name, kCode);
  }
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  take_no_parameters(node, "expireIterator");
  return std::make_shared<ExpireIteratorEffect>();
}

}  // namespace

constinit const EffectKind expire_iterator_effect{"expireIterator", "ExpiredIteratorException", parse};

}  // namespace fickle
