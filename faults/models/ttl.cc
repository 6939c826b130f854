// ttl: how long after their expiry items are deleted, and how often the sweep comes round; on the virtual clock.
#include "faults/models/simulation.hh"

namespace fickle {
namespace {

const Duration kDefaultSweep = Models{}.ttl_sweep;

void parse(const Node& node, Models& models) {
  Document document(node, "ttl");
  models.ttl_delay = take_distribution(document, "delay");
  if (const auto sweep = document.take("sweep")) models.ttl_sweep = sweep->positive_duration();
  document.finish();
}

std::optional<json::value> print_section(const Models& models) {
  json::object section;
  if (models.ttl_delay) section["delay"] = print(*models.ttl_delay);
  if (models.ttl_delay || models.ttl_sweep != kDefaultSweep) print_duration(section, "sweep", models.ttl_sweep);
  if (section.empty()) return std::nullopt;
  return section;
}

}  // namespace

constinit const ModelSection ttl_section{"ttl", parse, print_section};

}  // namespace fickle
