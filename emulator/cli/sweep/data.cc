#include "emulator/cli/sweep/data.hh"

#include <algorithm>

#include "emulator/cli/json_view.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {

namespace json = boost::json;

namespace {

using Paths = std::set<std::string>;

// Up to so many items the nearest ones are paired; beyond, by order.
constexpr std::size_t kPairedByLikeness = 200;
constexpr std::size_t kShownWidth = 40;

bool is_set(const json::object& value) {
  if (value.size() != 1 || !value.begin()->value().is_array()) return false;
  const std::string_view type = value.begin()->key();
  return type == "SS" || type == "NS" || type == "BS";
}

// The same text for the same value, whatever the order of members and of a set's elements; without the paths to leave out.
std::string canonical(const json::value& value, const std::string& path, const Paths& out) {
  if (const json::object* object = value.if_object()) {
    std::vector<std::string> parts;
    if (is_set(*object)) {
      for (const json::value& element : object->begin()->value().get_array()) parts.push_back(json_text(element));
    } else {
      for (const auto& member : *object) {
        const std::string below = path.empty() ? std::string(member.key()) : path + "/" + std::string(member.key());
        if (out.contains(below)) continue;
        parts.push_back(json_text(json::value(member.key())) + ":" + canonical(member.value(), below, out));
      }
    }
    std::sort(parts.begin(), parts.end());
    std::string text = is_set(*object) ? std::string(object->begin()->key()) + "{" : "{";
    for (const std::string& part : parts) text += part + ",";
    return text + "}";
  }
  if (const json::array* list = value.if_array()) {
    std::string text = "[";
    for (const json::value& element : *list) text += canonical(element, path + "/*", out) + ",";
    return text + "]";
  }
  return json_text(value);
}

std::string canonical(const json::object& item, const Paths& out) {
  return canonical(json::value(item), "", out);
}

// Where two values differ, as deep as both are maps.
void differing_paths(const json::object& a, const json::object& b, const std::string& prefix, Paths& found) {
  const auto look = [&](std::string_view name) {
    const std::string path = prefix.empty() ? std::string(name) : prefix + "/" + std::string(name);
    const json::value* one = a.if_contains(name);
    const json::value* other = b.if_contains(name);
    if (one == nullptr || other == nullptr) {
      found.insert(path);
    } else if (one->is_object() && other->is_object() && !is_set(one->get_object())) {
      differing_paths(one->get_object(), other->get_object(), path, found);
    } else if (canonical(*one, path, {}) != canonical(*other, path, {})) {
      found.insert(path);
    }
  };
  for (const auto& member : a) look(member.key());
  for (const auto& member : b) {
    if (!a.contains(member.key())) look(member.key());
  }
}

// `{"id":{"S":"x"}}` differs at "id/S"; what is left out is the attribute, so that a change of type is left out too.
Paths attributes_of(const Paths& paths) {
  Paths attributes;
  for (const std::string& path : paths) {
    const std::size_t slash = path.rfind('/');
    const std::string_view last = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    const bool is_type =
        slash != std::string::npos && (last == "S" || last == "N" || last == "B" || last == "BOOL" || last == "NULL" ||
                                       last == "L" || last == "SS" || last == "NS" || last == "BS");
    attributes.insert(is_type ? path.substr(0, slash) : path);
  }
  return attributes;
}

std::string key_text(const json::object& item, const std::vector<std::string>& names, const Paths& out) {
  std::string text;
  for (const std::string& name : names) {
    const json::value* value = item.if_contains(name);
    if (value != nullptr && !out.contains(name)) text += canonical(*value, name, {}) + ",";
  }
  return text;
}

using Items = std::vector<const json::object*>;
using ByKey = std::map<std::string, Items>;

ByKey by_key(const Items& items, const std::vector<std::string>& names, const Paths& out) {
  ByKey groups;
  for (const json::object* item : items) groups[key_text(*item, names, out)].push_back(item);
  return groups;
}

Items all_items(const TableData& table) {
  Items items;
  for (const json::object& item : table.items) items.push_back(&item);
  return items;
}

// Those of `items` whose key `other` has not.
Items without_partner(const Items& items, const Items& other, const std::vector<std::string>& names) {
  const ByKey partners = by_key(other, names, {});
  Items alone;
  for (const json::object* item : items) {
    if (!partners.contains(key_text(*item, names, {}))) alone.push_back(item);
  }
  return alone;
}

std::multiset<std::string> values_of(const Items& items, const std::string& name) {
  std::multiset<std::string> values;
  for (const json::object* item : items) values.insert(key_text(*item, {name}, {}));
  return values;
}

// Pairs what is most alike and collects where the pairs differ.
void compare_groups(Items first, Items second, Paths& found) {
  const auto by_text = [](const json::object* a, const json::object* b) {
    return canonical(*a, {}) < canonical(*b, {});
  };
  std::sort(first.begin(), first.end(), by_text);
  std::sort(second.begin(), second.end(), by_text);
  for (const json::object* item : first) {
    if (second.empty()) return;
    Paths best;
    auto chosen = second.begin();
    differing_paths(*item, **chosen, "", best);
    for (auto other = second.begin() + 1; second.size() <= kPairedByLikeness && other != second.end(); ++other) {
      Paths paths;
      differing_paths(*item, **other, "", paths);
      if (paths.size() >= best.size()) continue;
      best = std::move(paths);
      chosen = other;
    }
    found.merge(best);
    second.erase(chosen);
  }
}

std::multiset<std::string> texts_of(const TableData& table, const Paths& out) {
  std::multiset<std::string> texts;
  for (const json::object& item : table.items) texts.insert(canonical(item, out));
  return texts;
}

Paths unstable_attributes(const TableData& first, const TableData& second) {
  Paths found;
  const Items one = all_items(first);
  const Items other = all_items(second);
  const ByKey partners = by_key(other, first.key, {});
  for (const json::object* item : one) {
    const auto partner = partners.find(key_text(*item, first.key, {}));
    if (partner != partners.end()) differing_paths(*item, *partner->second.front(), "", found);
  }
  const Items alone = without_partner(one, other, first.key);
  const Items other_alone = without_partner(other, one, first.key);
  Paths keys;
  for (const std::string& name : first.key) {
    if (values_of(alone, name) != values_of(other_alone, name)) keys.insert(name);
  }
  const ByKey groups = by_key(alone, first.key, keys);
  const ByKey other_groups = by_key(other_alone, first.key, keys);
  for (const auto& [key, items] : groups) {
    const auto partner = other_groups.find(key);
    if (partner != other_groups.end()) compare_groups(items, partner->second, found);
  }
  Paths attributes = attributes_of(found);
  attributes.merge(keys);
  return attributes;
}

// {"S":"x"} -> x
std::string plain(const json::value& value) {
  const json::object& typed = object_in(value);
  return shortened(typed.size() == 1 ? shown(typed.begin()->value()) : shown(value), kShownWidth);
}

std::string key_shown(const json::object& item, const TableData& table) {
  std::string text;
  for (const std::string& name : table.key) {
    if (const json::value* value = item.if_contains(name)) text += (text.empty() ? "" : "/") + plain(*value);
  }
  return text;
}

std::string change_between(const json::object& was, const json::object& is, const Paths& out) {
  Paths all;
  differing_paths(was, is, "", all);
  for (const std::string& path : attributes_of(all)) {
    if (out.contains(path)) continue;
    const std::string name = path.substr(0, path.find('/'));
    const json::value* before = was.if_contains(name);
    const json::value* after = is.if_contains(name);
    return name + " is " + (after == nullptr ? "absent" : plain(*after)) + ", should be " +
           (before == nullptr ? "absent" : plain(*before));
  }
  return "differs";
}

std::string table_difference(const std::string& name, const TableData& clean, const TableData& now, const Paths& out) {
  std::multiset<std::string> wanted = texts_of(clean, out);
  std::multiset<std::string> extra;
  const json::object* first_extra = nullptr;
  for (const json::object& item : now.items) {
    const std::string text = canonical(item, out);
    const auto found = wanted.find(text);
    if (found != wanted.end()) {
      wanted.erase(found);
    } else {
      extra.insert(text);
      if (first_extra == nullptr) first_extra = &item;
    }
  }
  if (wanted.empty() && extra.empty()) return "";
  const auto missing = std::find_if(clean.items.begin(), clean.items.end(),
                                    [&](const json::object& item) { return wanted.contains(canonical(item, out)); });
  if (first_extra != nullptr) {
    for (const json::object& item : clean.items) {
      const bool same_key = key_text(item, clean.key, out) == key_text(*first_extra, clean.key, out);
      if (same_key && wanted.contains(canonical(item, out)))
        return name + " " + key_shown(*first_extra, now) + ": " + change_between(item, *first_extra, out);
    }
  }
  if (wanted.size() > extra.size())
    return name + ": " + std::to_string(wanted.size() - extra.size()) + " items missing, " +
           key_shown(*missing, clean) + " first";
  if (extra.size() > wanted.size())
    return name + ": " + std::to_string(extra.size() - wanted.size()) + " items too many, " +
           key_shown(*first_extra, now) + " first";
  return name + ": " + std::to_string(extra.size()) + " items differ, " + key_shown(*first_extra, now) + " first";
}

}  // namespace

std::optional<TableData> table_data(const json::value& scenario, std::string_view table) {
  for (const json::value& entry : list_in(scenario, "tables")) {
    if (shown(object_in(entry), "TableName") != table) continue;
    TableData data;
    for (const json::value& element : list_in(entry, "KeySchema")) {
      const std::string attribute = shown(object_in(element), "AttributeName");
      const bool is_hash = shown(object_in(element), "KeyType") == "HASH";
      data.key.insert(is_hash ? data.key.begin() : data.key.end(), attribute);
    }
    for (const json::value& item : list_in(entry, "items")) data.items.push_back(object_in(item));
    return data;
  }
  return std::nullopt;
}

LeftOut find_unstable(const TablesData& first, const TablesData& second) {
  LeftOut left_out;
  for (const auto& [name, data] : first) {
    const auto found = second.find(name);
    const auto* other = found == second.end() ? nullptr : &found->second;
    if (!data && (other == nullptr || !*other)) continue;
    if (!data || other == nullptr || !*other) {
      left_out.tables.insert(name);
      continue;
    }
    Paths attributes = unstable_attributes(*data, **other);
    if (texts_of(*data, attributes) != texts_of(**other, attributes)) {
      left_out.tables.insert(name);
    } else if (!attributes.empty()) {
      left_out.attributes[name] = std::move(attributes);
    }
  }
  for (const auto& [name, data] : second) {
    if (data && !first.contains(name)) left_out.tables.insert(name);
  }
  return left_out;
}

std::string difference(const TablesData& clean, const TablesData& now, const LeftOut& left_out) {
  for (const auto& [name, data] : clean) {
    if (left_out.tables.contains(name)) continue;
    const auto found = now.find(name);
    const auto* is = found == now.end() ? nullptr : &found->second;
    const bool there = is != nullptr && is->has_value();
    if (data && !there) return "table " + name + " is missing";
    if (!data && there) return "table " + name + " should not be there";
    if (!data) continue;
    const auto paths = left_out.attributes.find(name);
    std::string found_difference =
        table_difference(name, *data, **is, paths == left_out.attributes.end() ? Paths() : paths->second);
    if (!found_difference.empty()) return found_difference;
  }
  return "";
}

}  // namespace fickle::cli
