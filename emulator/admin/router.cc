#include "emulator/admin/router.hh"

#include <boost/json.hpp>

#include "emulator/core/invariant.hh"
#include "emulator/core/json_parse.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"
#include "emulator/service/percent.hh"

namespace fickle {

namespace {

constexpr std::string_view kPrefix = "/_fickle";

HttpReply json_reply(int status, const boost::json::value& body, std::string content_type) {
  HttpReply reply;
  reply.status = status;
  reply.headers.add("Content-Type", std::move(content_type));
  reply.body = json_text(body) + "\n";
  return reply;
}

HttpReply problem(const ControlError& error) {
  boost::json::object body;
  body["title"] = error.title;
  body["status"] = error.status;
  body["detail"] = error.detail;
  body["pointer"] = error.pointer;
  return json_reply(error.status, body, "application/problem+json");
}

// {name} segments of the pattern, or nullopt when the path does not fit.
std::optional<std::map<std::string, std::string, std::less<>>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = split(pattern, '/');
  const auto given = split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  std::map<std::string, std::string, std::less<>> segments;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with("{") && wanted[i].ends_with("}")) {
      if (given[i].empty()) return std::nullopt;
      segments[std::string(wanted[i].substr(1, wanted[i].size() - 2))] = std::string(given[i]);
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return segments;
}

boost::json::value parse_body(const std::string& text) {
  if (trim(text).empty()) return boost::json::object{};
  auto parsed = parse_json(text, JsonDialect::relaxed);
  if (!parsed) {
    const auto& error = parsed.error();
    throw ControlError{
        400, "The body is not JSON",
        error.what + " at line " + std::to_string(error.line) + ", column " + std::to_string(error.column), ""};
  }
  return std::move(parsed).value();
}

std::string universe_named(const HttpRequest& request) {
  if (const auto named = request.header("x-fickle-universe"); named && !named->empty()) return std::string(*named);
  return request.query_parameter("universe").value_or("default");
}

HttpReply run(const Route& route, const HttpRequest& http, std::map<std::string, std::string, std::less<>> segments) {
  ControlRequest request{.http = http,
                         .segments = std::move(segments),
                         .body = {},
                         .body_text = http.body,
                         .universe = universe_named(http)};
  if (!route.raw_body) request.body = parse_body(http.body);
  ControlReply made = route.handle(request);
  if (made.stream) {
    HttpReply reply;
    reply.status = made.status;
    reply.headers.add("Content-Type", made.content_type);
    reply.headers.add("Cache-Control", "no-store");
    reply.stream = std::move(made.stream);
    return reply;
  }
  if (!made.content_type.empty()) {
    HttpReply reply;
    reply.status = made.status;
    reply.headers.add("Content-Type", made.content_type);
    reply.body = std::move(made.text);
    return reply;
  }
  return json_reply(made.status, made.body, "application/json");
}

}  // namespace

void Router::add(Route route) {
  routes_.push_back(std::move(route));
}

void Router::add(std::vector<Route> routes) {
  for (Route& route : routes) add(std::move(route));
}

HttpReply Router::handle(const HttpRequest& request) const {
  std::string path = request.path.starts_with(kPrefix) ? request.path.substr(kPrefix.size()) : request.path;
  if (path.empty()) path = "/";
  bool path_known = false;
  try {
    for (const Route& route : routes_) {
      auto segments = match(route.pattern, path);
      if (!segments) continue;
      path_known = true;
      const bool head = request.method == "HEAD" && route.method == "GET";
      if (route.method == request.method || head) return run(route, request, std::move(*segments));
    }
    if (path_known)
      throw ControlError{405, "Method not allowed", request.method + " is not a method of " + request.path, ""};
    throw ControlError{404, "Not found", "there is no control call " + request.path + " (see /_fickle/openapi.json)",
                       ""};
  } catch (const ControlError& error) {
    return problem(error);
  } catch (const std::exception& bug) {
    return problem({500, "Internal error", bug.what(), ""});
  }
}

}  // namespace fickle
