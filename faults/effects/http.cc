// http: a raw answer, as from a proxy between client and service.
#include "emulator/core/json_print.hh"
#include "faults/effects/effects.hh"
#include "faults/headers.hh"

namespace fickle {
namespace {

class HttpEffect final : public Effect {
 public:
  explicit HttpEffect(const Node& node) {
    Document document(node, "http");
    if (const auto status = document.take("status")) answer_.status = static_cast<int>(status->integer(200, 599));
    if (const auto headers = document.take("headers")) answer_.headers = parse_headers(*headers);
    if (const auto body = document.take("body")) {
      answer_.body = body->value.is_string() ? std::string(body->value.get_string()) : json_text(body->value);
    }
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    (firing.at == At::before_commit ? plan.raw_before : plan.raw_after) = answer_;
  }
  [[nodiscard]] bool can_show(const OperationFacts&, const Matcher&) const override { return true; }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::allowed; }

 private:
  RawAnswer answer_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<HttpEffect>(node);
}

}  // namespace

constinit const EffectKind http_effect{"http", "a raw answer, as from a proxy between", parse};

}  // namespace fickle
