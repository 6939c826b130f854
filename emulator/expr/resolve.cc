#include "emulator/expr/resolve.hh"

#include <charconv>
#include <limits>

namespace fickle::expr {

std::optional<std::uint32_t> list_index(std::string_view digits) {
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || end != digits.data() + digits.size() || index > kListIndexLimit) return std::nullopt;
  return index;
}

const Value* value_of(const Node& value, const Bindings& bindings) {
  const auto found = bindings.values.find(value.text);
  return found == bindings.values.end() ? nullptr : &found->second;
}

std::optional<Path> path_of(const SyntaxTree& tree, NodeId id, const Bindings& bindings) {
  std::vector<NodeId> chain{id};
  while (tree.nodes[chain.back()].base) chain.push_back(*tree.nodes[chain.back()].base);
  Path path;
  for (auto node = chain.rbegin(); node != chain.rend(); ++node) {
    for (const auto& part : tree.own_parts(tree.nodes[*node])) {
      if (part.kind == TokenKind::index) {
        path.elements.emplace_back(list_index(part.text).value_or(std::numeric_limits<std::uint32_t>::max()));
      } else if (part.kind == TokenKind::name) {
        path.elements.emplace_back(std::string(part.text));
      } else {
        const auto name = bindings.names.find(part.text);
        if (name == bindings.names.end()) return std::nullopt;
        path.elements.emplace_back(name->second);
      }
    }
  }
  return path;
}

}  // namespace fickle::expr
