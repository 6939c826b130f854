#include "emulator/api/java_text.hh"

#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "emulator/api/reader.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/crc32.hh"
#include "emulator/core/json_print.hh"

namespace fickle {
namespace {

namespace json = boost::json;

void append(std::string& out, const json::value& value, const Field& field);

void append_number(std::string& out, const json::value& value, Shape shape) {
  if (shape == Shape::integer || shape == Shape::long_integer) {
    out += std::to_string(integer_of(value, shape));
    return;
  }
  out += json_text(value);
}

// What Object.toString gives: class name, @, hash code in hexadecimal.
void append_attribute_value(std::string& out, const json::value& value) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), crc32_of(json_text(value)), 16).ptr;
  out.append("com.amazonaws.dynamodb.v20120810.AttributeValue@").append(digits.data(), end);
}

void append_structure(std::string& out, const json::value& value, const Field& field) {
  out.append(field.type_name.substr(field.type_name.rfind('.') + 1)).append("(");
  const char* separator = "";
  for (const auto& member : field.members) {
    out.append(separator).append(lower_first(member.name)).append("=");
    separator = ", ";
    if (const auto* found = find_member(value.as_object(), member.name))
      append(out, *found, member);
    else
      out += "null";
  }
  out += ')';
}

void append_list(std::string& out, const json::value& value, const Field& field) {
  out += '[';
  const char* separator = "";
  for (const auto& element : value.as_array()) {
    out += separator;
    separator = ", ";
    append(out, element, *field.element);
  }
  out += ']';
}

void append_map(std::string& out, const json::value& value, const Field& field) {
  out += '{';
  const char* separator = "";
  for (const auto& entry : value.as_object()) {
    out.append(separator).append(entry.key()).append("=");
    separator = ", ";
    if (field.shape == Shape::attribute_map)
      append_attribute_value(out, entry.value());
    else
      append(out, entry.value(), *field.element);
  }
  out += '}';
}

void append_blob(std::string& out, const json::value& value) {
  const auto bytes = base64_decode(value.as_string());
  const auto size = std::to_string(bytes ? bytes.value().size() : 0);
  out.append("java.nio.HeapByteBuffer[pos=0 lim=").append(size).append(" cap=").append(size).append("]");
}

void append(std::string& out, const json::value& value, const Field& field) {
  if (value.is_null()) {
    out += "null";
    return;
  }
  switch (field.shape) {
    case Shape::string: out += std::string_view(value.as_string()); return;
    case Shape::boolean: out += boolean_of(value) ? "true" : "false"; return;
    case Shape::integer:
    case Shape::long_integer:
    case Shape::double_number:
    case Shape::timestamp: append_number(out, value, field.shape); return;
    case Shape::blob: append_blob(out, value); return;
    case Shape::structure: append_structure(out, value, field); return;
    case Shape::list: append_list(out, value, field); return;
    case Shape::attribute_value: append_attribute_value(out, value); return;
    case Shape::map:
    case Shape::attribute_map: append_map(out, value, field); return;
  }
}

}  // namespace

std::string lower_first(std::string_view name) {
  std::string lowered(name);
  if (!lowered.empty() && lowered[0] >= 'A' && lowered[0] <= 'Z')
    lowered[0] = static_cast<char>(lowered[0] - 'A' + 'a');
  return lowered;
}

std::string java_text(const json::value& value, const Field& field) {
  std::string out;
  append(out, value, field);
  return out;
}

}  // namespace fickle
