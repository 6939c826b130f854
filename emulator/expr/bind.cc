#include "emulator/expr/bind.hh"

#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "emulator/core/invariant.hh"
#include "emulator/expr/functions.hh"
#include "emulator/expr/resolve.hh"

namespace fickle::expr {

namespace {

// The last `count` elements, moved off the stack.
template <class T>
std::vector<T> pop(std::vector<T>& stack, std::size_t count) {
  const auto first = stack.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<T> popped(std::make_move_iterator(first), std::make_move_iterator(stack.end()));
  stack.erase(first, stack.end());
  return popped;
}
template <class T>
T pop(std::vector<T>& stack) {
  T top = std::move(stack.back());
  stack.pop_back();
  return top;
}

Comparator comparator_of(std::string_view symbol) {
  constexpr std::pair<std::string_view, Comparator> kComparators[] = {
      {"=", Comparator::eq},  {"<>", Comparator::ne}, {"<", Comparator::lt},
      {"<=", Comparator::le}, {">", Comparator::gt},  {">=", Comparator::ge},
  };
  for (const auto& [text, comparator] : kComparators) {
    if (text == symbol) return comparator;
  }
  throw BrokenInvariant("a comparison has a comparator");
}

// NOT NOT x is x: a chain of NOTs costs no depth.
Condition negated(Condition term) {
  if (const auto* inner = std::get_if<Not>(&term.node)) return *inner->term;
  return {Not{boxed(std::move(term))}};
}

// A stack machine over the nodes, which lie in post-order.
class ConditionBinder {
 public:
  ConditionBinder(const SyntaxTree& tree, const Bindings& bindings) : tree_(tree), bindings_(bindings) {}

  Condition bind() {
    for (NodeId id = 0; id < tree_.nodes.size(); ++id) bind_node(id, tree_.nodes[id]);
    invariant(conditions_.size() == 1 && operands_.empty(), "a bound expression is one condition");
    return pop(conditions_);
  }

 private:
  void bind_node(NodeId id, const Node& node) {
    switch (node.kind) {
      case NodeKind::path:
        if (node.base) operands_.pop_back();
        operands_.push_back({*path_of(tree_, id, bindings_)});
        break;
      case NodeKind::value: operands_.push_back({*value_of(node, bindings_)}); break;
      case NodeKind::call: bind_call(node); break;
      case NodeKind::comparison: {
        auto right = pop(operands_);
        auto left = pop(operands_);
        conditions_.push_back({Comparison{std::move(left), comparator_of(node.text), std::move(right)}});
        break;
      }
      case NodeKind::between: {
        auto high = pop(operands_);
        auto low = pop(operands_);
        auto operand = pop(operands_);
        conditions_.push_back({Between{std::move(operand), std::move(low), std::move(high)}});
        break;
      }
      case NodeKind::in: {
        auto candidates = pop(operands_, node.count - 1);
        auto operand = pop(operands_);
        conditions_.push_back({In{std::move(operand), std::move(candidates)}});
        break;
      }
      case NodeKind::negation: conditions_.push_back(negated(pop(conditions_))); break;
      case NodeKind::conjunction: conditions_.push_back({And{boxed_terms(node.count)}}); break;
      case NodeKind::disjunction: conditions_.push_back({Or{boxed_terms(node.count)}}); break;
      case NodeKind::sum: throw BrokenInvariant("a condition holds no sum");
    }
  }

  void bind_call(const Node& node) {
    const auto& function = *find_function(node.text);
    if (function.use == Function::Use::operand_of_condition) {
      operands_.push_back({SizeOf{std::make_shared<const Operand>(pop(operands_))}});
    } else {
      auto arguments = pop(operands_, node.count);
      conditions_.push_back({FunctionTest{function.test, std::move(arguments)}});
    }
  }

  std::vector<ConditionBox> boxed_terms(std::size_t count) {
    std::vector<ConditionBox> boxes;
    boxes.reserve(count);
    for (auto& term : pop(conditions_, count)) boxes.push_back(boxed(std::move(term)));
    return boxes;
  }

  const SyntaxTree& tree_;
  const Bindings& bindings_;
  std::vector<Operand> operands_;
  std::vector<Condition> conditions_;
};

// Binds every node, children before their parents, and lets the actions take what is theirs.
class UpdateBinder {
 public:
  UpdateBinder(const SyntaxTree& tree, const Bindings& bindings) : tree_(tree), bindings_(bindings) {
    values_.reserve(tree.nodes.size());
    for (NodeId id = 0; id < tree.nodes.size(); ++id) values_.push_back(bind_node(id, tree.nodes[id]));
  }

  UpdateAction bind(const ActionSyntax& action) {
    auto target = take<Path>(action.target);
    if (action.section == TokenKind::remove) return RemoveAction{std::move(target)};
    if (action.section == TokenKind::set) return SetAction{std::move(target), std::move(values_[action.operand])};
    auto operand = take<Value>(action.operand);
    if (action.section == TokenKind::add) return AddAction{std::move(target), std::move(operand)};
    return DeleteAction{std::move(target), std::move(operand)};
  }

 private:
  template <class T>
  T take(NodeId id) {
    return std::get<T>(std::move(values_[id].node));
  }

  SetValue bind_node(NodeId id, const Node& node) {
    if (node.kind == NodeKind::path) return {*path_of(tree_, id, bindings_)};
    if (node.kind == NodeKind::value) return {*value_of(node, bindings_)};
    const auto children = tree_.children(node);
    auto second = boxed(std::move(values_[children[1]]));
    if (node.text == "if_not_exists") return {IfNotExists{take<Path>(children[0]), std::move(second)}};
    auto first = boxed(std::move(values_[children[0]]));
    if (node.text == "list_append") return {ListAppend{std::move(first), std::move(second)}};
    const auto op = node.text == "+" ? Arithmetic::Operator::plus : Arithmetic::Operator::minus;
    return {Arithmetic{op, std::move(first), std::move(second)}};
  }

  const SyntaxTree& tree_;
  const Bindings& bindings_;
  std::vector<SetValue> values_;  // by node
};

}  // namespace

void mark_used(const SyntaxTree& tree, Bindings& bindings) {
  for (const auto& part : tree.parts) {
    if (part.kind == TokenKind::name_ref) bindings.used_names.emplace(part.text);
  }
  for (const auto& node : tree.nodes) {
    if (node.kind == NodeKind::value) bindings.used_values.emplace(node.text);
  }
}

Condition bind_condition(const SyntaxTree& tree, Bindings& bindings) {
  mark_used(tree, bindings);
  return ConditionBinder(tree, bindings).bind();
}

Projection bind_projection(const ProjectionSyntax& projection, Bindings& bindings) {
  mark_used(projection.tree, bindings);
  Projection bound;
  bound.paths.reserve(projection.paths.size());
  for (const auto id : projection.paths) bound.paths.push_back(*path_of(projection.tree, id, bindings));
  return bound;
}

Update bind_update(const UpdateSyntax& update, Bindings& bindings) {
  mark_used(update.tree, bindings);
  Update bound;
  bound.actions.reserve(update.actions.size());
  UpdateBinder binder(update.tree, bindings);
  for (const auto& action : update.actions) bound.actions.push_back(binder.bind(action));
  return bound;
}

}  // namespace fickle::expr
