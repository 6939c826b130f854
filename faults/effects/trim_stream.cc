// trimStream: records beyond the trim point of the stream - TrimmedDataAccessException.
#include "emulator/api/error_models.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kCode = "TrimmedDataAccessException";

class TrimStreamEffect final : public Effect {
 public:
  void apply(FaultPlan& plan, const Firing&) const override {
    plan.refuse = ForcedError{ApiError(kCode, ""), {}, {}, {}, nullptr};
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return model_lists(operation.name, kCode);
  }
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  take_no_parameters(node, "trimStream");
  return std::make_shared<TrimStreamEffect>();
}

}  // namespace

constinit const EffectKind trim_stream_effect{"trimStream", "TrimmedDataAccessException", parse};

}  // namespace fickle
