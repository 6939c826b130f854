// GET /health - whether the fixtures are in; answered without a token.
#include <chrono>

#include "emulator/admin/routes.hh"
#include "emulator/core/version.hh"

namespace fickle {

void add_health_routes(Router& router, const ControlParts& parts) {
  const auto started = std::chrono::steady_clock::now();
  router.add({.method = "GET",
              .pattern = "/health",
              .summary = "Ready or still loading; version, seed, uptime, tables and fixtures.",
              .handle =
                  [parts, started](const ControlRequest& request) {
                    ControlReply reply;
                    boost::json::object body;
                    if (!parts.ready) {
                      reply.status = 503;
                      body["status"] = "loading";
                      reply.body = std::move(body);
                      return reply;
                    }
                    const auto entry = parts.universes.find(request.universe);
                    std::size_t tables = 0;
                    if (entry != nullptr)
                      Universes::with(*entry, [&](Universe& universe) { tables = universe.tables.size(); });
                    body["status"] = "ready";
                    body["version"] = version();
                    body["seed"] = parts.options.seed;
                    body["uptimeMs"] = std::chrono::duration_cast<std::chrono::milliseconds>(
                                           std::chrono::steady_clock::now() - started)
                                           .count();
                    body["tables"] = tables;
                    boost::json::array& fixtures = body["fixtures"].emplace_array();
                    for (const std::string& name : parts.loaded) fixtures.emplace_back(name);
                    reply.body = std::move(body);
                    return reply;
                  },
              .open = true});
}

std::shared_ptr<Universes::Entry> universe_for(const ControlParts& parts, const ControlRequest& request,
                                               Unknown unknown) {
  auto entry =
      unknown == Unknown::make ? parts.universes.open(request.universe) : parts.universes.find(request.universe);
  if (entry != nullptr) return entry;
  if (unknown == Unknown::make) {
    throw ControlError{
        409, "Too many universes",
        "'" + request.universe + "' would exceed --max-universes " + std::to_string(parts.options.universes_max), ""};
  }
  throw ControlError{404, "Unknown universe", "there is no universe '" + request.universe + "'", ""};
}

const boost::json::object& object_body(const ControlRequest& request, std::initializer_list<std::string_view> known) {
  const boost::json::object* body = request.body.if_object();
  if (body == nullptr) throw ControlError{400, "Not an object", "the body must be a JSON object", ""};
  for (const auto& member : *body) {
    bool found = false;
    for (std::string_view name : known) found = found || name == std::string_view(member.key());
    if (!found) {
      const std::string name(member.key());
      throw ControlError{400, "Unknown member", "'" + name + "' is not a member of this call", "/" + name};
    }
  }
  return *body;
}

}  // namespace fickle
