#include "emulator/service/plain_answers.hh"

#include "emulator/core/crc32.hh"
#include "emulator/core/text.hh"

namespace fickle {

namespace {

HttpReply unknown_operation(int status) {
  HttpReply reply;
  reply.status = status;
  reply.body = "<UnknownOperationException/>\n";
  reply.headers.add("x-amz-crc32", std::to_string(crc32_of(reply.body)));
  return reply;
}

HttpReply healthy(const HttpRequest& request) {
  HttpReply reply;
  reply.body = "healthy: " + std::string(request.header("host").value_or("dynamodb.us-east-1.amazonaws.com")) + " ";
  reply.headers.add("x-amz-crc32", std::to_string(crc32_of(reply.body)));
  return reply;
}

std::string_view media_type(const HttpRequest& request) {
  const std::string_view type = request.header("content-type").value_or("");
  return trim(type.substr(0, type.find(';')));
}

}  // namespace

std::optional<HttpReply> plain_answer(const HttpRequest& request, const Options& options) {
  const bool root = request.path == "/" || request.path.empty();
  if (request.method == "OPTIONS" && request.header("origin") && options.cors != "off") {
    HttpReply reply;
    reply.headers.add("Access-Control-Max-Age", "172800");
    if (const auto wanted = request.header("access-control-request-headers")) {
      reply.headers.add("Access-Control-Allow-Headers", std::string(*wanted));
    }
    if (const auto wanted = request.header("access-control-request-method")) {
      reply.headers.add("Access-Control-Allow-Methods", std::string(*wanted));
    }
    return reply;
  }
  if (request.method == "GET" || request.method == "HEAD") {
    if (root || request.path == "/healthz" || request.path == "/readyz") return healthy(request);
    return unknown_operation(404);
  }
  if (request.method != "POST") return unknown_operation(404);
  if (!root) return unknown_operation(404);
  const std::string_view type = media_type(request);
  const bool known = type == "application/x-amz-json-1.0" || type == "application/json";
  if (!known && !(type.empty() && request.body.empty())) return unknown_operation(404);
  return std::nullopt;
}

void add_cors(HttpReply& reply, const HeaderList& headers, const Options& options) {
  if (options.cors == "off" || !headers.find("origin")) return;
  reply.headers.add("Access-Control-Allow-Origin", options.cors);
  reply.headers.add("Access-Control-Expose-Headers",
                    "x-amzn-requestid,x-amzn-errortype,x-amzn-errormessage,x-amz-crc32,date");
}

void add_dynamodb_headers(HttpReply& reply, std::string_view request_id, bool json_1_1) {
  reply.headers.reserve(reply.headers.size() + 6, 256);
  reply.headers.add("x-amzn-RequestId", request_id);
  reply.headers.add("x-amz-crc32", std::to_string(crc32_of(reply.body)));
  reply.headers.add("Content-Type", json_1_1 ? "application/json" : "application/x-amz-json-1.0");
}

}  // namespace fickle
