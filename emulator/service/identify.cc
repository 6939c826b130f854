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

Identified identify(HttpRequest& request, std::string body, const IdentifyOptions& options) {
  Identified result;
  Call& call = result.call;
  call.received = options.now;
  call.host = std::string(request.header("host").value_or(""));
  call.user_agent = std::string(request.header("user-agent").value_or(""));
  call.invocation = std::string(request.header("amz-sdk-invocation-id").value_or(""));
  read_attempts(request.header("amz-sdk-request").value_or(""), call);
  call.json_1_1 = !request.header("content-type").value_or("").starts_with("application/x-amz-json-1.0");
  call.headers.reserve(request.headers.size());
  for (const Header& header : request.headers) call.headers.emplace_back(to_lower(header.name), header.value);

  Authorization authorization = authorize(request, body, options.auth, options.now);
  call.access_key = authorization.credentials.access_key;
  call.region = authorization.credentials.region.empty() ? options.region : authorization.credentials.region;
  call.universe = universe_of(request, call.access_key, call.region, options.isolate);
  call.body_text = std::move(body);

  const auto refuse = [&result](ApiError error) -> Identified&& {
    result.error = std::move(error);
    return std::move(result);
  };

  boost::json::value document;
  if (!call.body_text.empty()) {
    boost::json::error_code error;
    boost::json::parse_options parse_options;
    parse_options.max_depth = kJsonDepthMax;
    document = boost::json::parse(call.body_text, error,
                                  boost::json::make_shared_resource<boost::json::monotonic_resource>(), parse_options);
    if (error) return refuse({"SerializationException", ""});
  }
  result.operation = operation_of_target(request.header("x-amz-target").value_or(""));
  if (result.operation == nullptr) return refuse({"UnknownOperationException", ""});
  call.operation = std::string(result.operation->name);
  if (authorization.error) return refuse(*authorization.error);
  boost::json::object* object = document.if_object();
  if (object == nullptr) return refuse({"SerializationException", ""});
  call.body = std::move(*object);
  return result;
}

}  // namespace fickle
