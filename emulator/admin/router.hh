// The control API: one readable list of routes under /_fickle. Thread-safety: routes are added before the server starts; handlers run on
// many threads and lock what they touch.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/service/http_message.hh"

namespace fickle {

// application/problem+json (RFC 9457); `pointer` names the offending member. Thrown by handlers, nothing has been changed.
struct ControlError {
  int status = 400;
  std::string title;
  std::string detail;
  std::string pointer;  // JSON Pointer, "" = the whole document
};

struct ControlRequest {
  const HttpRequest& http;
  std::map<std::string, std::string, std::less<>> segments;  // of {name} in the pattern, percent-decoded
  boost::json::value body;                                   // {} when empty; comments and trailing commas were allowed
  std::string body_text;
  std::string universe;  // X-Fickle-Universe, ?universe=, or "default"
  [[nodiscard]] std::optional<std::string> query(std::string_view name) const { return http.query_parameter(name); }
};

struct ControlReply {
  int status = 200;
  boost::json::value body = boost::json::object{};
  // When not empty, `text` with `content_type` is sent in place of `body`.
  std::string content_type;
  std::string text;
  std::function<void(const ChunkWriter&)> stream;
};

struct Route {
  std::string method;
  std::string pattern;  // "/faults/{name}/release", below /_fickle
  std::string summary;  // one line, for openapi.json
  std::function<ControlReply(const ControlRequest&)> handle;
  bool raw_body = false;  // do not parse the body (fixtures in foreign formats)
  bool open = false;      // needs no control token
};

class Router {
 public:
  void add(Route route);
  void add(std::vector<Route> routes);
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
  // Finds and runs the route; errors become problem+json; 404 and 405 are answered here.
  [[nodiscard]] HttpReply handle(const HttpRequest& request) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace fickle
