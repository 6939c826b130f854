// Answers to what is not an operation: health, CORS preflight, unknown methods and content types (behaviour reference 1.2, 1.3). Pure.
#pragma once

#include <optional>
#include <string_view>

#include "emulator/options.hh"
#include "emulator/service/http_message.hh"

namespace fickle {

// The answer of a request that never reaches an operation; nullopt: a POST with an acceptable content type.
[[nodiscard]] std::optional<HttpReply> plain_answer(const HttpRequest& request, const Options& options);
// Access-Control-* headers that every answer to a request with an Origin carries.
void add_cors(HttpReply& reply, const HeaderList& headers, const Options& options);
// Content-Type and x-amz-crc32 of a DynamoDB answer.
void add_dynamodb_headers(HttpReply& reply, std::string_view request_id, bool json_1_1);

}  // namespace fickle
