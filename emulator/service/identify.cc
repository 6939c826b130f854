#include "emulator/service/identify.hh"

#include <charconv>

#include "emulator/core/text.hh"
#include "emulator/service/authorization.hh"

namespace fickle {

namespace {

constexpr int kJsonDepthMax = 512;  // far beyond 32 nested attribute values (two JSON levels each)

// "attempt=2; max=4", "ttl=20260101T000000Z; attempt=1; max=10": any order.
void read_attempts(std::string_view text, Call& call) {
  for (std::string_view piece : split(text, ';')) {
    piece = trim(piece);
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) continue;
    const auto number = parse_integer(piece.substr(equals + 1)).value_or(0);
    if (piece.starts_with("attempt=")) call.attempt = static_cast<int>(number);
    if (piece.starts_with("max=")) call.attempts_max = static_cast<int>(number);
  }
}

const Operation* operation_of_target(std::string_view target) {
  const std::size_t dot = target.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const Operation* operation = find_operation(target.substr(dot + 1));
  if (operation == nullptr) return nullptr;
  const std::string_view service = operation->streams ? "DynamoDBStreams_20120810" : "DynamoDB_20120810";
  return target.substr(0, dot) == service ? operation : nullptr;
}

}  // namespace

std::string universe_of(const HttpRequest& request, std::string_view access_key, std::string_view region,
                        Isolation isolate) {
  if (const auto named = request.header("x-fickle-universe"); named && !named->empty()) return std::string(*named);
  switch (isolate) {
    case Isolation::none: return "default";
    case Isolation::access_key: return access_key.empty() ? "default" : std::string(access_key);
    case Isolation::region: return region.empty() ? "default" : std::string(region);
    case Isolation::access_key_and_region:
      return access_key.empty() ? "default" : std::string(access_key) + ":" + std::string(region);
  }
  return "default";
}

Identified identify(HttpRequest& request, std::string body, const IdentifyOptions& options,
                    const boost::json::storage_ptr& memory) {
  Identified result(memory);
  Call& call = result.call;
  call.received = options.now;
  read_attempts(request.header("amz-sdk-request").value_or(""), call);
  call.json_1_1 = !request.header("content-type").value_or("").starts_with("application/x-amz-json-1.0");

  // What was signed is what was sent: a compressed body is still in the request.
  const std::string& sent = request.body.empty() ? body : request.body;
  Authorization authorization = authorize(request, sent, options.auth, options.now);
  call.access_key = std::move(authorization.credentials.access_key);
  call.region = authorization.credentials.region.empty() ? options.region : std::move(authorization.credentials.region);
  call.universe = universe_of(request, call.access_key, call.region, options.isolate);
  call.body_text = std::move(body);
  const Operation* const operation = operation_of_target(request.header("x-amz-target").value_or(""));
  call.headers = std::move(request.headers);

  const auto refuse = [&result](ApiError error) -> Identified&& {
    result.error = std::move(error);
    return std::move(result);
  };

  boost::json::value document(memory);
  if (!call.body_text.empty()) {
    boost::json::error_code error;
    boost::json::parse_options parse_options;
    parse_options.max_depth = kJsonDepthMax;
    document = boost::json::parse(call.body_text, error, memory, parse_options);
    if (error) return refuse({"SerializationException", ""});
  }
  if (operation == nullptr) return refuse({"UnknownOperationException", ""});
  result.operation = operation;
  call.operation = std::string(operation->name);
  if (authorization.error) return refuse(std::move(*authorization.error));
  boost::json::object* object = document.if_object();
  if (object == nullptr) return refuse({"SerializationException", ""});
  call.body = std::move(*object);
  return result;
}

}  // namespace fickle
