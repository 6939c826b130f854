// XXH64 with seed 0: the checksum at the end of zstd frames. Pure, thread-safe. Source: the xxHash specification.
#pragma once

#include <cstdint>
#include <string_view>

namespace fickle {

[[nodiscard]] std::uint64_t xxh64(std::string_view bytes);

}  // namespace fickle
