// /simulation: the standing models of a universe.
#include "faults/models/simulation.hh"
#include "faults/routes.hh"

namespace fickle {
namespace {

ControlReply show(const FaultRoutes& parts, const ControlRequest& request) {
  ControlReply reply;
  parts.with_models(request.universe, false,
                    [&reply](Models& models, Dice&) { reply.body = print_simulation(models); });
  return reply;
}

ControlReply put(const FaultRoutes& parts, const ControlRequest& request) {
  const Models parsed = parse_simulation({request.body, ""}, {});
  ControlReply reply;
  parts.with_models(request.universe, true, [&](Models& models, Dice&) {
    Models fresh = parsed;
    fresh.history_age = models.history_age;
    fresh.history_versions = models.history_versions;
    models = fresh;
    reply.body = print_simulation(models);
  });
  return reply;
}

ControlReply patch(const FaultRoutes& parts, const ControlRequest& request) {
  if (!request.body.is_object()) refuse("", "simulation is an object");
  ControlReply reply;
  parts.with_models(request.universe, true, [&](Models& models, Dice&) {
    const json::value merged = merge_patch(print_simulation(models), request.body);
    models = parse_simulation({merged, ""}, models);
    reply.body = print_simulation(models);
  });
  return reply;
}

}  // namespace

std::vector<Route> simulation_routes(const FaultRoutes& parts) {
  const auto with = [parts](ControlReply (*handle)(const FaultRoutes&, const ControlRequest&)) {
    return [parts, handle](const ControlRequest& request) { return handle(parts, request); };
  };
  return {
      {"GET", "/simulation", "The standing models that are on.", with(show)},
      {"PUT", "/simulation", "Sets all standing models; absent ones are off.", with(put)},
      {"PATCH", "/simulation", "Merges into the standing models (RFC 7396).", with(patch)},
  };
}

}  // namespace fickle
