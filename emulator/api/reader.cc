#include "emulator/api/reader.hh"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "emulator/api/error.hh"
#include "emulator/core/invariant.hh"
#include "emulator/core/text.hh"

namespace fickle {

namespace json = boost::json;

const json::value* find_member(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<bool> boolean_of_text(std::string_view text) {
  for (const std::string_view yes : {"true", "yes", "1"}) {
    if (equals_ignoring_case(text, yes)) return true;
  }
  for (const std::string_view no : {"false", "no", "0"}) {
    if (equals_ignoring_case(text, no)) return false;
  }
  return std::nullopt;
}

bool boolean_of(const json::value& value) {
  if (value.is_bool()) return value.get_bool();
  return value.is_string() && boolean_of_text(value.get_string()).value_or(false);
}

std::int64_t integer_of(const json::value& value, Shape shape) {
  using Long = std::numeric_limits<std::int64_t>;
  std::int64_t number = 0;
  if (value.is_int64()) {
    number = value.get_int64();
  } else if (value.is_uint64()) {
    number = static_cast<std::int64_t>(std::min(value.get_uint64(), static_cast<std::uint64_t>(Long::max())));
  } else if (value.is_double()) {
    const double floored = std::floor(value.get_double());
    constexpr double kBound = 9223372036854775808.0;  // 2^63
    if (floored >= kBound)
      number = Long::max();
    else if (floored < -kBound)
      number = Long::min();
    else
      number = static_cast<std::int64_t>(floored);
  }
  if (shape != Shape::integer) return number;
  using Integer = std::numeric_limits<std::int32_t>;
  return std::clamp<std::int64_t>(number, Integer::min(), Integer::max());
}

std::optional<std::string> read_string(const json::object& body, std::string_view name) {
  const auto* value = find_member(body, name);
  if (value == nullptr) return std::nullopt;
  return std::string(std::string_view(value->as_string()));
}

std::optional<bool> read_bool(const json::object& body, std::string_view name) {
  const auto* value = find_member(body, name);
  if (value == nullptr) return std::nullopt;
  return boolean_of(*value);
}

std::optional<std::int64_t> read_integer(const json::object& body, std::string_view name) {
  const auto* value = find_member(body, name);
  if (value == nullptr) return std::nullopt;
  return integer_of(*value);
}

const json::object* read_object(const json::object& body, std::string_view name) {
  const auto* value = find_member(body, name);
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* read_array(const json::object& body, std::string_view name) {
  const auto* value = find_member(body, name);
  return value == nullptr ? nullptr : value->if_array();
}

std::vector<std::string> read_strings(const json::object& body, std::string_view name) {
  std::vector<std::string> strings;
  if (const auto* array = read_array(body, name)) {
    strings.reserve(array->size());
    for (const auto& element : *array) strings.emplace_back(std::string_view(element.as_string()));
  }
  return strings;
}

Item read_attributes(const json::object& body, std::string_view name, Envelope envelope) {
  const auto* attributes = read_object(body, name);
  invariant(attributes != nullptr, "read_attributes: the member is required and its shape has been checked");
  auto item = read_item(*attributes);
  if (!item) throw_value_error(item.error(), envelope);
  return std::move(item).value();
}

}  // namespace fickle
