#include "emulator/api/reply_check.hh"

#include <algorithm>
#include <boost/json.hpp>

#include "emulator/core/base64.hh"
#include "emulator/core/invariant.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

namespace json = boost::json;
using Offence = std::optional<std::string>;

Offence check(const json::value& value, const Field& field, const std::string& path);

Offence unless(bool holds, const std::string& path, std::string_view what) {
  if (holds) return std::nullopt;
  return path + ": " + std::string(what);
}

Offence check_members(const json::object& object, std::span<const Field> fields, const std::string& path) {
  const std::string prefix = path.empty() ? path : path + ".";
  for (const auto& member : object) {
    const auto where = prefix + std::string(member.key());
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& declared) { return declared.name == member.key(); });
    if (field == fields.end()) return where + ": not declared";
    if (auto offence = check(member.value(), *field, where)) return offence;
  }
  for (const auto& field : fields) {
    if (field.required && !object.contains(field.name)) return prefix + std::string(field.name) + ": missing";
  }
  return std::nullopt;
}

Offence check_value(const json::value& value, const std::string& path) {
  if (!value.is_object()) return path + ": not an attribute value";
  if (value.get_object().size() != 1) return path + ": an attribute value has exactly one datatype";
  try {
    return unless(read_value(value).ok(), path, "not an attribute value");
  } catch (const BrokenInvariant&) {  // a kind that read_value relies on shape_check to refuse
    return path + ": not an attribute value";
  }
}

Offence check_text(const json::value& value, const Field& field, const std::string& path) {
  if (!value.is_string()) return path + ": not a string";
  if (field.enum_set.empty()) return std::nullopt;
  // "[A, B]" holds a word if it stands between a bracket or blank and a comma or bracket.
  const std::string word(std::string_view(value.get_string()));
  for (const auto* before : {"[", " "}) {
    for (const auto* after : {",", "]"}) {
      if (field.enum_set.find(before + word + after) != std::string_view::npos) return std::nullopt;
    }
  }
  return path + ": '" + word + "' is not one of " + std::string(field.enum_set);
}

Offence check_list(const json::value& value, const Field& element, const std::string& path) {
  if (!value.is_array()) return path + ": not a list";
  std::size_t position = 0;
  for (const auto& child : value.get_array()) {
    if (auto offence = check(child, element, path + "[" + std::to_string(position++) + "]")) return offence;
  }
  return std::nullopt;
}

Offence check_map(const json::value& value, const Field& element, const std::string& path) {
  if (!value.is_object()) return path + ": not a map";
  for (const auto& entry : value.get_object()) {
    if (auto offence = check(entry.value(), element, path + "." + std::string(entry.key()))) return offence;
  }
  return std::nullopt;
}

constexpr Field kValue{.shape = Shape::attribute_value};

Offence check(const json::value& value, const Field& field, const std::string& path) {
  if (value.is_null()) return path + ": null";
  switch (field.shape) {
    case Shape::string: return check_text(value, field, path);
    case Shape::boolean: return unless(value.is_bool(), path, "not a boolean");
    case Shape::integer:
    case Shape::long_integer: return unless(value.is_int64() || value.is_uint64(), path, "not an integer");
    case Shape::double_number:
    case Shape::timestamp: return unless(value.is_number(), path, "not a number");
    case Shape::blob: return unless(value.is_string() && base64_decode(value.get_string()).ok(), path, "not base64");
    case Shape::structure:
      if (!value.is_object()) return path + ": not a structure";
      return check_members(value.get_object(), field.members, path);
    case Shape::list: return check_list(value, *field.element, path);
    case Shape::map: return check_map(value, *field.element, path);
    case Shape::attribute_value: return check_value(value, path);
    case Shape::attribute_map: return check_map(value, kValue, path);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> reply_offence(const json::object& reply, std::span<const Field> fields) {
  return check_members(reply, fields, "");
}

}  // namespace fickle
