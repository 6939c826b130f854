#include "emulator/api/json_text.hh"

#include <array>
#include <charconv>

#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
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
  before_value();
  append_json_text(text_, value);
  return *this;
}

JsonText& JsonText::raw(std::string_view text) {
  before_value();
  text_ += text;
  return *this;
}

}  // namespace fickle
