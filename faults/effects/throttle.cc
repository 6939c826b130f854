// throttle: one of DynamoDB's throttling errors, with the reasons and the ARN of what the request touched.
// Source: fault facts B1-B3 (member case by exception, sixteen reasons), API_ThrottlingReason.
#include "emulator/api/error.hh"
#include "emulator/api/error_models.hh"
#include "emulator/core/text.hh"
#include "faults/effects/effects.hh"

namespace fickle {
namespace {

struct ThrottleKind {
  std::string_view name;
  std::string_view code;
  std::string_view limit;   // last part of the reason
  std::string_view member;  // its case differs by exception
  std::string_view text;    // empty: the code's own
};

constexpr std::string_view kHotKeyText =
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or "
    "index so please try again shortly. If exceptions persist, check if you have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
constexpr std::string_view kCeilingText =
    "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
constexpr std::string_view kIndexText =
    "The level of configured provisioned throughput for one or more global secondary indexes of the table was "
    "exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the "
    "UpdateTable API";

constexpr ThrottleKind kKinds[] = {
    {"provisioned", "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded", "ThrottlingReasons", ""},
    {"key-range", "ProvisionedThroughputExceededException", "KeyRangeThroughputExceeded", "ThrottlingReasons", ""},
    {"on-demand", "ThrottlingException", "KeyRangeThroughputExceeded", "throttlingReasons", kHotKeyText},
    {"on-demand-max", "ThrottlingException", "MaxOnDemandThroughputExceeded", "throttlingReasons", kCeilingText},
    {"account", "RequestLimitExceeded", "AccountLimitExceeded", "ThrottlingReasons", ""},
    {"request-limit", "RequestLimitExceeded", "AccountLimitExceeded", "ThrottlingReasons", ""},
};

// One reason per table or index that the firing concerns, in the order of the request.
std::string reasons_of(const Firing& firing, const ThrottleKind& kind) {
  std::string list;
  std::vector<std::string> seen;
  for (const std::size_t position : firing.members) {
    const Touch& touch = firing.prepared.touches[position];
    std::string resource =
        "arn:aws:dynamodb:" + firing.call.region + ":" + std::string(firing.account) + ":table/" + touch.table;
    if (!touch.index.empty()) resource += "/index/" + touch.index;
    std::string reason = touch.index.empty() ? "Table" : "Index";
    reason += touch.write ? "Write" : "Read";
    reason += kind.limit;
    std::string entry = R"({"reason":)";
    append_json_string(entry, reason);
    entry += R"(,"resource":)";
    append_json_string(entry, resource);
    entry += '}';
    if (std::find(seen.begin(), seen.end(), entry) != seen.end()) continue;
    if (!list.empty()) list += ',';
    list += entry;
    seen.push_back(std::move(entry));
  }
  return "\"" + std::string(kind.member) + "\":[" + list + "]";
}

bool only_indexes(const Firing& firing) {
  return !firing.members.empty() && std::all_of(firing.members.begin(), firing.members.end(), [&firing](std::size_t i) {
    return !firing.prepared.touches[i].index.empty();
  });
}

// Milliseconds for those SDKs that ask for x-amz-retry-after; whole seconds also as HTTP's own header.
HeaderList retry_headers(Duration after) {
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  HeaderList headers;
  headers.add("x-amz-retry-after", std::to_string(ceil<milliseconds>(after).count()));
  if (after >= seconds(1)) headers.add("Retry-After", std::to_string(ceil<seconds>(after).count()));
  return headers;
}

class ThrottleEffect final : public Effect {
 public:
  explicit ThrottleEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) return;
    Document document(node, "throttle");
    if (const auto kind = document.take("kind")) {
      std::vector<std::string_view> names;
      for (const ThrottleKind& entry : kKinds) names.push_back(entry.name);
      kind_ = &kKinds[kind->word(names)];
    }
    if (const auto after = document.take("retryAfter")) retry_after_ = after->duration();
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    std::string text(kind_->text);
    if (kind_ == &kKinds[0] && only_indexes(firing)) text = kIndexText;
    // Without a table (control operations) there is nothing to name.
    std::string extra = firing.members.empty() ? "" : reasons_of(firing, *kind_);
    ForcedError forced{ApiError(kind_->code, std::move(text), std::move(extra)), {}, {}, {}, nullptr};
    if (retry_after_) forced.headers = retry_headers(*retry_after_);
    (firing.at == At::before_commit ? plan.refuse : plan.disown) = std::move(forced);
  }

  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return can_fail_with(operation.name, kind_->code);
  }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::forced; }

 private:
  const ThrottleKind* kind_ = &kKinds[0];
  std::optional<Duration> retry_after_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<ThrottleEffect>(node);
}

}  // namespace

constinit const EffectKind throttle_effect{"throttle", "a throttling error with its true ThrottlingReasons", parse};

}  // namespace fickle
