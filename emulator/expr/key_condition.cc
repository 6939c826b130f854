#include "emulator/expr/key_condition.hh"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/expr/resolve.hh"

namespace fickle::expr {

namespace {

using Code = ExpressionError::Code;
using Operator = KeyTerm::Operator;

struct KeyOperator {
  std::string_view text;  // of the comparison, BETWEEN or function
  Operator as_written;    // attribute op :v
  Operator mirrored;      // :v op attribute
};
constexpr KeyOperator kKeyOperators[] = {
    {"=", Operator::eq, Operator::eq},
    {"<", Operator::lt, Operator::gt},
    {"<=", Operator::le, Operator::ge},
    {">", Operator::gt, Operator::lt},
    {">=", Operator::ge, Operator::le},
    {"BETWEEN", Operator::between, Operator::between},
    {"begins_with", Operator::begins_with, Operator::begins_with},
};

const KeyOperator* find_operator(std::string_view text) {
  const auto* found = std::ranges::find(kKeyOperators, text, &KeyOperator::text);
  return found == std::end(kKeyOperators) ? nullptr : found;
}

// Where the attribute stands in a term, or what is wrong with the term.
Result<std::size_t, ExpressionError> attribute_position(const SyntaxTree& tree, const Node& term,
                                                        const Bindings& bindings) {
  const auto children = tree.children(term);
  const bool attribute_first = term.kind == NodeKind::between || term.kind == NodeKind::call;
  if (attribute_first && tree.nodes[children[0]].kind != NodeKind::path) {
    return Refused{ExpressionError{Code::key_first_operand, std::string(term.text)}};
  }
  std::optional<std::size_t> position;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const auto& operand = tree.nodes[children[i]];
    if (operand.kind == NodeKind::call) return Refused{ExpressionError{Code::key_nested_operation, {}}};
    if (operand.kind != NodeKind::path) continue;
    if (position) return Refused{ExpressionError{Code::key_several_attributes, {}}};
    if (!path_of(tree, children[i], bindings)->is_top_level()) {
      return Refused{ExpressionError{Code::key_nested_attribute, {}}};
    }
    position = i;
  }
  if (!position) return Refused{ExpressionError{Code::key_no_attribute, {}}};
  return *position;
}

Result<KeyTerm, ExpressionError> bind_term(const SyntaxTree& tree, const Node& term, const Bindings& bindings) {
  const auto* op = find_operator(term.text);
  if (op == nullptr) return Refused{ExpressionError{Code::key_operator, std::string(term.text)}};
  const auto position = attribute_position(tree, term, bindings);
  if (!position) return Refused{position.error()};
  const auto children = tree.children(term);
  const auto value = [&](std::size_t i) { return *value_of(tree.nodes[children[i]], bindings); };
  KeyTerm bound;
  bound.op = position.value() == 0 ? op->as_written : op->mirrored;
  bound.attribute = path_of(tree, children[position.value()], bindings)->root();
  bound.operand = value(position.value() == 0 ? 1 : 0);
  if (bound.op == Operator::between) bound.upper = value(2);
  return bound;
}

}  // namespace

Result<KeyCondition, ExpressionError> bind_key_condition(const SyntaxTree& tree, const Bindings& bindings) {
  KeyCondition condition;
  std::vector<NodeId> pending{tree.root};
  while (!pending.empty()) {
    const auto& node = tree.nodes[pending.back()];
    pending.pop_back();
    if (node.kind == NodeKind::conjunction) {
      const auto terms = tree.children(node);
      pending.insert(pending.end(), terms.rbegin(), terms.rend());
      continue;
    }
    auto term = bind_term(tree, node, bindings);
    if (!term) return Refused{term.error()};
    const auto same = [&](const KeyTerm& earlier) { return earlier.attribute == term.value().attribute; };
    if (std::ranges::any_of(condition.terms, same)) {
      return Refused{ExpressionError{Code::key_repeated_attribute, {}}};
    }
    condition.terms.push_back(std::move(term).value());
  }
  return condition;
}

}  // namespace fickle::expr
