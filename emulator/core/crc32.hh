// CRC-32 (IEEE, as zlib's): the x-amz-crc32 header of every answer.
#pragma once

#include <cstdint>
#include <string_view>

namespace fickle {

[[nodiscard]] std::uint32_t crc32_of(std::string_view bytes);

}  // namespace fickle
