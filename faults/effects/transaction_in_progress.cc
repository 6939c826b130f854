// transactionInProgress: the call with this ClientRequestToken is still running elsewhere, for as long as `for` says (virtual clock).
// Source: behaviour reference 8.4.
#include "emulator/api/error_models.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

constexpr std::string_view kCode = "TransactionInProgressException";
constexpr std::string_view kText = "Transaction from previous request is still in progress";
constexpr std::size_t kTokensKept = 10'000;

struct Tokens final : EffectState {
  std::map<std::string, Instant, std::less<>> until;
};

class TransactionInProgressEffect final : public Effect {
 public:
  explicit TransactionInProgressEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) return;
    Document document(node, "transactionInProgress");
    if (const auto length = document.take("for")) for_ = length->duration();
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    ForcedError forced{ApiError(kCode, std::string(kText)), {}, {}, {}, nullptr};
    (firing.at == At::before_commit ? plan.refuse : plan.disown) = std::move(forced);
    auto* tokens = static_cast<Tokens*>(firing.state);
    if (for_ <= Duration{0} || firing.prepared.token.empty() || tokens == nullptr) return;
    if (goes_on(firing.call, firing.prepared, firing.gate.now, tokens)) return;  // the first firing counts
    if (tokens->until.size() >= kTokensKept) tokens->until.clear();
    tokens->until[firing.prepared.token] = firing.gate.now + for_;
  }
  [[nodiscard]] bool goes_on(const Call&, const Prepared& prepared, Instant now,
                             const EffectState* state) const override {
    const auto* tokens = static_cast<const Tokens*>(state);
    if (tokens == nullptr || prepared.token.empty()) return false;
    const auto found = tokens->until.find(prepared.token);
    return found != tokens->until.end() && now < found->second;
  }
  [[nodiscard]] std::shared_ptr<EffectState> make_state() const override { return std::make_shared<Tokens>(); }
  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return model_lists(operation.name, kCode);
  }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::forced; }

 private:
  Duration for_{0};
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<TransactionInProgressEffect>(node);
}

}  // namespace

constinit const EffectKind transaction_in_progress_effect{
    "transactionInProgress", "TransactionInProgressException for that token, for as long as `for` says", parse};

}  // namespace fickle
