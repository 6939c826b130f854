// Reading zstd-compressed files (RFC 8878), as exports and other tools leave them. Frames with a dictionary are refused. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/core/gzip.hh"

namespace fickle {

// All frames, one after the other, their checksums verified; skippable frames are skipped. No more than `limit` bytes come out.
[[nodiscard]] Result<std::string, InflateError> unzstd(std::string_view compressed, std::size_t limit);

}  // namespace fickle
