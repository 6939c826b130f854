// Gzip and deflate of whole texts: compressed requests, answers and fixture files. The size of what comes out is bounded
// by the caller, so that a small bomb cannot fill the memory. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/core/result.hh"

namespace fickle {

enum class InflateError { corrupt, truncated, too_large };

// One or more gzip members, one after the other (RFC 1952), and nothing else.
[[nodiscard]] Result<std::string, InflateError> gunzip(std::string_view compressed, std::size_t limit);
// HTTP's `deflate`: a zlib stream (RFC 1950), or the bare deflate stream (RFC 1951) that some clients send.
[[nodiscard]] Result<std::string, InflateError> inflate_deflate(std::string_view compressed, std::size_t limit);
// One gzip member without name and time: the same bytes for the same text.
[[nodiscard]] std::string gzip(std::string_view text);
// A zlib stream, which is what HTTP's `deflate` means.
[[nodiscard]] std::string deflate_zlib(std::string_view text);

}  // namespace fickle
