// Compiling a request's expressions with DynamoDB's words: expr reports facts, this throws ApiError. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/api/expression_params.hh"
#include "emulator/expr/compile.hh"
#include "emulator/expr/eval.hh"
#include "emulator/expr/legacy.hh"

namespace fickle {

// "Invalid ConditionExpression: The expression can not be empty;" - without any envelope.
[[nodiscard]] std::string words(const expr::ExpressionError& error, expr::ExpressionKind kind);
[[nodiscard]] std::string words(const expr::UpdateError& error);
[[nodiscard]] std::string words(const expr::LegacyError& error);
// "1 validation error detected: " when detected.
[[noreturn]] void throw_enveloped(std::string message, Envelope envelope);

// The expressions of one request over one set of names and values.
class Expressions {
 public:
  Expressions(ExpressionParams params, const ExpressionRules& rules);

  // nullopt when the member is absent. `kind` picks the prefix of messages.
  [[nodiscard]] std::optional<expr::Condition> condition(std::string_view member, expr::ExpressionKind kind);
  // That it is a condition at all; that a key condition may look so is checked after the other expressions, by check_key_form.
  [[nodiscard]] std::optional<expr::KeyCondition> key_condition();
  void check_key_form() const;
  [[nodiscard]] std::optional<expr::Projection> projection();
  [[nodiscard]] std::optional<expr::Update> update();
  [[nodiscard]] bool has(std::string_view member) const { return params_.text(member) != nullptr; }
  [[nodiscard]] const std::string* text(std::string_view member) const { return params_.text(member); }

  // "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}", then values. Call after compiling all.
  void check_all_used() const;

 private:
  [[noreturn]] void refuse(const expr::ExpressionError& error, expr::ExpressionKind kind) const;

  ExpressionParams params_;
  expr::Bindings bindings_;
  std::optional<expr::ExpressionError> key_form_;
  Envelope envelope_;
  Envelope envelope_unused_;
};

// ProjectionExpression, or AttributesToGet (each name one path element, dots literal); nullopt when neither is there.
[[nodiscard]] std::optional<expr::Projection> projection_of(const boost::json::object& body, Expressions& expressions);

}  // namespace fickle
