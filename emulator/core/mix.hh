// 64-bit mixing for dice and partition hashes: written out here so that it is the same in every build and on every machine.
// Not cryptographic. Pure functions, thread-safe.
// The finaliser is the public-domain "Stafford variant 13" of MurmurHash3's, as splitmix64 uses it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fickle {

inline constexpr std::uint64_t kGolden64 = 0x9e37'79b9'7f4a'7c15U;  // 2^64 / golden ratio, odd

// A bijection in which every input bit changes about half of the output bits.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30U;
  x *= 0xbf58'476d'1ce4'e5b9U;
  x ^= x >> 27U;
  x *= 0x94d0'49bb'1331'11ebU;
  x ^= x >> 31U;
  return x;
}

// The first eight bytes, or fewer when there are no more, as a little-endian word whatever the machine's order.
[[nodiscard]] inline std::uint64_t load_word(std::string_view bytes) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes.data(), bytes.size() < 8 ? bytes.size() : 8);
  } else {
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i) {
      word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
  }
  return word;
}

// Takes `text` and its length into `state`: ("ab", "c") and ("a", "bc") end in different states.
[[nodiscard]] inline std::uint64_t mix_text(std::uint64_t state, std::string_view text) {
  state = mix64(state + kGolden64 + text.size());
  while (text.size() > 8) {
    state = mix64((state ^ load_word(text.substr(0, 8))) + kGolden64);
    text.remove_prefix(8);
  }
  if (!text.empty()) state = mix64((state ^ load_word(text)) + kGolden64);
  return state;
}

}  // namespace fickle
