#include "emulator/core/json_print.hh"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "emulator/core/text.hh"

namespace fickle {
namespace {

namespace json = boost::json;

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 24> digits;  // NOLINT: filled as far as it is read
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

std::string_view view(json::string_view text) {
  return {text.data(), text.size()};
}

void append_array(std::string& out, const json::array& array) {
  out.push_back('[');
  for (const json::value& element : array) {
    if (&element != array.begin()) out.push_back(',');
    append_json_text(out, element);
  }
  out.push_back(']');
}

}  // namespace

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out.append("null");
    return;
  }
  // The longest: a sign, "0.", 323 zeros and 17 digits, or 309 digits.
  std::array<char, 400> digits;  // NOLINT: filled as far as it is read
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out.append(text);
  if (text.find('.') == std::string_view::npos) out.append(".0");
}

void append_json_text(std::string& out, const json::object& object) {
  out.push_back('{');
  for (const json::key_value_pair& member : object) {
    if (&member != object.begin()) out.push_back(',');
    append_json_string(out, view(member.key()));
    out.push_back(':');
    append_json_text(out, member.value());
  }
  out.push_back('}');
}

void append_json_text(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: out.append("null"); return;
    case json::kind::bool_: out.append(value.get_bool() ? "true" : "false"); return;
    case json::kind::int64: append_integer(out, value.get_int64()); return;
    case json::kind::uint64: append_integer(out, value.get_uint64()); return;
    case json::kind::double_: append_json_number(out, value.get_double()); return;
    case json::kind::string: append_json_string(out, view(value.get_string())); return;
    case json::kind::array: append_array(out, value.get_array()); return;
    case json::kind::object: append_json_text(out, value.get_object()); return;
  }
}

std::string json_text(const json::value& value) {
  std::string out;
  append_json_text(out, value);
  return out;
}

std::string json_text(const json::object& object) {
  std::string out;
  append_json_text(out, object);
  return out;
}

}  // namespace fickle
