// Unbound paths and values -> bound ones: `#n` and `:v` looked up, indexes read. Shared by the checks and the binder. Pure.
#pragma once

#include <cstddef>
#include <optional>

#include "emulator/expr/ast.hh"
#include "emulator/expr/compile.hh"
#include "emulator/expr/syntax_tree.hh"

namespace fickle::expr {

inline constexpr std::size_t kPathDepthLimit = 32;
inline constexpr std::size_t kListIndexLimit = 2147483647;  // of Java's int

// The elements of a path, those of the parenthesised path that it continues first; nullopt when a `#n` is not defined. An index beyond
// the limit becomes the largest index.
[[nodiscard]] std::optional<Path> path_of(const SyntaxTree& tree, NodeId id, const Bindings& bindings);
// nullptr when the `:v` is not defined.
[[nodiscard]] const Value* value_of(const Node& value, const Bindings& bindings);
// nullopt when the digits stand for more than the limit.
[[nodiscard]] std::optional<std::uint32_t> list_index(std::string_view digits);

}  // namespace fickle::expr
