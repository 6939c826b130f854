// Node and Document: our own JSON documents (rules, simulation, verify), read strictly. Every complaint is a ControlError that carries the
// JSON Pointer of the offending member. Plain views: the JSON read must outlive them. Not shared between threads.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/distribution.hh"
#include "emulator/core/timetext.hh"
#include "emulator/core/units.hh"

namespace fickle {

namespace json = boost::json;

// A refusal: 400 unless told otherwise; nothing has been changed.
[[noreturn]] void refuse(const std::string& pointer, const std::string& detail, int status = 400);

// `pointer` + "/" + name, escaped as RFC 6901 wants.
[[nodiscard]] std::string child_pointer(const std::string& pointer, std::string_view name);

// One value and where it stands.
struct Node {
  const json::value& value;
  std::string pointer;

  [[noreturn]] void fail(const std::string& detail) const { refuse(pointer, detail); }
  [[nodiscard]] std::string text() const;  // a non-empty string
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t integer(std::int64_t low, std::int64_t high) const;
  [[nodiscard]] double number(double low, double high) const;
  [[nodiscard]] Duration duration(Sign sign = Sign::unsigned_only) const;  // "250ms" or 0
  [[nodiscard]] Duration positive_duration() const;
  [[nodiscard]] Distribution distribution() const;
  [[nodiscard]] std::vector<Node> elements() const;  // of an array
  // One of the words, by position.
  [[nodiscard]] std::size_t word(const std::vector<std::string_view>& words) const;
};

// An object: members are taken by name; what nobody took is an error.
class Document {
 public:
  Document(const Node& node, std::string_view what);              // fails when it is no object
  [[nodiscard]] std::optional<Node> take(std::string_view name);  // absent and null read as nullopt
  [[nodiscard]] Node need(std::string_view name);                 // fails when absent
  void ignore(std::string_view name) { (void)take(name); }
  void finish() const;  // fails at the first member that was not taken, naming those that could have been

 private:
  const json::object& object_;
  std::string pointer_;
  std::string what_;
  std::vector<std::string> known_;
};

[[nodiscard]] json::value print(const Distribution& distribution);

}  // namespace fickle
