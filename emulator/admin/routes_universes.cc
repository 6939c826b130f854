// /universes, /reset and /snapshots.
#include <algorithm>

#include "emulator/admin/routes.hh"

namespace fickle {

namespace {

boost::json::object describe(const std::string& name, Universe& universe) {
  std::int64_t items = 0;
  std::uint64_t bytes = 0;
  for (const auto& [table_name, table] : universe.tables) {
    items += table->item_count;
    bytes += table->size.count;
  }
  return {{"name", name}, {"tables", universe.tables.size()}, {"items", items}, {"bytes", bytes}};
}

ControlReply list_universes(const ControlParts& parts) {
  ControlReply reply;
  boost::json::object body;
  boost::json::array& list = body["universes"].emplace_array();
  for (const auto& entry : parts.universes.all()) {
    Universes::with(*entry, [&](Universe& universe) { list.push_back(describe(universe.name, universe)); });
  }
  reply.body = std::move(body);
  return reply;
}

ControlReply drop_universe(const ControlParts& parts, const ControlRequest& request) {
  const std::string& name = request.segments.at("name");
  if (name == "default")
    throw ControlError{409, "Cannot drop 'default'", "the universe 'default' stays; reset it instead", ""};
  if (!parts.universes.drop(name))
    throw ControlError{404, "Unknown universe", "there is no universe '" + name + "'", ""};
  ControlReply reply;
  reply.body = boost::json::object{{"dropped", name}};
  return reply;
}

ControlReply reset(const ControlParts& parts, const ControlRequest& request) {
  const boost::json::object& body = object_body(request, {"to", "keep"});
  Universes::ResetOptions options;
  if (const auto* to = body.if_contains("to")) {
    if (!to->is_string()) throw ControlError{400, "Not a string", "'to' is \"empty\" or the name of a snapshot", "/to"};
    options.to = std::string(to->as_string());
  }
  if (const auto* keep = body.if_contains("keep")) {
    if (!keep->is_array())
      throw ControlError{400, "Not a list", "'keep' is a list of faults, journal, simulation and clock", "/keep"};
    std::size_t position = 0;
    for (const auto& element : keep->as_array()) {
      const std::string pointer = "/keep/" + std::to_string(position++);
      const std::string name = element.is_string() ? std::string(element.as_string()) : std::string();
      if (name == "faults")
        options.keep_faults = true;
      else if (name == "journal")
        options.keep_journal = true;
      else if (name == "simulation")
        options.keep_simulation = true;
      else if (name == "clock")
        options.keep_clock = true;
      else
        throw ControlError{400, "Cannot be kept", "only faults, journal, simulation and clock can be kept", pointer};
    }
  }
  const auto entry = universe_for(parts, request, Unknown::make);
  if (const auto problem = parts.universes.reset(*entry, options))
    throw ControlError{404, "Cannot reset", *problem, "/to"};
  if (parts.events.watched()) parts.events.publish({"reset", request.universe, "{}"});
  ControlReply reply;
  Universes::with(*entry, [&](Universe& universe) { reply.body = describe(universe.name, universe); });
  return reply;
}

ControlReply put_snapshot(const ControlParts& parts, const ControlRequest& request) {
  const std::string& name = request.segments.at("name");
  if (name == "empty")
    throw ControlError{400, "Reserved name", "\"empty\" already means a universe without tables", ""};
  const auto entry = universe_for(parts, request, Unknown::make);
  ControlReply reply;
  Universes::with(*entry, [&](Universe& universe) {
    universe.snapshots[name] = take_picture(universe);
    reply.body = boost::json::object{{"name", name}, {"tables", universe.tables.size()}};
  });
  return reply;
}

ControlReply list_snapshots(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::refuse);
  ControlReply reply;
  boost::json::object body;
  boost::json::array& list = body["snapshots"].emplace_array();
  Universes::with(*entry, [&](Universe& universe) {
    for (const auto& [name, picture] : universe.snapshots) {
      std::int64_t items = 0;
      for (const auto& [table_name, table] : picture->tables) items += table.table->item_count;
      list.push_back(boost::json::object{{"name", name}, {"tables", picture->tables.size()}, {"items", items}});
    }
  });
  reply.body = std::move(body);
  return reply;
}

ControlReply drop_snapshot(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::refuse);
  const std::string& name = request.segments.at("name");
  bool found = false;
  Universes::with(*entry, [&](Universe& universe) { found = universe.snapshots.erase(name) > 0; });
  if (!found) throw ControlError{404, "Unknown snapshot", "there is no snapshot '" + name + "'", ""};
  ControlReply reply;
  reply.body = boost::json::object{{"dropped", name}};
  return reply;
}

}  // namespace

void add_universe_routes(Router& router, const ControlParts& parts) {
  router.add({"GET", "/universes", "Every universe with its table, item and byte counts.",
              [parts](const ControlRequest&) { return list_universes(parts); }});
  router.add({"DELETE", "/universes/{name}", "Forgets a universe; `default` cannot be dropped.",
              [parts](const ControlRequest& request) { return drop_universe(parts, request); }});
  router.add({"POST", "/reset", "Data, faults, simulation, clock, journal and draws as just after the fixtures loaded.",
              [parts](const ControlRequest& request) { return reset(parts, request); }});
  router.add({"GET", "/snapshots", "The named snapshots.",
              [parts](const ControlRequest& request) { return list_snapshots(parts, request); }});
  router.add({"PUT", "/snapshots/{name}", "Keeps the data as they are now under a name.",
              [parts](const ControlRequest& request) { return put_snapshot(parts, request); }});
  router.add({"DELETE", "/snapshots/{name}", "Forgets a snapshot.",
              [parts](const ControlRequest& request) { return drop_snapshot(parts, request); }});
}

}  // namespace fickle
