// Projection and fragments: the paths become a tree of selections, which is laid over the item once.
#include <algorithm>
#include <deque>
#include <optional>
#include <span>

#include "emulator/expr/eval.hh"

namespace fickle::expr {

namespace {

// What of a value is wanted: all of it, or what its children want. Depth is bounded by the 32 elements of a path.
struct Selection {
  struct Child {
    const PathElement* element;
    Selection* selection;
  };
  bool whole = false;
  std::vector<Child> children;  // of one kind each: names in the order of the paths, indexes ascending
};

class Selector {
 public:
  void add(std::span<const PathElement> elements) {
    auto* at = &root_;
    for (const auto& element : elements) at = &child_of(*at, element);
    at->whole = true;
  }
  // Selects nothing when no leaf is there.
  [[nodiscard]] Item select(const Item& item) const { return map_of(root_, item).value_or(Item{}); }

 private:
  Selection& child_of(Selection& parent, const PathElement& element) {
    const auto same = [&](const Selection::Child& child) { return *child.element == element; };
    const auto found = std::ranges::find_if(parent.children, same);
    if (found != parent.children.end()) return *found->selection;
    const auto after = [&](const Selection::Child& child) {
      const auto* index = std::get_if<std::uint32_t>(&element);
      const auto* other = std::get_if<std::uint32_t>(child.element);
      return index != nullptr && other != nullptr && *index < *other;
    };
    auto& added = selections_.emplace_back();
    parent.children.insert(std::ranges::find_if(parent.children, after), {&element, &added});
    return added;
  }

  static std::optional<Value> value_of(const Selection& selection, const Value& value) {
    if (selection.whole) return value;
    if (const auto* map = value.as_map()) {
      auto part = map_of(selection, *map);
      return part ? std::optional(Value::map(*std::move(part))) : std::nullopt;
    }
    if (const auto* list = value.as_list()) return list_of(selection, *list);
    return std::nullopt;
  }
  static std::optional<Map> map_of(const Selection& selection, const Map& map) {
    std::optional<Map> part;
    for (const auto& child : selection.children) {
      const auto* name = std::get_if<std::string>(child.element);
      const auto* found = name == nullptr ? nullptr : map.find(*name);
      auto selected = found == nullptr ? std::nullopt : value_of(*child.selection, *found);
      if (!selected) continue;
      if (!part) part.emplace();
      part->set(*name, *std::move(selected));
    }
    return part;
  }
  static std::optional<Value> list_of(const Selection& selection, const List& list) {
    List part;
    for (const auto& child : selection.children) {
      const auto* index = std::get_if<std::uint32_t>(child.element);
      if (index == nullptr || *index >= list.size()) continue;
      if (auto selected = value_of(*child.selection, list[*index])) part.push_back(*std::move(selected));
    }
    return part.empty() ? std::nullopt : std::optional(Value::list(std::move(part)));
  }

  Selection root_;
  std::deque<Selection> selections_;  // stable addresses
};

bool all_top_level(std::span<const Path> paths) {
  return std::ranges::all_of(paths, &Path::is_top_level);
}

Item select(std::span<const Path> paths, const Item& item) {
  Item result;
  if (all_top_level(paths)) {
    for (const auto& path : paths) {
      if (const auto* value = item.find(path.root())) result.set(path.root(), *value);
    }
    return result;
  }
  Selector selector;
  for (const auto& path : paths) selector.add(path.elements);
  return selector.select(item);
}

}  // namespace

Item project(const Projection& projection, const Item& item) {
  return select(projection.paths, item);
}

Item fragment(const std::vector<Path>& targets, const Item& item) {
  return select(targets, item);
}

}  // namespace fickle::expr
