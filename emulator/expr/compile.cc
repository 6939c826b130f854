#include "emulator/expr/compile.hh"

#include "emulator/expr/bind.hh"
#include "emulator/expr/check.hh"
#include "emulator/expr/key_condition.hh"
#include "emulator/expr/parser.hh"

namespace fickle::expr {

namespace {

using Code = ExpressionError::Code;

constexpr std::size_t kExpressionSizeLimit = 4096;  // bytes, before names and values are put in

Finding check_text(std::string_view text) {
  if (text.empty()) return ExpressionError{Code::empty, {}};
  if (text.size() <= kExpressionSizeLimit) return std::nullopt;
  ExpressionError error{Code::too_long, {}};
  error.count = text.size();
  return error;
}

// Text -> checked tree.
template <class Tree, class Parse, class Check>
Result<Tree, ExpressionError> analyse(std::string_view text, const Bindings& bindings, Parse parse, Check check) {
  if (auto finding = check_text(text)) return Refused{*std::move(finding)};
  auto tree = parse(text);
  if (!tree) return tree;
  if (auto finding = check(tree.value(), bindings)) return Refused{*std::move(finding)};
  return tree;
}

}  // namespace

Result<Condition, ExpressionError> compile_condition(std::string_view text, Bindings& bindings) {
  const auto tree = analyse<SyntaxTree>(text, bindings, parse_condition, check_condition);
  if (!tree) return Refused{tree.error()};
  return bind_condition(tree.value(), bindings);
}

Result<KeyCondition, ExpressionError> compile_key_condition(std::string_view text, Bindings& bindings) {
  const auto tree = analyse<SyntaxTree>(text, bindings, parse_condition, check_condition);
  if (!tree) return Refused{tree.error()};
  mark_used(tree.value(), bindings);
  return bind_key_condition(tree.value(), bindings);
}

Result<Projection, ExpressionError> compile_projection(std::string_view text, Bindings& bindings) {
  const auto projection = analyse<ProjectionSyntax>(text, bindings, parse_projection, check_projection);
  if (!projection) return Refused{projection.error()};
  return bind_projection(projection.value(), bindings);
}

Result<Update, ExpressionError> compile_update(std::string_view text, Bindings& bindings) {
  const auto update = analyse<UpdateSyntax>(text, bindings, parse_update, check_update);
  if (!update) return Refused{update.error()};
  return bind_update(update.value(), bindings);
}

}  // namespace fickle::expr
