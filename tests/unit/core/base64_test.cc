// Base64: RFC 4648's vectors, and refusals told apart as DynamoDB tells them apart.
#include "emulator/core/base64.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace fickle {
namespace {

Base64Error refusal(std::string_view text) {
  const auto decoded = base64_decode(text);
  REQUIRE_FALSE(decoded.ok());
  return decoded.error();
}

TEST_CASE("Base64 agrees with the vectors of RFC 4648") {
  const std::string_view vectors[][2] = {{"", ""},
                                         {"f", "Zg=="},
                                         {"fo", "Zm8="},
                                         {"foo", "Zm9v"},
                                         {"foob", "Zm9vYg=="},
                                         {"fooba", "Zm9vYmE="},
                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64_encode(bytes) == text);
    CHECK(base64_decode(text).value() == bytes);
  }
}

TEST_CASE("Any bytes survive base64") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    CHECK(base64_decode(base64_encode(bytes)).value() == bytes);
    bytes.push_back(static_cast<char>(i * 7 + i / 3));
  }
}

TEST_CASE("Base64 appends to what is there") {
  std::string out = "\"";
  append_base64(out, "\xFF\xFE");
  CHECK(out == "\"//4=");
}

TEST_CASE("Base64 of a wrong length, with stray bits or with a foreign character is refused") {
  CHECK(refusal("Zg=") == Base64Error::length);
  CHECK(refusal("Z") == Base64Error::length);
  CHECK(refusal("Zh==") == Base64Error::last_character);
  CHECK(refusal("Zm9=") == Base64Error::last_character);
  for (const std::string_view bad :
       {"Zm9-", "Zm9_", "Zm 9", "Z===", "====", "Zg==Zg==", "Z=9v", "Zm9v\n\n\n\n", "\xC3\xA9gg"}) {
    CHECK(refusal(bad) == Base64Error::alphabet);
  }
}

}  // namespace
}  // namespace fickle
