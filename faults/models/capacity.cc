// capacity: whether tables, indexes and partitions run out of read and write units.
#include "faults/models/simulation.hh"

namespace fickle {
namespace {

void parse(const Node& node, Models& models) {
  Document document(node, "capacity");
  CapacityModel model;
  const auto mode = document.take("mode");
  const bool enforced = mode && mode->word({"off", "enforce"}) == 1;
  const auto burst = document.take("burst");
  if (burst) model.burst = burst->duration();
  const auto partitions = document.take("partitions");
  if (partitions) model.partitions = partitions->boolean();
  document.finish();
  if (!mode && (burst || partitions))
    refuse(child_pointer(node.pointer, "mode"), "capacity needs mode, \"enforce\" or \"off\"");
  if (enforced) models.capacity = model;
}

std::optional<json::value> print_section(const Models& models) {
  if (!models.capacity) return std::nullopt;
  return json::object{{"mode", "enforce"},
                      {"burst", format_duration(models.capacity->burst)},
                      {"partitions", models.capacity->partitions}};
}

}  // namespace

constinit const ModelSection capacity_section{"capacity", parse, print_section};

}  // namespace fickle
