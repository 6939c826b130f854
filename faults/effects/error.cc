// error: any DynamoDB error. Known codes bring status, text, prefix and member case; an unknown code needs a status.
#include "emulator/api/error.hh"

#include "emulator/api/error_models.hh"
#include "faults/effects/effects.hh"
#include "faults/headers.hh"

namespace fickle {
namespace {

constexpr std::string_view kPrefixOfUnknownCodes = "com.amazonaws.dynamodb.v20120810";

class ErrorEffect final : public Effect {
 public:
  explicit ErrorEffect(const Node& node) {
    Document document(node, "error");
    const Node code = document.need("code");
    name_ = std::make_shared<const std::string>(code.text());
    if (const auto message = document.take("message")) {
      if (!message->value.is_string()) message->fail("a string is needed");
      message_ = std::string(message->value.get_string());
    }
    if (const auto status = document.take("status")) status_ = static_cast<int>(status->integer(400, 599));
    if (const auto headers = document.take("headers")) headers_ = parse_headers(*headers);
    if (const auto members = document.take("members")) {
      if (!members->value.is_object()) members->fail("an object is needed");
      members_ = members->value.get_object();
    }
    document.finish();
    known_ = find_error_code(*name_);
    if (known_ == nullptr && !status_) {
      refuse(child_pointer(node.pointer, "status"), "the code " + *name_ + " is unknown, so a status is needed");
    }
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    const ErrorCode code =
        known_ != nullptr ? *known_ : ErrorCode{*name_, kPrefixOfUnknownCodes, *status_, ErrorCode::Message::lower, ""};
    ForcedError forced{ApiError(code, message_.value_or("")), status_, members_, headers_, name_};
    (firing.at == At::before_commit ? plan.refuse : plan.disown) = std::move(forced);
  }

  [[nodiscard]] bool can_show(const OperationFacts& operation, const Matcher&) const override {
    return known_ == nullptr || can_fail_with(operation.name, *name_);
  }
  [[nodiscard]] std::string culprit() const override { return "/code"; }
  [[nodiscard]] AfterCommit after_commit() const override {
    const int status = status_.value_or(known_ != nullptr ? known_->status : 500);
    return status >= 500 ? AfterCommit::allowed : AfterCommit::forced;
  }

 private:
  std::shared_ptr<const std::string> name_;  // shared with the plans that are under way
  const ErrorCode* known_ = nullptr;
  std::optional<std::string> message_;
  std::optional<int> status_;
  json::object members_;
  HeaderList headers_;
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<ErrorEffect>(node);
}

}  // namespace

constinit const EffectKind error_effect{"error", "a DynamoDB error by its code", parse};

}  // namespace fickle
