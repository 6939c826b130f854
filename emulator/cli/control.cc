#include "emulator/cli/control.hh"

#include <chrono>

#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/json_parse.hh"

namespace fickle::cli {
namespace {

constexpr std::string_view kPrefix = "/_fickle";
// Long: a million items take their time to load, and to export.
constexpr Duration kPatience = std::chrono::minutes(10);

}  // namespace

Control::Control(Endpoint endpoint, std::string universe, std::string token)
    : endpoint_(std::move(endpoint)), universe_(std::move(universe)), token_(std::move(token)) {}

Result<Reply, std::string> Control::try_call(std::string_view method, std::string_view path, std::string_view body,
                                             Duration patience, std::string_view content_type) const {
  HttpCall call{std::string(method),      std::string(kPrefix) + std::string(path), {}, body, patience,
                std::string(content_type)};
  if (!universe_.empty()) call.headers.push_back("X-Fickle-Universe: " + universe_);
  if (!token_.empty()) call.headers.push_back("Authorization: Bearer " + token_);
  auto answer = send_http(endpoint_, call);
  if (!answer) return Refused{answer.error()};
  Reply reply{answer.value().status, std::move(answer.value().body), nullptr};
  if (answer.value().content_type.find("json") != std::string::npos) {
    auto parsed = parse_json(reply.text);
    if (parsed) reply.body = std::move(parsed).value();
  }
  return reply;
}

Reply Control::call(std::string_view method, std::string_view path, std::string_view body,
                    std::string_view content_type) const {
  auto reply = try_call(method, path, body, kPatience, content_type);
  if (!reply) throw Failure{reply.error()};
  return std::move(reply).value();
}

Reply Control::ask(std::string_view method, std::string_view path, std::string_view body) const {
  Reply reply = call(method, path, body);
  if (!reply.ok()) throw Failure{reply.problem()};
  return reply;
}

std::string Reply::problem() const {
  std::string line;
  if (const json::object* members = body.if_object()) {
    const std::string title = shown(*members, "title");
    const std::string detail = shown(*members, "detail");
    line = title + (title.empty() || detail.empty() ? "" : ": ") + detail;
    const std::string pointer = shown(*members, "pointer");
    if (!pointer.empty()) line += " (at " + pointer + ")";
  }
  if (line.empty()) line = "the server answered " + std::to_string(status);
  return one_line(line);
}

}  // namespace fickle::cli
