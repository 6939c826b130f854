// JsonText: a streaming writer of JSON as DynamoDB prints it (no blanks; capacity `1.0`, `0.5`; timestamps as epoch seconds with a
// millisecond fraction). Not thread-safe; one per reply. Commas are its business.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/core/units.hh"
#include "emulator/value/value.hh"

namespace fickle {

class JsonText {
 public:
  JsonText() { text_.reserve(512); }
  JsonText& begin_object();
  JsonText& end_object();
  JsonText& begin_array();
  JsonText& end_array();
  JsonText& key(std::string_view name);
  JsonText& string(std::string_view text);
  JsonText& boolean(bool flag);
  JsonText& integer(std::int64_t number);
  JsonText& half_units(HalfUnits units);  // 0.5, 1.0
  JsonText& timestamp(Instant instant);   // 1718877543.123
  JsonText& item(const Item& item);       // {"pk":{"S":"x"}}
  JsonText& value(const Value& value);    // {"S":"x"}
  JsonText& json(const boost::json::value& value);
  JsonText& raw(std::string_view text);  // one complete JSON value

  // Shorthands: key and value.
  JsonText& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonText& member(std::string_view name, const char* text) { return key(name).string(text); }
  JsonText& member(std::string_view name, const Item& item) { return key(name).item(item); }
  JsonText& member_bool(std::string_view name, bool flag) { return key(name).boolean(flag); }
  JsonText& member_integer(std::string_view name, std::int64_t number) { return key(name).integer(number); }
  JsonText& member_timestamp(std::string_view name, Instant instant) { return key(name).timestamp(instant); }

  [[nodiscard]] std::string take() { return std::move(text_); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void before_value();
  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace fickle
