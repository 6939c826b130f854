// lifecycle: how long tables and indexes stay CREATING, UPDATING, DELETING and backfilling, on the virtual clock.
#include "faults/models/simulation.hh"

namespace fickle {
namespace {

struct Stage {
  std::string_view name;
  Duration Models::*length;
};
constexpr Stage kStages[] = {{"create", &Models::lifecycle_create},
                             {"update", &Models::lifecycle_update},
                             {"delete", &Models::lifecycle_delete},
                             {"backfill", &Models::lifecycle_backfill}};

void parse(const Node& node, Models& models) {
  Document document(node, "lifecycle");
  for (const Stage& stage : kStages) models.*stage.length = take_duration(document, stage.name);
  document.finish();
}

std::optional<json::value> print_section(const Models& models) {
  json::object section;
  for (const Stage& stage : kStages) print_duration(section, stage.name, models.*stage.length);
  if (section.empty()) return std::nullopt;
  return section;
}

}  // namespace

constinit const ModelSection lifecycle_section{"lifecycle", parse, print_section};

}  // namespace fickle
