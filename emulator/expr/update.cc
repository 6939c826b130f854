// apply(): first every change is computed from the item as it was, then all are written into one copy. List elements are taken out and
// put at the end last, the deepest lists first, so that every index means the original list.
#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "emulator/expr/set_value.hh"
#include "emulator/value/item_size.hh"

namespace fickle::expr {

namespace {

using Code = UpdateError::Code;
using Kind = Change::Kind;
using Elements = std::span<const PathElement>;

Value* child_of(Value& parent, const PathElement& element) {
  if (const auto* name = std::get_if<std::string>(&element)) {
    auto* map = parent.as_map();
    return map == nullptr ? nullptr : map->find(*name);
  }
  auto* list = parent.as_list();
  const auto index = std::get<std::uint32_t>(element);
  return list == nullptr || index >= list->size() ? nullptr : &(*list)[index];
}

// The value that the elements lead to; nullptr when they lead nowhere.
Value* find(Item& item, Elements elements) {
  auto* value = item.find(std::get<std::string>(elements.front()));
  for (const auto& element : elements.subspan(1)) {
    if (value == nullptr) return nullptr;
    value = child_of(*value, element);
  }
  return value;
}

std::uint32_t last_index(const Path& path) {
  return std::get<std::uint32_t>(path.elements.back());
}
Elements parent_of(const Path& path) {
  return Elements(path.elements).first(path.elements.size() - 1);
}

bool too_deep(const Change& change) {
  return change.kind == Kind::set &&
         static_cast<std::size_t>(depth_of(change.value)) + change.target->elements.size() - 1 >
             static_cast<std::size_t>(kNestingLimit);
}

class Writer {
 public:
  explicit Writer(const Item& before) : item_(before) {}

  // False when the target's parent does not exist or is of another structure.
  bool write(Change change) {
    const auto& target = *change.target;
    if (target.is_top_level()) {
      write_attribute(item_, target.root(), std::move(change));
      return true;
    }
    auto* parent = find(item_, parent_of(target));
    if (parent == nullptr) return false;
    if (const auto* name = std::get_if<std::string>(&target.elements.back())) {
      auto* map = parent->as_map();
      if (map == nullptr) return false;
      write_attribute(*map, *name, std::move(change));
      return true;
    }
    auto* list = parent->as_list();
    if (list == nullptr) return false;
    write_element(*list, std::move(change));
    return true;
  }

  Item finish() && {
    std::ranges::sort(moving_, {}, [](const Change& change) {
      const auto depth = -static_cast<std::int64_t>(change.target->elements.size());
      const auto index = static_cast<std::int64_t>(last_index(*change.target));
      const bool removal = change.kind == Kind::erase;
      return std::tuple(depth, !removal, removal ? -index : index);
    });
    for (auto& change : moving_) {
      auto& list = *find(item_, parent_of(*change.target))->as_list();
      if (change.kind == Kind::erase) {
        list.erase(list.begin() + last_index(*change.target));
      } else {
        list.push_back(std::move(change.value));
      }
    }
    return std::move(item_);
  }

 private:
  static void write_attribute(Map& map, const std::string& name, Change change) {
    if (change.kind == Kind::set) map.set(name, std::move(change.value));
    if (change.kind == Kind::erase) map.erase(name);
  }
  void write_element(List& list, Change change) {
    const auto index = last_index(*change.target);
    if (change.kind == Kind::set && index < list.size()) {
      list[index] = std::move(change.value);
    } else if (change.kind == Kind::set || (change.kind == Kind::erase && index < list.size())) {
      moving_.push_back(std::move(change));
    }
  }

  Item item_;
  std::vector<Change> moving_;  // appended and removed list elements
};

}  // namespace

Result<Item, UpdateError> apply(const Update& update, const Item& before, ItemExisted existed) {
  std::vector<Change> changes;
  changes.reserve(update.actions.size());
  for (const auto& action : update.actions) {
    // From an item that does not exist, everything has been removed already, whatever the path.
    if (existed == ItemExisted::no && std::holds_alternative<RemoveAction>(action)) continue;
    auto change = change_of(action, before, update.dialect);
    if (!change) return Refused{change.error()};
    changes.push_back(std::move(change).value());
  }
  Writer writer(before);
  for (auto& change : changes) {
    if (too_deep(change)) return Refused{UpdateError{Code::too_deep}};
    if (!writer.write(std::move(change))) return Refused{UpdateError{Code::invalid_path}};
  }
  return std::move(writer).finish();
}

}  // namespace fickle::expr
