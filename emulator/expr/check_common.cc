#include <algorithm>
#include <string>
#include <vector>

#include "emulator/expr/check.hh"
#include "emulator/expr/functions.hh"
#include "emulator/expr/reserved.hh"
#include "emulator/expr/resolve.hh"

namespace fickle::expr {

namespace {

using Code = ExpressionError::Code;

constexpr std::size_t kOperatorLimit = 300;

enum class Relation { apart, overlap, conflict };

Relation relation_of(const Path& one, const Path& two) {
  const auto shared = std::min(one.elements.size(), two.elements.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (one.elements[i].index() != two.elements[i].index()) return Relation::conflict;
    if (one.elements[i] != two.elements[i]) return Relation::apart;
  }
  return Relation::overlap;
}

struct Depths {
  std::vector<std::size_t> of;  // by node; of a path: its elements and those of the path it continues
  std::vector<bool> continued;  // by node; whether a later path continues it
};
Depths depths_of(const SyntaxTree& tree) {
  Depths depths{std::vector<std::size_t>(tree.nodes.size()), std::vector<bool>(tree.nodes.size())};
  for (std::size_t id = 0; id < tree.nodes.size(); ++id) {
    const auto& node = tree.nodes[id];
    if (node.kind != NodeKind::path) continue;
    depths.of[id] = node.count + (node.base ? depths.of[*node.base] : 0);
    if (node.base) depths.continued[*node.base] = true;
  }
  return depths;
}

}  // namespace

Finding unknown_function(const SyntaxTree& tree) {
  for (const auto& node : tree.nodes) {
    if (node.kind == NodeKind::call && find_function(node.text) == nullptr) {
      return ExpressionError{Code::unknown_function, std::string(node.text)};
    }
  }
  return std::nullopt;
}

Finding reserved_word(const SyntaxTree& tree) {
  for (const auto& part : tree.parts) {
    if (part.kind == TokenKind::name && is_reserved(part.text)) {
      return ExpressionError{Code::reserved_word, std::string(part.text)};
    }
  }
  return std::nullopt;
}

Finding undefined_name(const SyntaxTree& tree, const Node& path, const Bindings& bindings) {
  for (const auto& part : tree.own_parts(path)) {
    if (part.kind == TokenKind::name_ref && !bindings.names.contains(part.text)) {
      return ExpressionError{Code::undefined_name, std::string(part.text)};
    }
  }
  return std::nullopt;
}

Finding undefined_name(const SyntaxTree& tree, const Bindings& bindings) {
  for (const auto& node : tree.nodes) {
    if (node.kind != NodeKind::path) continue;
    if (auto finding = undefined_name(tree, node, bindings)) return finding;
  }
  return std::nullopt;
}

Finding undefined_value(const SyntaxTree& tree, const Bindings& bindings) {
  for (const auto& node : tree.nodes) {
    if (node.kind == NodeKind::value && value_of(node, bindings) == nullptr) {
      return ExpressionError{Code::undefined_value, std::string(node.text)};
    }
  }
  return std::nullopt;
}

Finding too_many_operators(const SyntaxTree& tree) {
  if (tree.operators <= kOperatorLimit) return std::nullopt;
  ExpressionError error{Code::too_many_operators, {}};
  error.count = tree.operators;
  return error;
}

Finding path_limits(const SyntaxTree& tree) {
  const auto depths = depths_of(tree);
  for (std::size_t id = 0; id < tree.nodes.size(); ++id) {
    if (depths.continued[id] || depths.of[id] <= kPathDepthLimit) continue;
    ExpressionError error{Code::path_too_deep, {}};
    error.count = depths.of[id];
    return error;
  }
  for (const auto& part : tree.parts) {
    if (part.kind == TokenKind::index && !list_index(part.text)) {
      return ExpressionError{Code::index_out_of_range, std::string(part.text)};
    }
  }
  return std::nullopt;
}

Finding colliding_paths(std::span<const Path> paths) {
  Finding conflict;
  for (std::size_t two = 1; two < paths.size(); ++two) {
    for (std::size_t one = 0; one < two; ++one) {
      const auto relation = relation_of(paths[one], paths[two]);
      if (relation == Relation::apart || (relation == Relation::conflict && conflict)) continue;
      ExpressionError error{relation == Relation::overlap ? Code::overlapping_paths : Code::conflicting_paths, {}};
      error.first = to_string(paths[one]);
      error.second = to_string(paths[two]);
      if (relation == Relation::overlap) return error;
      conflict = std::move(error);
    }
  }
  return conflict;
}

}  // namespace fickle::expr
