#include "emulator/value/value.hh"

#include <algorithm>
#include <array>

namespace fickle {
namespace {

struct TypeNames {
  std::string_view brief;
  std::string_view full;
};
// In the order of Type.
constexpr std::array<TypeNames, 10> kTypeNames{{{"S", "STRING"},
                                                {"N", "NUMBER"},
                                                {"B", "BINARY"},
                                                {"BOOL", "BOOLEAN"},
                                                {"NULL", "NULL"},
                                                {"SS", "STRING_SET"},
                                                {"NS", "NUMBER_SET"},
                                                {"BS", "BINARY_SET"},
                                                {"L", "LIST"},
                                                {"M", "MAP"}}};

template <class T>
void sort_unique(std::vector<T>& members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
}

bool name_less(const Attribute& a, const Attribute& b) {
  return a.name < b.name;
}

// Stable, and without the buffer that std::stable_sort allocates: items have a handful of attributes.
void sort_by_name(std::vector<Attribute>& entries) {
  constexpr std::size_t kFew = 32;
  if (std::is_sorted(entries.begin(), entries.end(), name_less)) return;
  if (entries.size() > kFew) {
    std::stable_sort(entries.begin(), entries.end(), name_less);
    return;
  }
  for (auto next = entries.begin() + 1; next != entries.end(); ++next) {
    const auto place = std::upper_bound(entries.begin(), next, *next, name_less);
    std::rotate(place, next, next + 1);
  }
}

// Of neighbours with the same name the last stays.
void drop_earlier_duplicates(std::vector<Attribute>& entries) {
  const auto same_name = [](const Attribute& a, const Attribute& b) { return a.name == b.name; };
  if (std::adjacent_find(entries.begin(), entries.end(), same_name) == entries.end()) return;
  const auto first = std::unique(entries.rbegin(), entries.rend(), same_name).base();
  entries.erase(entries.begin(), first);
}

template <class Entries>
auto lower_bound_of(Entries& entries, std::string_view name) {
  return std::lower_bound(entries.begin(), entries.end(), name, [](const Attribute& attribute, std::string_view key) {
    return attribute.name.compare(key) < 0;
  });
}

}  // namespace

std::string_view type_name(Type type) {
  return kTypeNames[static_cast<std::size_t>(type)].brief;
}

std::string_view long_type_name(Type type) {
  return kTypeNames[static_cast<std::size_t>(type)].full;
}

std::optional<Type> type_of_name(std::string_view name) {
  for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
    if (kTypeNames[i].brief == name) return static_cast<Type>(i);
  }
  return std::nullopt;
}

AttributeMap::AttributeMap() = default;
AttributeMap::AttributeMap(const AttributeMap&) = default;
AttributeMap::AttributeMap(AttributeMap&&) noexcept = default;
AttributeMap& AttributeMap::operator=(const AttributeMap&) = default;
AttributeMap& AttributeMap::operator=(AttributeMap&&) noexcept = default;
AttributeMap::~AttributeMap() = default;

AttributeMap::AttributeMap(std::initializer_list<Attribute> attributes) : AttributeMap(from(attributes)) {}

AttributeMap AttributeMap::from(std::vector<Attribute> attributes) {
  sort_by_name(attributes);
  drop_earlier_duplicates(attributes);
  AttributeMap map;
  map.entries_ = std::move(attributes);
  return map;
}

const Value* AttributeMap::find(std::string_view name) const {
  const auto place = lower_bound_of(entries_, name);
  return place != entries_.end() && place->name == name ? &place->value : nullptr;
}

Value* AttributeMap::find(std::string_view name) {
  const auto place = lower_bound_of(entries_, name);
  return place != entries_.end() && place->name == name ? &place->value : nullptr;
}

Value& AttributeMap::set(std::string name, Value value) {
  auto place = lower_bound_of(entries_, name);
  if (place != entries_.end() && place->name == name) {
    place->value = std::move(value);
  } else {
    place = entries_.insert(place, Attribute{std::move(name), std::move(value)});
  }
  return place->value;
}

bool AttributeMap::erase(std::string_view name) {
  const auto place = lower_bound_of(entries_, name);
  if (place == entries_.end() || place->name != name) return false;
  entries_.erase(place);
  return true;
}

void AttributeMap::reserve(std::size_t count) {
  entries_.reserve(count);
}
std::size_t AttributeMap::size() const {
  return entries_.size();
}
const Attribute* AttributeMap::begin() const {
  return entries_.data();
}
const Attribute* AttributeMap::end() const {
  return entries_.data() + entries_.size();
}

bool operator==(const AttributeMap& a, const AttributeMap& b) {
  return a.entries_ == b.entries_;
}

Value Value::string_set(std::vector<std::string> members) {
  sort_unique(members);
  return Value(Storage(StringSet{std::move(members)}));
}

Value Value::number_set(std::vector<Number> members) {
  sort_unique(members);
  return Value(Storage(NumberSet{std::move(members)}));
}

Value Value::binary_set(std::vector<std::string> members) {
  sort_unique(members);
  return Value(Storage(BinarySet{std::move(members)}));
}

const std::string* Value::as_binary() const {
  const auto* const binary = std::get_if<Binary>(&storage_);
  return binary == nullptr ? nullptr : &binary->bytes;
}

bool operator==(const Value& a, const Value& b) {
  return a.storage_ == b.storage_;
}

std::optional<std::strong_ordering> compare_values(const Value& a, const Value& b) {
  if (a.type() != b.type()) return std::nullopt;
  if (const auto* const text = a.as_string()) return *text <=> *b.as_string();
  if (const auto* const number = a.as_number()) return *number <=> *b.as_number();
  if (const auto* const bytes = a.as_binary()) return *bytes <=> *b.as_binary();
  return std::nullopt;
}

}  // namespace fickle
