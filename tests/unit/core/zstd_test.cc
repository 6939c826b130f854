// Reading what zstd wrote: several kinds of blocks, damage, and bombs. The samples were made with the zstd tool.
#include "emulator/core/zstd.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/core/base64.hh"

namespace fickle {
namespace {

constexpr std::size_t kLimit = 1024 * 1024;

std::string bytes(std::string_view base64) {
  return base64_decode(base64).value();
}

const std::string_view kHello = "KLUv/QRYcQAAaGVsbG8sIHdpZGdldHO7T/j0";  // one raw block
const std::string_view kLetters = "KLUv/QRYTQAAEGFhAQAnKsACx8/PuQ==";    // 300 times "a"
// items_text() at levels 3 and 19: Huffman literals in one and in four streams, tables of sequences of several kinds.
const std::string_view kItems =
    "KLUv/QRYpQoAtpMvGHBL0gb4w+Xv4XO8gLFX9k6ZJDVg/9sFFjQAJAAjAC8yF7l+/"
    "4muq2Xtc7wiQFEUQwYxCMaBGAsjoBgiwHCAYJDQMIhRMA7EMEgYB2IoHDAMjEO9"
    "G1LmTqaMNK+xeWl7OL0pQ0STMlqxyoanM3uheZwZnrA1uwZj+2SyK03Epmpmah29JOfeZNtOp9Oz4pKe76xOI6p5ncZWnwBFUYw7o/"
    "uZ3UhYJ33+t3xfTznnL0+X"
    "V53tzO6xLKZpdo2LGnaoIVAYev87gDNK1QES+ElVRvAnBNNJP5jCmmCH8WHMwHO/"
    "LlqEzIGDvRbi317XSf4Lud5LGAR4CICjNXjqkbVsAJhYsxgGHwR4Y8BkOXKP"
    "MIIciN/Nq40NsGgymkxzKdvM/7aVCAWQA/9el79C9Ocd/uZInPyEu3839b1l+Zcpb/VlfXLciJUXJ171tYbbdTmJVRckBXI=";
const std::string_view kItemsSmaller =
    "KLUv/QRofQkAllg4FoBL2l5ZT0wRXjgy7ZW9M6XM01i5bMA7AC4ALgCtm6VE1JxWIWb9DH3me/"
    "63unxVLTxl8wpIkqRMOQqhIEdZlEBSRsA4IAyJRjlKoSBHMSQKchTF"
    "gTEoSGZWR/7diIx3mso0tUNFmWOiw1rpRzhkr6xtwlLd1yEzK87hm3juHVL1lqbW5xpZtPOofFZE/"
    "u26fBu3DLOohzWDdIWItrJLe9kmXXdbVUVFVaq3cnxTl84k"
    "vBcpgCRJSiZa/jARjza921t2m/5T1flDznrnpSe++jv7/HaXrmOiXdkz0dg8rd0YdqgRYGzD2/8N0JfWEfyE4R8R5gfo8sWXXV755It4zLq/"
    "eNZb95f+eeWTL77s"
    "8pJYZ91fPOu9+4srWFnr7+TWvdxal1t15SO4BGUVFyQFcg==";

std::string items_text() {
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += R"({"Item":{"id":{"S":"widget-)" + std::to_string(i) + R"("},"n":{"N":")" +
            std::to_string(i * 7919 % 10007) + "\"}}}\n";
  }
  return text;
}

TEST_CASE("What zstd wrote is read") {
  CHECK(unzstd(bytes(kHello), kLimit).value() == "hello, widgets");
  CHECK(unzstd(bytes(kLetters), kLimit).value() == std::string(300, 'a'));
  CHECK(unzstd(bytes(kItems), kLimit).value() == items_text());
  CHECK(unzstd(bytes(kItemsSmaller), kLimit).value() == items_text());
  CHECK(unzstd("", kLimit).value().empty());
}

TEST_CASE("Frames follow each other, with others to skip in between") {
  const std::string skipped(
      "\x53\x2a\x4d\x18\x03\x00\x00\x00"
      "xyz",
      11);
  CHECK(unzstd(bytes(kHello) + skipped + bytes(kHello), kLimit).value() == "hello, widgetshello, widgets");
}

TEST_CASE("No more comes out than was asked for") {
  CHECK(unzstd(bytes(kHello), 14).ok());
  CHECK(unzstd(bytes(kHello), 13).error() == InflateError::too_large);
  CHECK(unzstd(bytes(kItems), 3000).error() == InflateError::too_large);
}

TEST_CASE("Every truncation and every damaged byte of a zstd frame is noticed") {
  const std::string whole = bytes(kItems);
  for (std::size_t size = 1; size < whole.size(); ++size) CHECK_FALSE(unzstd(whole.substr(0, size), kLimit).ok());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const auto read = unzstd(damaged, kLimit);
    CHECK((!read.ok() || read.value() == items_text()));
  }
}

TEST_CASE("Frames that need a dictionary are refused") {
  std::string frame = bytes(kHello);
  frame[4] = static_cast<char>(frame[4] | 1);
  CHECK(unzstd(frame, kLimit).error() == InflateError::corrupt);
}

}  // namespace
}  // namespace fickle
