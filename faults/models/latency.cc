// latency: how long every read and write takes, in real time. Applied by the gate (model_wait below).
#include "faults/models/latency.hh"

#include "faults/models/simulation.hh"

namespace fickle {
namespace {

constexpr std::string_view kSource = "latency";  // of the dice

void parse(const Node& node, Models& models) {
  Document document(node, "latency");
  models.latency.read = take_distribution(document, "read");
  models.latency.write = take_distribution(document, "write");
  document.finish();
}

std::optional<json::value> print_section(const Models& models) {
  json::object section;
  if (models.latency.read) section["read"] = print(*models.latency.read);
  if (models.latency.write) section["write"] = print(*models.latency.write);
  if (section.empty()) return std::nullopt;
  return section;
}

Duration drawn(const std::optional<Distribution>& wait, Dice& dice, std::string_view purpose) {
  if (!wait) return Duration{0};
  if (const auto* fixed = std::get_if<FixedDuration>(&*wait)) return fixed->value;
  return sample(*wait, dice.draw(kSource, purpose));
}

}  // namespace

Duration model_wait(const LatencyModel& model, unsigned groups, Dice& dice) {
  if (has(groups, Group::write)) return drawn(model.write, dice, "write");
  if (has(groups, Group::read)) return drawn(model.read, dice, "read");
  return Duration{0};
}

constinit const ModelSection latency_section{"latency", parse, print_section};

}  // namespace fickle
