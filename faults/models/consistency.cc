// consistency: how far eventually consistent reads, global secondary indexes and streams lag behind.
#include "faults/models/simulation.hh"

namespace fickle {
namespace {

std::optional<Distribution> parse_lag(Document& document, std::string_view name) {
  const auto node = document.take(name);
  if (!node) return std::nullopt;
  Document members(*node, name);
  auto lag = take_distribution(members, "lag");
  members.finish();
  return lag;
}

void parse(const Node& node, Models& models) {
  Document document(node, "consistency");
  if (const auto reads = document.take("reads")) {
    Document members(*reads, "reads");
    ReadLagModel model;
    const auto lag = take_distribution(members, "lag");
    const auto probability = members.take("probability");
    if (probability) model.probability = probability->number(0, 1);
    const auto monotonic = members.take("monotonic");
    if (monotonic) model.monotonic = monotonic->boolean();
    members.finish();
    if (!lag && (probability || monotonic)) refuse(child_pointer(reads->pointer, "lag"), "reads needs lag");
    if (lag) {
      model.lag = *lag;
      models.reads = model;
    }
  }
  models.index_lag = parse_lag(document, "indexes");
  models.stream_lag = parse_lag(document, "streams");
  document.finish();
}

std::optional<json::value> print_section(const Models& models) {
  json::object section;
  if (models.reads) {
    section["reads"] = json::object{{"lag", print(models.reads->lag)},
                                    {"probability", models.reads->probability},
                                    {"monotonic", models.reads->monotonic}};
  }
  if (models.index_lag) section["indexes"] = json::object{{"lag", print(*models.index_lag)}};
  if (models.stream_lag) section["streams"] = json::object{{"lag", print(*models.stream_lag)}};
  if (section.empty()) return std::nullopt;
  return section;
}

}  // namespace

constinit const ModelSection consistency_section{"consistency", parse, print_section};

}  // namespace fickle
