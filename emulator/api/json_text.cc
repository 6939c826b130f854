#include "emulator/api/json_text.hh"

#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

// A double as DynamoDB prints it: plain decimal, with at least one digit after the point.
void append_double(std::string& out, double number) {
  std::array<char, 400> digits{};
  const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out += text;
  if (text.find('.') == std::string_view::npos) out += ".0";
}

}  // namespace

void JsonText::before_value() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

JsonText& JsonText::begin_object() {
  before_value();
  text_ += '{';
  needs_comma_ = false;
  return *this;
}

JsonText& JsonText::end_object() {
  text_ += '}';
  needs_comma_ = true;
  return *this;
}

JsonText& JsonText::begin_array() {
  before_value();
  text_ += '[';
  needs_comma_ = false;
  return *this;
}

JsonText& JsonText::end_array() {
  text_ += ']';
  needs_comma_ = true;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  before_value();
  append_json_string(text_, name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonText& JsonText::string(std::string_view text) {
  before_value();
  append_json_string(text_, text);
  return *this;
}

JsonText& JsonText::boolean(bool flag) {
  return raw(flag ? "true" : "false");
}

JsonText& JsonText::integer(std::int64_t number) {
  std::array<char, 20> digits{};
  const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return raw(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

JsonText& JsonText::half_units(HalfUnits units) {
  integer(units.count / 2);
  text_ += units.count % 2 == 0 ? ".0" : ".5";
  return *this;
}

JsonText& JsonText::timestamp(Instant instant) {
  return raw(format_epoch_seconds(instant));
}

JsonText& JsonText::item(const Item& item) {
  before_value();
  append_json(text_, item);
  return *this;
}

JsonText& JsonText::value(const Value& value) {
  before_value();
  append_json(text_, value);
  return *this;
}

JsonText& JsonText::json(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return raw("null");
    case boost::json::kind::bool_: return boolean(value.get_bool());
    case boost::json::kind::int64: return integer(value.get_int64());
    case boost::json::kind::uint64: return raw(std::to_string(value.get_uint64()));
    case boost::json::kind::string: return string(value.get_string());
    case boost::json::kind::double_:
      before_value();
      append_double(text_, value.get_double());
      return *this;
    case boost::json::kind::array:
      begin_array();
      for (const auto& element : value.get_array()) json(element);
      return end_array();
    case boost::json::kind::object:
      begin_object();
      for (const auto& member : value.get_object()) key(member.key()).json(member.value());
      return end_object();
  }
  return *this;
}

JsonText& JsonText::raw(std::string_view text) {
  before_value();
  text_ += text;
  return *this;
}

}  // namespace fickle
