// expireIterator: an iterator older than 15 minutes - ExpiredIteratorException. trimStream: records beyond the trim point of the stream -
// TrimmedDataAccessException.
#include "emulator/api/error_models.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

class StreamRefusal final : public Effect {
 public:
  explicit StreamRefusal(std::string_view code) : code_(code) {}
  void apply(FaultPlan& plan, const Firing&) const override {
    plan.refuse = ForcedError{ApiError(code_, ""), {}, {}, {}, nullptr};
  }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return model_lists(operation.name, code_);
  }

 private:
  std::string_view code_;  // of a literal
};

std::shared_ptr<const Effect> parse_expire_iterator(const Node& node, const PreparePort&) {
  take_no_parameters(node, "expireIterator");
  return std::make_shared<StreamRefusal>("ExpiredIteratorException");
}

std::shared_ptr<const Effect> parse_trim_stream(const Node& node, const PreparePort&) {
  take_no_parameters(node, "trimStream");
  return std::make_shared<StreamRefusal>("TrimmedDataAccessException");
}

}  // namespace

constinit const EffectKind expire_iterator_effect{"expireIterator", "ExpiredIteratorException", parse_expire_iterator};
constinit const EffectKind trim_stream_effect{"trimStream", "TrimmedDataAccessException", parse_trim_stream};

}  // namespace fickle
