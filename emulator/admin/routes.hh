// The routes that need no extension, one file per resource.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "emulator/admin/router.hh"
#include "emulator/admin/sections.hh"
#include "emulator/options.hh"
#include "emulator/service/events.hh"
#include "emulator/service/metrics.hh"
#include "emulator/service/prepare_port.hh"
#include "emulator/service/universes.hh"

namespace fickle {

// What the routes work on; all of it outlives the server.
struct ControlParts {
  const Options& options;
  Universes& universes;
  Events& events;
  Metrics& metrics;
  const PreparePort& operations;
  const Router& router;
  const Sections& sections;
  const std::atomic<bool>& ready;
  const std::vector<std::string>& loaded;
};

void add_health_routes(Router& router, const ControlParts& parts);                     // /health
void add_universe_routes(Router& router, const ControlParts& parts);                   // /universes, /reset, /snapshots
void add_clock_routes(Router& router, Sections& sections, const ControlParts& parts);  // /clock and the section `clock`
void add_journal_routes(Router& router, const ControlParts& parts);      // /requests, /invocations, /marker
void add_event_routes(Router& router, const ControlParts& parts);        // /events, /metrics
void add_table_routes(Router& router, const ControlParts& parts);        // /tables
void add_description_routes(Router& router, const ControlParts& parts);  // /openapi.json, / (the dashboard), /shell/

// The universe a control call is for. `make`: PUT and POST make an unknown one; GET and DELETE of it are 404.
enum class Unknown { make, refuse };
[[nodiscard]] std::shared_ptr<Universes::Entry> universe_for(const ControlParts& parts, const ControlRequest& request,
                                                             Unknown unknown);

// Unknown members are errors with a pointer; so is a body that is not an object.
[[nodiscard]] const boost::json::object& object_body(const ControlRequest& request,
                                                     std::initializer_list<std::string_view> known);

}  // namespace fickle
