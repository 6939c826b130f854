// Presets: rules for common troubles, by name, to start from. Constant data.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string_view>

namespace fickle {

struct Preset {
  std::string_view name;
  std::string_view description;
  std::string_view rule;  // JSON
};

[[nodiscard]] std::span<const Preset> presets();
[[nodiscard]] const Preset* find_preset(std::string_view name);  // nullptr when unknown
[[nodiscard]] boost::json::object preset_rule(const Preset& preset);

}  // namespace fickle
