#include "emulator/api/shape_check.hh"

#include <boost/json.hpp>
#include <string>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

namespace json = boost::json;

constexpr std::string_view kAttributeValue = "com.amazonaws.dynamodb.v20120810.AttributeValue";
constexpr std::string_view kNotExpected = "Start of structure or map found where not expected";
// Java's complaint when a generic type stands where it wants a class: a list inside a map, a map inside a list.
constexpr std::string_view kClassCast =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "
    "loader "
    "'bootstrap')";

// Where a value stands decides the words: a member of a structure, or an element of a list or map.
enum class Place { member, element };

void check(const json::value& value, const Field& field, Place place);

template <class... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::string message;
  (message.append(parts), ...);
  throw ApiError("SerializationException", std::move(message));
}

std::string_view token_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::bool_: return value.get_bool() ? "TRUE_VALUE" : "FALSE_VALUE";
    case json::kind::int64:
    case json::kind::uint64: return "NUMBER_VALUE";
    case json::kind::double_: return "DECIMAL_VALUE";
    case json::kind::string: return "STRING_VALUE";
    case json::kind::null: return "NULL_VALUE";
    case json::kind::array: return "START_ARRAY";
    case json::kind::object: return "START_OBJECT";
  }
  return "";
}

// A scalar of Java type `type` got something it cannot be made of.
[[noreturn]] void refuse_scalar(const json::value& value, std::string_view package, std::string_view type) {
  if (value.is_object()) refuse(kNotExpected);
  if (value.is_array()) refuse("Unrecognized collection type class ", package, type);
  refuse(token_of(value), " cannot be converted to ", type);
}

void check_boolean(const json::value& value) {
  if (value.is_bool()) return;
  if (!value.is_string()) refuse_scalar(value, "java.lang.", "Boolean");
  if (!boolean_of_text(value.get_string())) refuse("Unexpected token received from parser");
}

void check_blob(const json::value& value) {
  if (value.is_object()) refuse(kNotExpected);
  if (value.is_array()) refuse("Unrecognized collection type class java.nio.ByteBuffer");
  if (!value.is_string()) refuse("only base-64-encoded strings are convertible to bytes");
  const std::string_view text = value.get_string();
  const auto bytes = base64_decode(text);
  if (bytes) return;
  switch (bytes.error()) {
    case Base64Error::length:
      refuse("Base64 encoded length is expected a multiple of 4 bytes but found: ", std::to_string(text.size()));
    case Base64Error::last_character: refuse("Invalid last non-pad Base64 character dectected");
    case Base64Error::alphabet: {
      constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      const auto at = text.find_first_not_of(kAlphabet);
      refuse("Invalid Base64 character: '", text.substr(at == std::string_view::npos ? text.size() - 1 : at, 1), "'");
    }
  }
}

void check_number(const json::value& value, std::string_view package, std::string_view type) {
  if (!value.is_number()) refuse_scalar(value, package, type);
}

[[noreturn]] void refuse_scalar_for_structure(Place place) {
  refuse(place == Place::member ? "Unexpected field type" : "Unexpected value type in payload");
}
[[noreturn]] void refuse_scalar_for_collection(Place place) {
  refuse(place == Place::member ? std::string_view("Unexpected field type") : kClassCast);
}

// A null where an AttributeValue belongs is one without a datatype, which validation refuses later.
void check_element(const json::value& value, const Field& element) {
  if (!value.is_null() || element.shape != Shape::attribute_value) check(value, element, Place::element);
}

void check_list(const json::value& value, const Field& element, Place place) {
  if (value.is_object()) refuse(kNotExpected);
  if (!value.is_array()) refuse_scalar_for_collection(place);
  for (const auto& child : value.get_array()) check_element(child, element);
}

// The Java type of a map's values, as its generic type prints.
std::string java_type(const Field& field) {
  switch (field.shape) {
    case Shape::structure: return std::string(field.type_name);
    case Shape::list: return "java.util.List<" + java_type(*field.element) + ">";
    case Shape::map: return "java.util.Map<java.lang.String, " + java_type(*field.element) + ">";
    case Shape::attribute_map:
      return std::string("java.util.Map<java.lang.String, ").append(kAttributeValue).append(">");
    case Shape::attribute_value: return std::string(kAttributeValue);
    case Shape::boolean: return "java.lang.Boolean";
    case Shape::integer: return "java.lang.Integer";
    case Shape::long_integer: return "java.lang.Long";
    case Shape::double_number: return "java.lang.Double";
    case Shape::timestamp: return "java.util.Date";
    case Shape::blob: return "java.nio.ByteBuffer";
    case Shape::string: break;
  }
  return "java.lang.String";
}

void check_map(const json::value& value, const Field& element, Place place) {
  if (value.is_array())
    refuse("Unrecognized collection type java.util.Map<java.lang.String, ", java_type(element), ">");
  if (!value.is_object()) refuse_scalar_for_collection(place);
  for (const auto& entry : value.get_object()) check_element(entry.value(), element);
}

constexpr Field kString{.shape = Shape::string};
constexpr Field kBlob{.shape = Shape::blob};
constexpr Field kValue{.shape = Shape::attribute_value};

// The datatypes of an AttributeValue. Not a field table: L and M lead back to AttributeValue.
struct Datatype {
  std::string_view name;
  Shape shape;
  const Field* element = nullptr;
};
constexpr Datatype kDatatypes[] = {
    {"S", Shape::string},          {"N", Shape::string},        {"B", Shape::blob},
    {"BOOL", Shape::boolean},      {"NULL", Shape::boolean},    {"SS", Shape::list, &kString},
    {"NS", Shape::list, &kString}, {"BS", Shape::list, &kBlob}, {"L", Shape::list, &kValue},
    {"M", Shape::attribute_map},
};

void check_attribute_value(const json::value& value, Place place) {
  if (value.is_array()) refuse("Unrecognized collection type class ", kAttributeValue);
  if (!value.is_object()) refuse_scalar_for_structure(place);
  for (const auto& member : value.get_object()) {
    if (member.value().is_null()) continue;
    for (const auto& type : kDatatypes) {
      if (member.key() != type.name) continue;
      check(member.value(), Field{.shape = type.shape, .element = type.element}, Place::member);
      break;
    }
  }
}

void check_structure(const json::value& value, const Field& field, Place place) {
  if (value.is_array()) refuse("Unrecognized collection type class ", field.type_name);
  if (!value.is_object()) refuse_scalar_for_structure(place);
  check_shapes(value.get_object(), field.members);
}

void check(const json::value& value, const Field& field, Place place) {
  switch (field.shape) {
    case Shape::string:
      if (!value.is_string()) refuse_scalar(value, "java.lang.", "String");
      return;
    case Shape::boolean: check_boolean(value); return;
    case Shape::integer: check_number(value, "java.lang.", "Integer"); return;
    case Shape::long_integer: check_number(value, "java.lang.", "Long"); return;
    case Shape::double_number: check_number(value, "java.lang.", "Double"); return;
    case Shape::timestamp: check_number(value, "java.util.", "Date"); return;
    case Shape::blob: check_blob(value); return;
    case Shape::structure: check_structure(value, field, place); return;
    case Shape::list: check_list(value, *field.element, place); return;
    case Shape::map: check_map(value, *field.element, place); return;
    case Shape::attribute_map: check_map(value, kValue, place); return;
    case Shape::attribute_value: check_attribute_value(value, place); return;
  }
}

}  // namespace

void check_shapes(const json::object& body, std::span<const Field> fields) {
  for (const auto& field : fields) {
    if (const auto* value = find_member(body, field.name)) check(*value, field, Place::member);
  }
}

}  // namespace fickle
