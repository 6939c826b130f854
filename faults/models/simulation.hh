// The simulation document <-> Models. One file and one row in simulation.cc per section. Pure.
// Source: control API, "Simulation - standing models".
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "emulator/store/models.hh"
#include "faults/node.hh"

namespace fickle {

struct ModelSection {
  std::string_view name;
  void (*parse)(const Node& node, Models& models);            // throws ControlError
  std::optional<json::value> (*print)(const Models& models);  // nullopt when off
};
extern const ModelSection consistency_section;
extern const ModelSection ttl_section;
extern const ModelSection capacity_section;
extern const ModelSection latency_section;
extern const ModelSection transactions_section;
extern const ModelSection lifecycle_section;

[[nodiscard]] std::span<const ModelSection* const> model_sections();

// Absent sections are off. What rules need of history is not part of the document: it is kept from `before`.
[[nodiscard]] Models parse_simulation(const Node& node, const Models& before);
[[nodiscard]] json::object print_simulation(const Models& models);
// RFC 7396.
[[nodiscard]] json::value merge_patch(json::value target, const json::value& patch);

// Helpers of the sections: an optional distribution or duration, and its printed form.
[[nodiscard]] std::optional<Distribution> take_distribution(Document& document, std::string_view name);
[[nodiscard]] Duration take_duration(Document& document, std::string_view name);
void print_duration(json::object& object, std::string_view name, Duration duration);  // nothing when 0

}  // namespace fickle
