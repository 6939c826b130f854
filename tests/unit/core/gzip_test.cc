// Compressed bodies: taken in every form clients send, refused when damaged or too large.
#include "emulator/core/gzip.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/core/base64.hh"

namespace fickle {
namespace {

constexpr std::size_t kLimit = 1024 * 1024;

std::string bytes(std::string_view base64) {
  return base64_decode(base64).value();
}

// "hello, widgets" by zlib's own tools: as a gzip member, a zlib stream and a bare deflate stream.
const std::string_view kGzip = "H4sIAAAAAAACA8tIzcnJ11Eoz0xJTy0pBgBA0x63DgAAAA==";
const std::string_view kZlib = "eJzLSM3JyddRKM9MSU8tKQYAJ0YFWA==";
const std::string_view kBare = "y0jNycnXUSjPTElPLSkGAA==";

std::string long_text() {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919 % 10007);
  return text;
}

TEST_CASE("What was compressed elsewhere is read") {
  CHECK(gunzip(bytes(kGzip), kLimit).value() == "hello, widgets");
  CHECK(inflate_deflate(bytes(kZlib), kLimit).value() == "hello, widgets");
  CHECK(inflate_deflate(bytes(kBare), kLimit).value() == "hello, widgets");
}

TEST_CASE("Any text survives gzip, the same bytes each time") {
  for (const std::string& text : {std::string(), std::string("x"), std::string(100'000, 'a'), long_text()}) {
    CHECK(gunzip(gzip(text), kLimit).value() == text);
    CHECK(gzip(text) == gzip(text));
    CHECK(inflate_deflate(deflate_zlib(text), kLimit).value() == text);
  }
}

TEST_CASE("Several gzip members read as one text") {
  CHECK(gunzip(gzip("one ") + gzip("") + gzip("two"), kLimit).value() == "one two");
  const std::string text = long_text();
  CHECK(gunzip(gzip(text) + gzip(text), kLimit).value() == text + text);
}

TEST_CASE("A text of exactly the limit is taken, a longer one is not") {
  CHECK(gunzip(gzip("12345678"), 8).ok());
  CHECK(gunzip(gzip("123456789"), 8).error() == InflateError::too_large);
  CHECK(gunzip(gzip("1234") + gzip("56789"), 8).error() == InflateError::too_large);
  CHECK(gunzip(gzip(std::string(10'000'000, 'a')), kLimit).error() == InflateError::too_large);
  CHECK(gunzip(gzip(std::string(100'000, 'a')), 100'000).ok());
  CHECK(gunzip(gzip(""), 0).ok());
}

TEST_CASE("Every truncation and every damaged byte is noticed") {
  const std::string text = "hello, widgets and user actions";
  const std::string whole = gzip(text);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(gunzip(whole.substr(0, size), kLimit).error() == InflateError::truncated);
  }
  for (std::size_t i = 10; i < whole.size(); ++i) {  // behind the header, whose time and system do not matter
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    const auto read = gunzip(damaged, kLimit);
    CHECK((!read.ok() || read.value() == text));  // the last byte of a stream has bits without a meaning
  }
  CHECK(gunzip("{\"TableName\":\"Widgets\"}", kLimit).error() == InflateError::corrupt);
  CHECK(gunzip(whole + "rest", kLimit).error() == InflateError::corrupt);
  CHECK(inflate_deflate(bytes(kZlib) + "rest", kLimit).error() == InflateError::corrupt);
  CHECK(inflate_deflate("", kLimit).error() == InflateError::truncated);
}

}  // namespace
}  // namespace fickle
