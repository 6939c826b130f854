// GET /openapi.json - the control API for machines, made from the routes - and GET / and /shell/, the dashboard.
#include <set>

#include "emulator/admin/routes.hh"
#include "emulator/core/text.hh"
#include "emulator/core/version.hh"

namespace fickle {

extern constinit const std::string_view kDashboard;  // dashboard/dashboard.html, embedded by CMake

namespace {

boost::json::object operation_json(const Route& route) {
  boost::json::object operation{{"summary", route.summary}};
  boost::json::array parameters;
  for (std::string_view segment : split(route.pattern, '/')) {
    if (!segment.starts_with("{")) continue;
    parameters.push_back(boost::json::object{{"name", segment.substr(1, segment.size() - 2)},
                                             {"in", "path"},
                                             {"required", true},
                                             {"schema", boost::json::object{{"type", "string"}}}});
  }
  parameters.push_back(
      boost::json::object{{"name", "universe"}, {"in", "query"}, {"schema", boost::json::object{{"type", "string"}}}});
  operation["parameters"] = std::move(parameters);
  operation["responses"] = boost::json::object{
      {"200", boost::json::object{{"description", "done"}}},
      {"default", boost::json::object{{"description", "a problem, application/problem+json (RFC 9457)"}}}};
  return operation;
}

boost::json::object openapi(const Router& router) {
  boost::json::object paths;
  for (const Route& route : router.routes()) {
    if (route.pattern.starts_with("/shell")) continue;  // not below /_fickle
    boost::json::value& path = paths["/_fickle" + route.pattern];
    if (!path.is_object()) path.emplace_object();
    path.as_object()[to_lower(route.method)] = operation_json(route);
  }
  return {{"openapi", "3.0.3"},
          {"info", boost::json::object{{"title", "FickleDB control API"}, {"version", version()}}},
          {"paths", std::move(paths)}};
}

}  // namespace

void add_description_routes(Router& router, const ControlParts& parts) {
  router.add({"GET", "/openapi.json", "This API for machines.", [parts](const ControlRequest&) {
                ControlReply reply;
                reply.body = openapi(parts.router);
                return reply;
              }});
  for (const char* pattern : {"/", "/shell", "/shell/"}) {
    router.add({"GET", pattern, "The dashboard, a page for people.", [](const ControlRequest&) {
                  ControlReply reply;
                  reply.content_type = "text/html; charset=utf-8";
                  reply.text = kDashboard;
                  return reply;
                }});
  }
}

}  // namespace fickle
