// CRC-32 as SDKs check it.
#include "emulator/core/crc32.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle {
namespace {

TEST_CASE("CRC-32 agrees with its check value and with a known answer of DynamoDB") {
  CHECK(crc32_of("") == 0);
  CHECK(crc32_of("123456789") == 0xCBF43926U);
  CHECK(crc32_of("{}") == 2745614147U);
  CHECK(crc32_of("<UnknownOperationException/>\n") == 3552371480U);
}

}  // namespace
}  // namespace fickle
