// Checks of update and projection expressions.
#include <string>
#include <vector>

#include "emulator/expr/check.hh"
#include "emulator/expr/functions.hh"
#include "emulator/expr/resolve.hh"

namespace fickle::expr {

namespace {

using Code = ExpressionError::Code;

constexpr std::string_view section_name(TokenKind section) {
  switch (section) {
    case TokenKind::set: return "SET";
    case TokenKind::remove: return "REMOVE";
    case TokenKind::add: return "ADD";
    default: return "DELETE";  // NOLINT: only the four sections get here
  }
}

bool is_call_of(const Node& node, std::string_view name) {
  return node.kind == NodeKind::call && node.text == name;
}

Finding misplaced_function(const SyntaxTree& tree) {
  for (const auto& node : tree.nodes) {
    if (node.kind != NodeKind::call) continue;
    bool misplaced = find_function(node.text)->use != Function::Use::set_value;
    std::string_view name = node.text;
    for (const auto child : tree.children(node)) {
      if (node.text != "list_append" || !is_call_of(tree.nodes[child], "list_append")) continue;
      misplaced = true;
      name = tree.nodes[child].text;
    }
    if (misplaced) return ExpressionError{Code::misplaced_function, std::string(name)};
  }
  return std::nullopt;
}

// ADD takes a number or a set, DELETE a set.
Finding wrong_section_operand(const UpdateSyntax& update, const Bindings& bindings) {
  for (const auto& action : update.actions) {
    if (action.section != TokenKind::add && action.section != TokenKind::delete_) continue;
    const auto type = value_of(update.tree.nodes[action.operand], bindings)->type();
    const bool is_set = type == Type::SS || type == Type::NS || type == Type::BS;
    if (is_set || (type == Type::N && action.section == TokenKind::add)) continue;
    ExpressionError error{Code::update_operand_type, std::string(section_name(action.section))};
    error.type = long_type_name(type);
    return error;
  }
  return std::nullopt;
}

Finding wrong_literal(const SyntaxTree& tree, const Node& parent, Type wanted, const Bindings& bindings) {
  for (const auto child : tree.children(parent)) {
    if (tree.nodes[child].kind != NodeKind::value) continue;
    const auto type = value_of(tree.nodes[child], bindings)->type();
    if (type == wanted) continue;
    ExpressionError error{Code::operand_type, std::string(parent.text)};
    error.type = type_name(type);
    return error;
  }
  return std::nullopt;
}

Finding wrong_call(const SyntaxTree& tree, const Node& call, const Bindings& bindings) {
  if (call.count != find_function(call.text)->operands) {
    ExpressionError error{Code::operand_count, std::string(call.text)};
    error.count = call.count;
    return error;
  }
  if (call.text == "list_append") return wrong_literal(tree, call, Type::L, bindings);
  if (tree.nodes[tree.children(call).front()].kind == NodeKind::path) return std::nullopt;
  return ExpressionError{Code::path_required, std::string(call.text)};
}

Finding wrong_value(const SyntaxTree& tree, const Bindings& bindings) {
  for (const auto& node : tree.nodes) {
    Finding finding;
    if (node.kind == NodeKind::call) finding = wrong_call(tree, node, bindings);
    if (node.kind == NodeKind::sum) finding = wrong_literal(tree, node, Type::N, bindings);
    if (finding) return finding;
  }
  return std::nullopt;
}

}  // namespace

Finding check_update(const UpdateSyntax& update, const Bindings& bindings) {
  const auto& tree = update.tree;
  if (tree.redundant_parentheses) return ExpressionError{Code::redundant_parentheses, {}};
  if (auto finding = reserved_word(tree)) return finding;
  if (auto finding = unknown_function(tree)) return finding;
  if (auto finding = misplaced_function(tree)) return finding;
  if (update.repeated_section) {
    return ExpressionError{Code::repeated_section, std::string(section_name(*update.repeated_section))};
  }
  if (auto finding = undefined_name(tree, bindings)) return finding;
  if (auto finding = undefined_value(tree, bindings)) return finding;
  std::vector<Path> targets;
  targets.reserve(update.actions.size());
  for (const auto& action : update.actions) targets.push_back(*path_of(tree, action.target, bindings));
  if (auto finding = colliding_paths(targets)) return finding;
  if (auto finding = wrong_section_operand(update, bindings)) return finding;
  if (auto finding = wrong_value(tree, bindings)) return finding;
  if (auto finding = too_many_operators(tree)) return finding;
  return path_limits(tree);
}

Finding check_projection(const ProjectionSyntax& projection, const Bindings& bindings) {
  if (auto finding = reserved_word(projection.tree)) return finding;
  if (auto finding = undefined_name(projection.tree, bindings)) return finding;
  std::vector<Path> paths;
  paths.reserve(projection.paths.size());
  for (const auto id : projection.paths) paths.push_back(*path_of(projection.tree, id, bindings));
  if (auto finding = colliding_paths(paths)) return finding;
  return path_limits(projection.tree);
}

}  // namespace fickle::expr
