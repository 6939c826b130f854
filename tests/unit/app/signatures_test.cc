// --auth verify: what is wrong with a signature is told in this order. Source: behaviour reference 1.5 (dynalite test/connection.js).
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/core/clock.hh"
#include "emulator/core/timetext.hh"
#include "tests/support/emulator.hh"

namespace fickle::test {
namespace {

struct Signed {
  std::string date = format_amz_date(SystemClock().now());
  std::string scope = date.substr(0, 8) + "/us-east-1/dynamodb/aws4_request";
  std::string headers = "host;x-amz-date";
};

// The refusal of a ListTables with these parts and a signature that is none.
std::string refusal(const Signed& parts) {
  Options options;
  options.auth = AuthMode::verify;
  Emulator emulator(options);
  HttpRequest request;
  request.method = "POST";
  request.path = "/";
  request.body = "{}";
  request.headers = {{"Host", "localhost:8000"},
                     {"Content-Type", "application/x-amz-json-1.0"},
                     {"X-Amz-Target", "DynamoDB_20120810.ListTables"},
                     {"X-Amz-Date", parts.date},
                     {"Authorization", "AWS4-HMAC-SHA256 Credential=fake/" + parts.scope +
                                           ", SignedHeaders=" + parts.headers + ", Signature=0000"}};
  const HttpReply reply = emulator.raw(request);
  CHECK(reply.status == 400);
  return reply.body;
}

bool begins(const std::string& body, const std::string& type, const std::string& message) {
  return body.starts_with(R"({"__type":"com.amazon.coral.service#)" + type + R"(","message":")" + message);
}

}  // namespace

TEST_CASE("A signature's date must be one, and at most 15 minutes old or ahead") {
  CHECK(begins(refusal({.date = "yesterday"}), "IncompleteSignatureException",
               "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601"));
  CHECK(begins(refusal({.date = "20200101T000000Z"}), "InvalidSignatureException",
               "Signature expired: 20200101T000000Z is now earlier than 20"));
  CHECK(begins(refusal({.date = "21990101T000000Z"}), "InvalidSignatureException",
               "Signature not yet current: 21990101T000000Z"));
}

TEST_CASE("A credential is for a region, the service, today, and ends as it has to") {
  const std::string today = Signed{}.date.substr(0, 8);
  const auto message_of = [&](const std::string& scope) { return refusal({.scope = scope}); };
  CHECK(begins(message_of(today + "//dynamodb/aws4_request"), "InvalidSignatureException",
               "Credential should be scoped to a valid region, not ''. "));
  CHECK(begins(message_of(today + "/us-east-1/s3/aws3_request"), "InvalidSignatureException",
               "Credential should be scoped to correct service: 'dynamodb'. "
               "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'. "));
  CHECK(begins(message_of("20200101/us-east-1/dynamodb/aws4_request"), "InvalidSignatureException",
               "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' "
               "!= '" +
                   today + "', from '" + today));
}

TEST_CASE("The host is signed, and the signature is right") {
  CHECK(begins(refusal({.headers = "x-amz-date"}), "InvalidSignatureException",
               "'Host' must be a 'SignedHeader' in the AWS Authorization."));
  CHECK(begins(refusal({}), "InvalidSignatureException",
               "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
               "Access Key and signing method. Consult the service documentation for details."));
}

}  // namespace fickle::test
