// 128 bits, from dice, as the text of a random UUID (RFC 9562, version 4): "3f2b8c1e-9d4a-4f6b-8a1c-0d9e8f7a6b5c". Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fickle {

// Six of the bits are overwritten by the version and the variant.
[[nodiscard]] inline std::string format_uuid(std::uint64_t high, std::uint64_t low) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  high = (high & ~0xF000ULL) | 0x4000ULL;
  low = (low & ~(3ULL << 62U)) | 2ULL << 62U;
  std::string text(kForm);
  unsigned shift = 128;
  for (char& c : text) {
    if (c == '-') continue;
    shift -= 4;
    c = kDigits[(shift >= 64 ? high >> (shift - 64) : low >> shift) & 15U];
  }
  return text;
}

}  // namespace fickle
