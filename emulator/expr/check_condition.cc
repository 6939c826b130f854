// Checks of conditions, filters and key conditions. What concerns the whole text comes first; then each condition by itself, left to
// right, and within one condition in the order of `Rank`.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "emulator/core/base64.hh"
#include "emulator/expr/check.hh"
#include "emulator/expr/functions.hh"
#include "emulator/expr/resolve.hh"

namespace fickle::expr {

namespace {

using Code = ExpressionError::Code;

enum class Rank { undefined, operand_count, same_operands, function };

constexpr std::size_t kInOperandLimit = 100;
constexpr std::string_view kAnyType = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

bool is_any_of(Type type, std::initializer_list<Type> types) {
  return std::ranges::find(types, type) != types.end();
}
bool is_ordered(Type type) {
  return is_any_of(type, {Type::S, Type::N, Type::B});
}

// {N:1}, as the BETWEEN messages print a bound.
std::string bound_text(const Value& value) {
  std::string text = "{" + std::string(type_name(value.type())) + ":";
  if (const auto* string = value.as_string()) text += *string;
  if (const auto* number = value.as_number()) text += number->to_string();
  if (const auto* bytes = value.as_binary()) text += base64_encode(*bytes);
  return text + "}";
}

// The findings of one condition; the lowest rank wins, of equals the first.
class Findings {
 public:
  void add(Rank rank, Finding finding) {
    if (!finding || (finding_ && rank_ <= rank)) return;
    rank_ = rank;
    finding_ = std::move(finding);
  }
  [[nodiscard]] const Finding& first() const { return finding_; }

 private:
  Rank rank_{};
  Finding finding_;
};

class ConditionChecker {
 public:
  ConditionChecker(const SyntaxTree& tree, const Bindings& bindings) : tree_(tree), bindings_(bindings) {}

  Finding check() const {
    if (tree_.redundant_parentheses) return ExpressionError{Code::redundant_parentheses, {}};
    if (auto finding = unknown_function(tree_)) return finding;
    if (auto finding = misplaced_function()) return finding;
    if (auto finding = reserved_word(tree_)) return finding;
    if (auto finding = each_condition()) return finding;
    if (auto finding = too_many_operators(tree_)) return finding;
    if (auto finding = too_many_candidates()) return finding;
    return path_limits(tree_);
  }

 private:
  [[nodiscard]] const Node& node(NodeId id) const { return tree_.nodes[id]; }

  // Nodes whose children are operands; the children of the others are conditions.
  static bool takes_operands(const Node& node) {
    return node.kind == NodeKind::comparison || node.kind == NodeKind::between || node.kind == NodeKind::in ||
           node.kind == NodeKind::call;
  }

  [[nodiscard]] bool is_misplaced(NodeId id, Function::Use wanted) const {
    return node(id).kind == NodeKind::call && find_function(node(id).text)->use != wanted;
  }
  Finding misplaced_function() const {
    for (const auto& parent : tree_.nodes) {
      const auto wanted = takes_operands(parent) ? Function::Use::operand_of_condition : Function::Use::condition;
      for (const auto child : tree_.children(parent)) {
        if (is_misplaced(child, wanted)) return misplaced(child);
      }
    }
    return is_misplaced(tree_.root, Function::Use::condition) ? misplaced(tree_.root) : std::nullopt;
  }
  Finding misplaced(NodeId id) const { return ExpressionError{Code::misplaced_function, std::string(node(id).text)}; }

  // A condition's nodes lie behind those of the condition before it: one pass over all nodes sees them one after the other.
  Finding each_condition() const {
    Findings findings;
    for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
      check_node(node(id), findings);
      const bool ends_condition =
          takes_operands(node(id)) &&
          (node(id).kind != NodeKind::call || find_function(node(id).text)->use == Function::Use::condition);
      if (ends_condition && findings.first()) return findings.first();
    }
    return std::nullopt;
  }

  void check_node(const Node& node, Findings& findings) const {
    switch (node.kind) {
      case NodeKind::path: findings.add(Rank::undefined, undefined_name(tree_, node, bindings_)); break;
      case NodeKind::value:
        if (value_of(node, bindings_) == nullptr) {
          findings.add(Rank::undefined, ExpressionError{Code::undefined_value, std::string(node.text)});
        }
        break;
      case NodeKind::call: check_call(node, findings); break;
      case NodeKind::comparison:
        findings.add(Rank::same_operands, same_operands(node));
        if (node.text != "=" && node.text != "<>") findings.add(Rank::function, unordered_operand(node));
        break;
      case NodeKind::between:
        findings.add(Rank::same_operands, same_operands(node));
        findings.add(Rank::function, unordered_operand(node));
        findings.add(Rank::function, wrong_bounds(node));
        break;
      case NodeKind::in: findings.add(Rank::same_operands, same_operands(node)); break;
      case NodeKind::negation:
      case NodeKind::conjunction:
      case NodeKind::disjunction:
      case NodeKind::sum: break;
    }
  }

  void check_call(const Node& call, Findings& findings) const {
    const auto& function = *find_function(call.text);
    if (call.count != function.operands) {
      ExpressionError error{Code::operand_count, std::string(call.text)};
      error.count = call.count;
      findings.add(Rank::operand_count, std::move(error));
      return;
    }
    if (call.count > 1) findings.add(Rank::same_operands, same_operands(call));
    findings.add(Rank::function, wrong_argument(call, function));
  }

  Finding wrong_argument(const Node& call, const Function& function) const {
    if (function.use == Function::Use::operand_of_condition) {
      return wrong_type(call, 0, [](Type type) { return !is_any_of(type, {Type::N, Type::BOOL, Type::NULL_}); });
    }
    switch (function.test) {
      case Test::attribute_exists:
      case Test::attribute_not_exists:
        if (argument(call, 0).kind == NodeKind::path) return std::nullopt;
        return ExpressionError{Code::path_required, std::string(call.text)};
      case Test::attribute_type: return wrong_type_argument(call);
      case Test::begins_with: {
        const auto is_text = [](Type type) { return is_any_of(type, {Type::S, Type::B}); };
        auto finding = wrong_type(call, 0, is_text);
        return finding ? finding : wrong_type(call, 1, is_text);
      }
      case Test::contains:
        return wrong_type(call, 0, [](Type type) {
          return !is_any_of(type, {Type::N, Type::BOOL, Type::NULL_, Type::M});
        });
    }
    return std::nullopt;
  }

  Finding wrong_type_argument(const Node& call) const {
    const auto* type = value_of(argument(call, 1), bindings_);
    if (type == nullptr) {
      const auto known = static_type(call, 1);
      return operand_type(call, known ? type_name(*known) : kAnyType);
    }
    if (type->as_string() == nullptr) return operand_type(call, type_name(type->type()));
    if (type_of_name(*type->as_string())) return std::nullopt;
    return ExpressionError{Code::attribute_type_name, *type->as_string()};
  }

  Finding unordered_operand(const Node& test) const {
    for (std::size_t i = 0; i < test.count; ++i) {
      if (auto finding = wrong_type(test, i, is_ordered)) return finding;
    }
    return std::nullopt;
  }

  Finding wrong_bounds(const Node& between) const {
    const auto* low = literal(between, 1);
    const auto* high = literal(between, 2);
    if (low == nullptr || high == nullptr) return std::nullopt;
    const auto order = compare_values(*low, *high);
    if (order && *order <= 0) return std::nullopt;
    ExpressionError error{order ? Code::between_order : Code::between_types, {}};
    error.first = bound_text(*low);
    error.second = bound_text(*high);
    return error;
  }

  // The first operand, a path, among the remaining ones.
  Finding same_operands(const Node& parent) const {
    if (argument(parent, 0).kind != NodeKind::path) return std::nullopt;
    std::optional<Path> first;
    for (std::size_t i = 1; i < parent.count; ++i) {
      if (argument(parent, i).kind != NodeKind::path) continue;
      if (!first) first = path_of(tree_, child(parent, 0), bindings_);
      const auto other = path_of(tree_, child(parent, i), bindings_);
      if (!first || !other || *first != *other) continue;
      ExpressionError error{Code::same_operands, std::string(parent.text)};
      error.first = to_string(*first);
      return error;
    }
    return std::nullopt;
  }

  Finding too_many_candidates() const {
    for (const auto& test : tree_.nodes) {
      if (test.kind != NodeKind::in || test.count - 1 <= kInOperandLimit) continue;
      ExpressionError error{Code::in_operands, {}};
      error.count = test.count - 1;
      return error;
    }
    return std::nullopt;
  }

  [[nodiscard]] NodeId child(const Node& parent, std::size_t i) const { return tree_.children(parent)[i]; }
  [[nodiscard]] const Node& argument(const Node& parent, std::size_t i) const { return node(child(parent, i)); }
  [[nodiscard]] const Value* literal(const Node& parent, std::size_t i) const {
    const auto& operand = argument(parent, i);
    return operand.kind == NodeKind::value ? value_of(operand, bindings_) : nullptr;
  }
  // What is known without an item: the type of a literal, and that size() is a number.
  [[nodiscard]] std::optional<Type> static_type(const Node& parent, std::size_t i) const {
    if (argument(parent, i).kind == NodeKind::call) return Type::N;
    const auto* value = literal(parent, i);
    return value == nullptr ? std::nullopt : std::optional(value->type());
  }

  template <class Accepts>
  Finding wrong_type(const Node& parent, std::size_t i, Accepts accepts) const {
    const auto type = static_type(parent, i);
    return !type || accepts(*type) ? std::nullopt : operand_type(parent, type_name(*type));
  }
  static Finding operand_type(const Node& parent, std::string_view type) {
    ExpressionError error{Code::operand_type, std::string(parent.text)};
    error.type = type;
    return error;
  }

  const SyntaxTree& tree_;
  const Bindings& bindings_;
};

}  // namespace

Finding check_condition(const SyntaxTree& tree, const Bindings& bindings) {
  return ConditionChecker(tree, bindings).check();
}

}  // namespace fickle::expr
