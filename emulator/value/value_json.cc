// Reading DynamoDB JSON. Printing it is in value_json_print.cc.
#include "emulator/value/value_json.hh"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "emulator/core/base64.hh"
#include "emulator/core/invariant.hh"
#include "emulator/core/text.hh"
#include "emulator/value/item_size.hh"

namespace fickle {
namespace {

namespace json = boost::json;
using Kind = ValueError::Kind;

constexpr std::size_t kNameLimit = 65535;

std::string_view view(const json::value& value) {
  const json::string* const text = value.if_string();
  invariant(text != nullptr, "shape_check lets only strings through where strings belong");
  return {text->data(), text->size()};
}

const json::array& array_of(const json::value& value) {
  const json::array* const array = value.if_array();
  invariant(array != nullptr, "shape_check lets only arrays through where arrays belong");
  return *array;
}

const json::object& object_of(const json::value& value) {
  const json::object* const object = value.if_object();
  invariant(object != nullptr, "shape_check lets only objects through where objects belong");
  return *object;
}

// true, or the text "true", "yes" or "1" in any case: DynamoDB converts these to booleans.
bool flag_of(const json::value& value) {
  if (const bool* const flag = value.if_bool()) return *flag;
  const std::string_view text = view(value);
  return text == "1" || equals_ignoring_case(text, "true") || equals_ignoring_case(text, "yes");
}

std::string bytes_of(const json::value& value) {
  Result<std::string, Base64Error> bytes = base64_decode(view(value));
  invariant(bytes.ok(), "shape_check lets only base64 through where binaries belong");
  return std::move(bytes).value();
}

// The members of a set as they were sent.
std::string joined(const json::array& members) {
  std::string out;
  for (const json::value& member : members) {
    if (&member != members.begin()) out.append(", ");
    out.append(view(member));
  }
  return out;
}

// DynamoDB's order of checks within one value that has several datatype members (behaviour reference 2.2); what is wrong
// inside an M or L comes after these, in this order.
std::size_t rank(Type type, Kind kind) {
  constexpr std::array<std::pair<Type, Kind>, 9> kOrder{{{Type::N, Kind::number},
                                                         {Type::NULL_, Kind::null_false},
                                                         {Type::SS, Kind::empty_string_set},
                                                         {Type::NS, Kind::empty_number_set},
                                                         {Type::BS, Kind::empty_binary_set},
                                                         {Type::NS, Kind::number},
                                                         {Type::SS, Kind::duplicate_strings},
                                                         {Type::NS, Kind::duplicate_numbers},
                                                         {Type::BS, Kind::duplicate_binaries}}};
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    if (kOrder[i].first == type && kOrder[i].second == kind) return i;
  }
  return kOrder.size() + (type == Type::L ? 1U : 0U);
}

// The order in which attributes are read: by name saves sorting them later, as in the document finds the error that
// DynamoDB reports.
enum class Order { by_name, as_in_document };

// One pass over a value. Once error() is set the values returned mean nothing. Values are returned, not put into a Result
// at every level, so that each is built where it belongs.
class Reader {
 public:
  explicit Reader(Order order) : order_(order) {}

  // `level` is 1 for the value of a top-level attribute. Refusing beyond the limit also bounds the recursion.
  Value value(const json::value& value, int level) {
    if (level > kNestingLimit) return refuse(Kind::too_deep);
    if (value.is_null()) return refuse(Kind::empty);
    const json::object& object = object_of(value);
    std::optional<Type> type;
    const json::value* only = nullptr;
    for (const json::key_value_pair& member : object) {
      const auto known = datatype_of(member);
      if (!known) continue;
      if (type) return several(object, level);
      type = known;
      only = &member.value();
    }
    if (!type) return refuse(Kind::empty);
    return datatype(*type, *only, level);
  }

  Map attributes(const json::object& object, int level) {
    std::vector<const json::key_value_pair*> members;
    members.reserve(object.size());
    for (const json::key_value_pair& member : object) members.push_back(&member);
    if (order_ == Order::by_name) {
      std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
    }
    std::vector<Attribute> attributes;
    attributes.reserve(members.size());
    for (const json::key_value_pair* const member : members) {
      if (member->key().empty()) refuse(Kind::empty_name);
      if (member->key().size() > kNameLimit) refuse(Kind::long_name);
      if (error_) return {};
      attributes.push_back({std::string(member->key().data(), member->key().size()), value(member->value(), level)});
    }
    return Map::from(std::move(attributes));
  }

  [[nodiscard]] const std::optional<ValueError>& error() const { return error_; }

 private:
  // The first refusal stays.
  Value refuse(Kind kind, std::string_view text = {}, NumberError number = {}) {
    if (!error_) error_ = ValueError{kind, number, std::string(text)};
    return {};
  }

  // Null members count as absent and unknown ones are ignored.
  static std::optional<Type> datatype_of(const json::key_value_pair& member) {
    return member.value().is_null() ? std::nullopt : type_of_name({member.key().data(), member.key().size()});
  }

  // What one datatype member says; `level` is that of the value it makes.
  Value datatype(Type type, const json::value& value, int level) {
    switch (type) {
      case Type::S: return Value::string(std::string(view(value)));
      case Type::N: return Value::number(number(value));
      case Type::B: return Value::binary(bytes_of(value));
      case Type::BOOL: return Value::boolean(flag_of(value));
      case Type::NULL_: return flag_of(value) ? Value() : refuse(Kind::null_false);
      case Type::SS: return strings(array_of(value));
      case Type::NS: return numbers(array_of(value));
      case Type::BS: return binaries(array_of(value));
      case Type::L: return list(array_of(value), level + 1);
      case Type::M: return Value::map(attributes(object_of(value), level + 1));
    }
    throw BrokenInvariant("a Type is one of its enumerators");
  }

  // More than one datatype is an error; which one depends on what else is wrong.
  Value several(const json::object& object, int level) {
    std::size_t worst = rank(Type::L, Kind::several_types) + 1;
    ValueError chosen{Kind::several_types, {}, {}};
    for (const json::key_value_pair& member : object) {
      const auto type = datatype_of(member);
      if (!type) continue;
      Reader reader(order_);
      (void)reader.datatype(*type, member.value(), level);
      if (!reader.error_ || rank(*type, reader.error_->kind) >= worst) continue;
      worst = rank(*type, reader.error_->kind);
      chosen = *reader.error_;
    }
    return refuse(chosen.kind, chosen.text, chosen.number_error);
  }

  Number number(const json::value& value) {
    const std::string_view text = view(value);
    const auto parsed = Number::parse(text);
    if (parsed) return parsed.value();
    refuse(Kind::number, text, parsed.error());
    return {};
  }

  Value strings(const json::array& array) {
    if (array.empty()) return refuse(Kind::empty_string_set);
    std::vector<std::string> members;
    members.reserve(array.size());
    for (const json::value& member : array) members.emplace_back(view(member));
    Value set = Value::string_set(std::move(members));
    if (set.as_string_set()->members.size() != array.size()) return refuse(Kind::duplicate_strings, joined(array));
    return set;
  }

  Value numbers(const json::array& array) {
    if (array.empty()) return refuse(Kind::empty_number_set);
    std::vector<Number> members;
    members.reserve(array.size());
    for (const json::value& member : array) members.push_back(number(member));
    Value set = Value::number_set(std::move(members));
    if (set.as_number_set()->members.size() != array.size()) return refuse(Kind::duplicate_numbers);
    return set;
  }

  Value binaries(const json::array& array) {
    if (array.empty()) return refuse(Kind::empty_binary_set);
    std::vector<std::string> members;
    members.reserve(array.size());
    for (const json::value& member : array) members.push_back(bytes_of(member));
    Value set = Value::binary_set(std::move(members));
    if (set.as_binary_set()->members.size() != array.size()) return refuse(Kind::duplicate_binaries, joined(array));
    return set;
  }

  Value list(const json::array& array, int level) {
    List elements;
    elements.reserve(array.size());
    for (const json::value& element : array) {
      elements.push_back(value(element, level));
      if (error_) return {};
    }
    return Value::list(std::move(elements));
  }

  Order order_;
  std::optional<ValueError> error_;
};

}  // namespace

Result<Value, ValueError> read_value(const json::value& value) {
  Reader reader(Order::by_name);
  Value result = reader.value(value, 1);
  if (!reader.error()) return result;
  Reader again(Order::as_in_document);
  (void)again.value(value, 1);
  return Refused{*again.error()};
}

Result<Item, ValueError> read_item(const json::object& object) {
  Reader reader(Order::by_name);
  Item item = reader.attributes(object, 1);
  if (!reader.error()) return item;
  Reader again(Order::as_in_document);
  (void)again.attributes(object, 1);
  return Refused{*again.error()};
}

}  // namespace fickle
