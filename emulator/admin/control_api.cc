#include "emulator/admin/control_api.hh"

#include "emulator/admin/guard.hh"
#include "emulator/admin/routes.hh"

namespace fickle {

void ControlApi::add_routes() {
  const ControlParts parts{options_, universes_, events_, metrics_, operations_, router_, sections_, ready_, loaded_};
  add_health_routes(router_, parts);
  add_universe_routes(router_, parts);
  add_clock_routes(router_, sections_, parts);
  add_journal_routes(router_, parts);
  add_event_routes(router_, parts);
  add_table_routes(router_, parts);
  add_description_routes(router_, parts);
}

void ControlApi::mount(Pipeline& pipeline, const std::vector<Route>& foreign) {
  const auto guarded = [this](const Router* router) {
    return [this, router](const HttpRequest& request) {
      const bool open = request.path == "/_fickle/health" && (request.method == "GET" || request.method == "HEAD");
      if (auto refusal = refuse_control(request, options_, open)) return std::move(*refusal);
      return router->handle(request);
    };
  };
  pipeline.mount("/_fickle", guarded(&router_));
  pipeline.mount("/shell", guarded(&router_));
  foreign_.add(foreign);
  for (const Route& route : foreign) pipeline.mount(route.pattern, guarded(&foreign_));
}

}  // namespace fickle
