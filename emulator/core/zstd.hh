// Reading zstd-compressed files, as exports and backups of other tools leave them. Our own reader: the format is small to read, and a library
// would be one more thing to build against. Frames with a dictionary are refused. Pure, thread-safe. Source: RFC 8878.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/core/gzip.hh"

namespace fickle {

// All frames, one after the other, their checksums verified; skippable frames are skipped. No more than `limit` bytes come out.
[[nodiscard]] Result<std::string, InflateError> unzstd(std::string_view compressed, std::size_t limit);

}  // namespace fickle
