// --auth verify: what is signed, and who is known. The signatures here are made by the same functions; real SDKs are tried in tests/clients
// and by ci/suites.
#include "emulator/service/authorization.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "emulator/core/sha256.hh"
#include "emulator/core/timetext.hh"

namespace fickle {
namespace {

constexpr const char* kDate = "20260101T000000Z";
const std::string kScope = "20260101/us-east-1/dynamodb/aws4_request";

Instant now() {
  return parse_amz_date(kDate).value();
}

std::string signature(const std::string& secret, const std::string& canonical) {
  const std::string to_sign = std::string("AWS4-HMAC-SHA256\n") + kDate + "\n" + kScope + "\n" + sha256_hex(canonical);
  std::string key = "AWS4" + secret;
  for (const char* part : {"20260101", "us-east-1", "dynamodb", "aws4_request"}) key = hmac_sha256(key, part);
  return to_hex(hmac_sha256(key, to_sign));
}

// Signed with the header X-Widget as "a b,c".
HttpRequest signed_request(const std::string& key_id, const std::string& secret) {
  const std::string canonical = std::string("POST\n/\n\nhost:localhost\nx-amz-date:") + kDate +
                                "\nx-widget:a b,c\n\nhost;x-amz-date;x-widget\n" + sha256_hex("{}");
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  request.headers = {
      {"Host", "localhost"},
      {"X-Amz-Date", kDate},
      {"X-Widget", "  a   b "},
      {"x-widget", "c"},
      {"Authorization", "AWS4-HMAC-SHA256 Credential=" + key_id + "/" + kScope +
                            " SignedHeaders=host;x-amz-date;x-widget,Signature=" + signature(secret, canonical)}};
  return request;
}

std::string error_of(const HttpRequest& request) {
  const auto result = authorize(request, "{}", AuthMode::verify, now());
  return result.error ? std::string(result.error->code().name) : "";
}

TEST_CASE("Headers are signed with their blanks and repetitions folded; commas or blanks divide the parts") {
  CHECK(error_of(signed_request("test", "test")).empty());
  CHECK(error_of(signed_request("anything", "anything")).empty());
  HttpRequest changed = signed_request("test", "test");
  changed.headers.set_value(2, "a b c");
  CHECK(error_of(changed) == "InvalidSignatureException");
}

TEST_CASE("A date beyond all clocks is one that is not yet current") {
  HttpRequest request = signed_request("test", "test");
  request.headers.set_value(1, "30200101T010101Z");
  const auto result = authorize(request, "{}", AuthMode::verify, now());
  CHECK(result.error->message().starts_with("Signature not yet current: 30200101T010101Z"));
}

TEST_CASE("A wrong secret of a known key id is a wrong signature, any other key id is unknown") {
  CHECK(error_of(signed_request("test", "wrong")) == "InvalidSignatureException");
  CHECK(error_of(signed_request("somebody", "wrong")) == "UnrecognizedClientException");
}

TEST_CASE("A request signed in its query string is not signed with its signature") {
  const std::string query =
      std::string("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fdynamodb%2Faws4_") +
      "request&X-Amz-Date=" + kDate + "&X-Amz-SignedHeaders=host";
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  request.headers = {{"Host", "localhost"}};
  request.query = query + "&X-Amz-Signature=" +
                  signature("test", "POST\n/\n" + query + "\nhost:localhost\n\nhost\n" + sha256_hex("{}"));
  CHECK(error_of(request).empty());
}

}  // namespace
}  // namespace fickle
