#include "faults/models/simulation.hh"

namespace fickle {
namespace {

constinit const ModelSection* const kSections[] = {
    &consistency_section, &ttl_section, &capacity_section, &latency_section, &transactions_section, &lifecycle_section,
};

}  // namespace

std::span<const ModelSection* const> model_sections() {
  return kSections;
}

Models parse_simulation(const Node& node, const Models& before) {
  Models models;
  models.history_age = before.history_age;
  models.history_versions = before.history_versions;
  Document document(node, "simulation");
  for (const ModelSection* section : kSections) {
    if (const auto member = document.take(section->name)) section->parse(*member, models);
  }
  document.finish();
  return models;
}

json::object print_simulation(const Models& models) {
  json::object document;
  for (const ModelSection* section : kSections) {
    if (auto value = section->print(models)) document[section->name] = *std::move(value);
  }
  return document;
}

json::value merge_patch(json::value target, const json::value& patch) {
  if (!patch.is_object()) return patch;
  if (!target.is_object()) target = json::object{};
  json::object& object = target.get_object();
  for (const auto& member : patch.get_object()) {
    if (member.value().is_null()) {
      object.erase(member.key());
    } else {
      json::value& slot = object[member.key()];
      slot = merge_patch(std::move(slot), member.value());
    }
  }
  return target;
}

std::optional<Distribution> take_distribution(Document& document, std::string_view name) {
  const auto node = document.take(name);
  return node ? std::optional(node->distribution()) : std::nullopt;
}

Duration take_duration(Document& document, std::string_view name) {
  const auto node = document.take(name);
  return node ? node->duration() : Duration{0};
}

void print_duration(json::object& object, std::string_view name, Duration duration) {
  if (duration != Duration{0}) object[name] = format_duration(duration);
}

}  // namespace fickle
