// Value: one DynamoDB attribute value, and Item: attributes by name. Value types; const use is thread-safe.
// Invariants: sets are sorted, free of duplicates and not empty; an AttributeMap is sorted by name (bytes), names unique.
// Nesting depth is bounded to 32 levels by whoever builds values from user input (value_json, partiql, fixtures).
#pragma once

#include <compare>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/value/number.hh"

namespace fickle {

class Value;
struct Attribute;

// In the order of the alternatives of Value::Storage.
enum class Type { S, N, B, BOOL, NULL_, SS, NS, BS, L, M };
[[nodiscard]] std::string_view type_name(Type type);                    // "S", "N", "B", "BOOL", "NULL", ...
[[nodiscard]] std::optional<Type> type_of_name(std::string_view name);  // the reverse
[[nodiscard]] std::string_view long_type_name(
    Type type);  // "STRING", "NUMBER", "BINARY", "BOOLEAN", "NULL", "STRING_SET"?, "LIST", "MAP"

struct Null {
  friend bool operator==(Null, Null) = default;
};
struct Binary {
  std::string bytes;
  friend auto operator<=>(const Binary&, const Binary&) = default;
};
struct StringSet {
  std::vector<std::string> members;
  friend bool operator==(const StringSet&, const StringSet&) = default;
};
struct NumberSet {
  std::vector<Number> members;
  friend bool operator==(const NumberSet&, const NumberSet&) = default;
};
struct BinarySet {
  std::vector<std::string> members;
  friend bool operator==(const BinarySet&, const BinarySet&) = default;
};
using List = std::vector<Value>;

// A flat map from attribute name to Value, sorted by name. Used for items and for M values.
class AttributeMap {
 public:
  AttributeMap();
  AttributeMap(const AttributeMap&);
  AttributeMap(AttributeMap&&) noexcept;
  AttributeMap& operator=(const AttributeMap&);
  AttributeMap& operator=(AttributeMap&&) noexcept;
  ~AttributeMap();
  AttributeMap(std::initializer_list<Attribute> attributes);  // later duplicates win
  // Takes attributes in any order; later duplicates win.
  [[nodiscard]] static AttributeMap from(std::vector<Attribute> attributes);

  [[nodiscard]] const Value* find(std::string_view name) const;  // nullptr when absent
  [[nodiscard]] Value* find(std::string_view name);
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
  Value& set(std::string name, Value value);  // inserts or replaces
  bool erase(std::string_view name);          // whether it was there
  void reserve(std::size_t count);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const Attribute* begin() const;
  [[nodiscard]] const Attribute* end() const;

  friend bool operator==(const AttributeMap& a, const AttributeMap& b);

 private:
  std::vector<Attribute> entries_;
};

using Map = AttributeMap;
using Item = AttributeMap;
using ItemPtr =
    std::shared_ptr<const Item>;  // stored items are immutable and shared by versions, indexes and universes

class Value {
 public:
  using Storage = std::variant<std::string, Number, Binary, bool, Null, StringSet, NumberSet, BinarySet, List, Map>;

  Value() : storage_(Null{}) {}
  Value(Storage storage) : storage_(std::move(storage)) {}  // NOLINT: implicit by design
  [[nodiscard]] static Value string(std::string text) {
    return Value(Storage(std::in_place_index<0>, std::move(text)));
  }
  [[nodiscard]] static Value number(Number number) { return Value(Storage(number)); }
  [[nodiscard]] static Value binary(std::string bytes) { return Value(Storage(Binary{std::move(bytes)})); }
  [[nodiscard]] static Value boolean(bool flag) { return Value(Storage(std::in_place_index<3>, flag)); }
  // Sort and drop duplicates.
  [[nodiscard]] static Value string_set(std::vector<std::string> members);
  [[nodiscard]] static Value number_set(std::vector<Number> members);
  [[nodiscard]] static Value binary_set(std::vector<std::string> members);
  [[nodiscard]] static Value list(List elements) { return Value(Storage(std::move(elements))); }
  [[nodiscard]] static Value map(Map map) { return Value(Storage(std::move(map))); }

  [[nodiscard]] Type type() const { return static_cast<Type>(storage_.index()); }
  [[nodiscard]] bool is(Type type) const { return this->type() == type; }
  [[nodiscard]] const Storage& storage() const { return storage_; }

  // nullptr when the value is of another type.
  [[nodiscard]] const std::string* as_string() const { return std::get_if<0>(&storage_); }
  [[nodiscard]] const Number* as_number() const { return std::get_if<Number>(&storage_); }
  [[nodiscard]] const std::string* as_binary() const;
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&storage_); }
  [[nodiscard]] const StringSet* as_string_set() const { return std::get_if<StringSet>(&storage_); }
  [[nodiscard]] const NumberSet* as_number_set() const { return std::get_if<NumberSet>(&storage_); }
  [[nodiscard]] const BinarySet* as_binary_set() const { return std::get_if<BinarySet>(&storage_); }
  [[nodiscard]] const List* as_list() const { return std::get_if<List>(&storage_); }
  [[nodiscard]] List* as_list() { return std::get_if<List>(&storage_); }
  [[nodiscard]] const Map* as_map() const { return std::get_if<Map>(&storage_); }
  [[nodiscard]] Map* as_map() { return std::get_if<Map>(&storage_); }

  // Deep equality as DynamoDB's `=`: same type, numbers by value, sets regardless of order.
  friend bool operator==(const Value& a, const Value& b);

 private:
  Storage storage_;
};

struct Attribute {
  std::string name;
  Value value;
  friend bool operator==(const Attribute&, const Attribute&) = default;
};

// Order of two values of type S, N or B and of the same type; nullopt otherwise.
[[nodiscard]] std::optional<std::strong_ordering> compare_values(const Value& a, const Value& b);

}  // namespace fickle
