// Companions: files that a fixture document names beside it (itemsFrom), which the server cannot open by itself, and the form in which
// they travel with it. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fickle::cli {

// The names that stand behind `itemsFrom` in a scenario, JSON or YAML.
[[nodiscard]] std::vector<std::string> companions_of(std::string_view document);

// multipart/form-data, a part for each file: name and bytes.
struct Form {
  std::string content_type, body;
};
[[nodiscard]] Form form_of(const std::vector<std::pair<std::string, std::string_view>>& files);

}  // namespace fickle::cli
