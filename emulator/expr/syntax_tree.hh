// The unbound tree that the parsers build: names and values as written. Nodes lie in one vector in post-order (children before their
// parent, left to right), so that checks and the binder are loops and no depth of nesting can exhaust a stack.
// Plain values; the views point into the text of the expression, which must outlive the tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/expr/token.hh"

namespace fickle::expr {

using NodeId = std::uint32_t;

enum class NodeKind : std::uint8_t {
  path,         // parts; `base`: the parenthesised path that it continues
  value,        // text: ":v"
  call,         // text: name of the function; children: arguments
  comparison,   // text: "=", "<>", "<", ...; children: left, right
  between,      // children: operand, low, high
  in,           // children: operand, candidates
  negation,     // child: condition
  conjunction,  // children: conditions
  disjunction,  // children: conditions
  sum,          // text: "+" or "-"; children: left, right
};

struct PathPart {
  TokenKind kind = TokenKind::name;  // name, name_ref or index
  std::string_view text;             // an index without brackets
};

struct Node {
  NodeKind kind{};
  std::string_view text;
  std::uint32_t first = 0;  // in `links`, or in `parts` for a path
  std::uint32_t count = 0;
  std::optional<NodeId> base{};
};

struct SyntaxTree {
  std::vector<Node> nodes;
  std::vector<NodeId> links;
  std::vector<PathPart> parts;
  NodeId root = 0;
  std::size_t operators = 0;
  bool redundant_parentheses = false;

  [[nodiscard]] std::span<const NodeId> children(const Node& node) const {
    return node.kind == NodeKind::path ? std::span<const NodeId>{} : std::span(links).subspan(node.first, node.count);
  }
  [[nodiscard]] std::span<const PathPart> own_parts(const Node& path) const {
    return std::span(parts).subspan(path.first, path.count);
  }
  NodeId add(NodeKind kind, std::string_view text, std::span<const NodeId> children = {}) {
    const auto first = static_cast<std::uint32_t>(links.size());
    links.insert(links.end(), children.begin(), children.end());
    nodes.push_back({kind, text, first, static_cast<std::uint32_t>(children.size()), {}});
    return static_cast<NodeId>(nodes.size() - 1);
  }
};

// One action of an update; `section` is set, remove, add or delete_.
struct ActionSyntax {
  TokenKind section{};
  NodeId target = 0;
  NodeId operand = 0;  // not for remove
};
struct UpdateSyntax {
  SyntaxTree tree;
  std::vector<ActionSyntax> actions;
  std::optional<TokenKind> repeated_section;  // the first one that occurs twice
};
struct ProjectionSyntax {
  SyntaxTree tree;
  std::vector<NodeId> paths;
};

}  // namespace fickle::expr
