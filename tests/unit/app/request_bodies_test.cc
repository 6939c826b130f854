// Bodies that are no plain text: compressed ones, damaged ones, bytes that are not UTF-8. Source: behaviour reference 1.1, 1.5 (Alternator
// test_compressed_request, test_manual_requests).
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/core/gzip.hh"
#include "tests/support/emulator.hh"

namespace fickle::test {
namespace {

constexpr std::string_view kPut = R"({"TableName":"widgets","Item":{"id":{"S":"w1"}}})";
constexpr std::string_view kInternal =
    R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal server error"})";

void make_table(Emulator& emulator) {
  emulator.ok("CreateTable",
              R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":)"
              R"([{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"})");
}

bool is_stored(Emulator& emulator) {
  return emulator.ok("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"w1"}}})").contains("Item");
}

}  // namespace

TEST_CASE("A compressed request is executed, in one gzip member or in several") {
  Emulator emulator;
  make_table(emulator);
  CHECK(emulator.call("PutItem", gzip(kPut), {{"Content-Encoding", "gzip"}}).status == 200);
  CHECK(is_stored(emulator));
  const std::string two = gzip(kPut.substr(0, 10)) + gzip(kPut.substr(10));
  CHECK(emulator.call("PutItem", two, {{"Content-Encoding", "GZIP"}}).status == 200);
}

TEST_CASE("A request that cannot be decompressed is an internal error, and nothing is executed") {
  Emulator emulator;
  make_table(emulator);
  const std::string whole = gzip(kPut);
  std::string damaged = whole;
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
  for (const std::string& body : {whole.substr(0, whole.size() - 1), whole + "x", damaged, std::string(kPut)}) {
    const HttpReply reply = emulator.call("PutItem", body, {{"Content-Encoding", "gzip"}});
    CHECK(reply.status == 500);
    CHECK(reply.body == kInternal);
  }
  CHECK(emulator.call("PutItem", whole, {{"Content-Encoding", "br"}}).status == 500);
  CHECK_FALSE(is_stored(emulator));
}

TEST_CASE("Bytes that are not UTF-8 are no JSON") {
  Emulator emulator;
  make_table(emulator);
  for (const std::string_view bad : {"\xFF", "\xC3", "\xED\xA0\x80", "\xC0\x80"}) {
    const HttpReply reply =
        emulator.call("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"w1)" + std::string(bad) + R"("}}})");
    CHECK(reply.status == 400);
    CHECK(reply.body == R"({"__type":"com.amazon.coral.service#SerializationException"})");
  }
  CHECK_FALSE(is_stored(emulator));
}

}  // namespace fickle::test
