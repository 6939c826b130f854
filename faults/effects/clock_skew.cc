// clockSkew: the service's clock is off. The Date header shows it; beyond 15 minutes the request's own date is judged by the shifted clock,
// so that an SDK which corrects itself by that header succeeds on its retry. Source: fault facts B6, behaviour reference 1.5.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr Duration kTolerance = std::chrono::minutes(15);

// The request's date: X-Amz-Date as SDKs send it; nullopt when absent or of another form.
std::optional<Instant> date_of(const Call& call) {
  const auto header = call.header("x-amz-date");
  return header ? parse_amz_date(*header) : std::nullopt;
}

std::string expired(Instant date, Instant now) {
  return "Signature expired: " + format_amz_date(date) + " is now earlier than " + format_amz_date(now - kTolerance) +
         " (" + format_amz_date(now) + " - 15 min.)";
}

std::string not_yet_current(Instant date, Instant now) {
  return "Signature not yet current: " + format_amz_date(date) + " is still later than " +
         format_amz_date(now + kTolerance) + " (" + format_amz_date(now) + " + 15 min.)";
}

class ClockSkewEffect final : public Effect {
 public:
  explicit ClockSkewEffect(const Node& node) : skew_(node.duration(Sign::allowed)) {
    if (skew_ == Duration{0}) node.fail("must not be 0");
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    plan.date_skew = skew_;
    if (skew_ <= kTolerance && skew_ >= -kTolerance) return;
    const auto date = date_of(firing.call);
    const Instant now = firing.call.received + skew_;
    if (!date || (*date >= now - kTolerance && *date <= now + kTolerance)) return;
    plan.refuse = ForcedError{
        ApiError("InvalidSignatureException", *date < now ? expired(*date, now) : not_yet_current(*date, now)),
        {},
        {},
        {},
        nullptr};
  }
  [[nodiscard]] Duration date_skew() const override { return skew_; }
  [[nodiscard]] bool can_show(const OperationFacts&, const Matcher&) const override { return true; }

 private:
  Duration skew_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<ClockSkewEffect>(node);
}

}  // namespace

constinit const EffectKind clock_skew_effect{"clockSkew", "a Date that is off, and dates judged by it", parse};

}  // namespace fickle
