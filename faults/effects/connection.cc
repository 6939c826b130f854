// connection: the transport fails under a good request. reset, close, hang, refuse and garbage come before or after the work; truncate,
// drip and badChecksum damage a true answer and always come after it.
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

using Kind = WirePlan::Kind;

struct WireKind {
  std::string_view name;
  Kind kind;
  bool damages_an_answer;
};
constexpr WireKind kKinds[] = {
    {"reset", Kind::reset, false},     {"close", Kind::close, false},
    {"hang", Kind::hang, false},       {"refuse", Kind::refuse, false},
    {"garbage", Kind::garbage, false}, {"truncate", Kind::truncate, true},
    {"drip", Kind::drip, true},        {"badChecksum", Kind::bad_checksum, true},
};
constexpr std::int64_t kAmountMax = 1'000'000'000;

std::vector<std::string_view> names() {
  std::vector<std::string_view> list;
  for (const WireKind& kind : kKinds) list.push_back(kind.name);
  return list;
}

class ConnectionEffect final : public Effect {
 public:
  // "reset", or an object with one of the names; truncate and drip hold a number, refuse may go with `for`.
  explicit ConnectionEffect(const Node& node) {
    if (!node.value.is_object()) {
      kind_ = &kKinds[node.word(names())];
      if (kind_->kind == Kind::truncate || kind_->kind == Kind::drip) {
        node.fail(std::string(kind_->name) + " needs a number, e.g. {\"" + std::string(kind_->name) + "\": 10}");
      }
      return;
    }
    Document document(node, "connection");
    for (const WireKind& kind : kKinds) {
      const auto member = document.take(kind.name);
      if (!member) continue;
      if (kind_ != nullptr) member->fail("only one kind of failure at a time");
      kind_ = &kind;
      read_amount(*member);
    }
    if (const auto length = document.take("for")) {
      if (kind_ == nullptr || kind_->kind != Kind::refuse) length->fail("for goes with refuse only");
      for_ = length->positive_duration();
    }
    document.finish();
    if (kind_ == nullptr)
      node.fail("one of reset, close, hang, refuse, garbage, truncate, drip and badChecksum is needed");
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    const WirePlan wire{kind_->kind, amount_, kind_->kind == Kind::refuse ? for_ : Duration{0}};
    if (kind_->damages_an_answer || firing.at == At::after_commit) {
      plan.wire = wire;
    } else {
      plan.wire_before = wire;
    }
  }
  [[nodiscard]] bool can_show(const OperationFacts&, const Matcher&) const override { return true; }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::allowed; }

 private:
  void read_amount(const Node& member) {
    if (kind_->kind == Kind::truncate || kind_->kind == Kind::drip) {
      amount_ = static_cast<std::uint64_t>(member.integer(kind_->kind == Kind::drip ? 1 : 0, kAmountMax));
    } else if (kind_->kind == Kind::refuse && member.value.is_object()) {
      Document members(member, "refuse");
      if (const auto length = members.take("for")) for_ = length->positive_duration();
      members.finish();
    } else if (kind_->kind == Kind::refuse && member.value.is_string()) {
      for_ = member.positive_duration();
    } else {
      take_no_parameters(member, kind_->name);
    }
  }

  const WireKind* kind_ = nullptr;
  std::uint64_t amount_ = 0;                // bytes of the body, or bytes a second
  Duration for_ = std::chrono::seconds(1);  // refuse, real time
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<ConnectionEffect>(node);
}

}  // namespace

constinit const EffectKind connection_effect{"connection", "the transport failing under a good request", parse};

}  // namespace fickle
