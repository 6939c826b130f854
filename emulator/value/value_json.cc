// Reading DynamoDB JSON. Printing it is in value_json_print.cc.
#include "emulator/value/value_json.hh"

#include <array>
#include <boost/json.hpp>
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

Refused<ValueError> refuse(Kind kind, std::string text = {}) {
  return {ValueError{kind, {}, std::move(text)}};
}

Refused<ValueError> refuse_number(NumberError error, std::string_view text) {
  return {ValueError{Kind::number, error, std::string(text)}};
}

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

Result<Value, ValueError> read_number(const json::value& value) {
  const std::string_view text = view(value);
  const auto number = Number::parse(text);
  if (!number) return refuse_number(number.error(), text);
  return Value::number(number.value());
}

Result<Value, ValueError> read_strings(const json::value& value) {
  const json::array& array = array_of(value);
  if (array.empty()) return refuse(Kind::empty_string_set);
  std::vector<std::string> members;
  members.reserve(array.size());
  for (const json::value& member : array) members.emplace_back(view(member));
  Value set = Value::string_set(std::move(members));
  if (set.as_string_set()->members.size() != array.size()) return refuse(Kind::duplicate_strings, joined(array));
  return set;
}

Result<Value, ValueError> read_numbers(const json::value& value) {
  const json::array& array = array_of(value);
  if (array.empty()) return refuse(Kind::empty_number_set);
  std::vector<Number> members;
  members.reserve(array.size());
  for (const json::value& member : array) {
    const auto number = Number::parse(view(member));
    if (!number) return refuse_number(number.error(), view(member));
    members.push_back(number.value());
  }
  Value set = Value::number_set(std::move(members));
  if (set.as_number_set()->members.size() != array.size()) return refuse(Kind::duplicate_numbers);
  return set;
}

Result<Value, ValueError> read_binaries(const json::value& value) {
  const json::array& array = array_of(value);
  if (array.empty()) return refuse(Kind::empty_binary_set);
  std::vector<std::string> members;
  members.reserve(array.size());
  for (const json::value& member : array) members.push_back(bytes_of(member));
  Value set = Value::binary_set(std::move(members));
  if (set.as_binary_set()->members.size() != array.size()) return refuse(Kind::duplicate_binaries, joined(array));
  return set;
}

Result<Value, ValueError> read_at(const json::value& value, int level);

Result<Value, ValueError> read_list(const json::value& value, int level) {
  const json::array& array = array_of(value);
  List list;
  list.reserve(array.size());
  for (const json::value& element : array) {
    auto read = read_at(element, level);
    if (!read) return read;
    list.push_back(std::move(read).value());
  }
  return Value::list(std::move(list));
}

Result<Map, ValueError> read_attributes(const json::object& object, int level) {
  std::vector<Attribute> attributes;
  attributes.reserve(object.size());
  for (const json::key_value_pair& member : object) {
    if (member.key().empty()) return refuse(Kind::empty_name);
    if (member.key().size() > kNameLimit) return refuse(Kind::long_name);
    auto read = read_at(member.value(), level);
    if (!read) return Refused{read.error()};
    attributes.push_back({std::string(member.key().data(), member.key().size()), std::move(read).value()});
  }
  return Map::from(std::move(attributes));
}

Result<Value, ValueError> read_map(const json::value& value, int level) {
  auto map = read_attributes(object_of(value), level);
  if (!map) return Refused{map.error()};
  return Value::map(std::move(map).value());
}

// What one datatype member says; `level` is that of the value it makes.
Result<Value, ValueError> read_datatype(Type type, const json::value& value, int level) {
  switch (type) {
    case Type::S: return Value::string(std::string(view(value)));
    case Type::N: return read_number(value);
    case Type::B: return Value::binary(bytes_of(value));
    case Type::BOOL: return Value::boolean(flag_of(value));
    case Type::NULL_:
      if (!flag_of(value)) return refuse(Kind::null_false);
      return Value();
    case Type::SS: return read_strings(value);
    case Type::NS: return read_numbers(value);
    case Type::BS: return read_binaries(value);
    case Type::L: return read_list(value, level + 1);
    case Type::M: return read_map(value, level + 1);
  }
  throw BrokenInvariant("a Type is one of its enumerators");
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

// A value with any number of members: null ones count as absent, unknown ones are ignored.
Result<Value, ValueError> read_members(const json::object& object, int level) {
  std::optional<Value> value;
  std::optional<ValueError> error;
  std::size_t error_rank = 0;
  std::size_t count = 0;
  for (const json::key_value_pair& member : object) {
    const auto type = type_of_name({member.key().data(), member.key().size()});
    if (!type || member.value().is_null()) continue;
    ++count;
    auto read = read_datatype(*type, member.value(), level);
    if (read) {
      value = std::move(read).value();
    } else if (!error || rank(*type, read.error().kind) < error_rank) {
      error = read.error();
      error_rank = rank(*type, read.error().kind);
    }
  }
  if (count == 0) return refuse(Kind::empty);
  if (error) return Refused{*std::move(error)};
  if (count > 1) return refuse(Kind::several_types);
  return *std::move(value);
}

// `level` is 1 for the value of a top-level attribute. Refusing beyond the limit also bounds the recursion.
Result<Value, ValueError> read_at(const json::value& value, int level) {
  if (level > kNestingLimit) return refuse(Kind::too_deep);
  if (value.is_null()) return refuse(Kind::empty);
  return read_members(object_of(value), level);
}

}  // namespace

Result<Value, ValueError> read_value(const json::value& value) {
  return read_at(value, 1);
}

Result<Item, ValueError> read_item(const json::object& object) {
  return read_attributes(object, 1);
}

}  // namespace fickle
