// The 128-bit coefficients inside Number: private to number*.cc. Pure functions, thread-safe.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace fickle::decimal {

__extension__ typedef unsigned __int128 Coefficient;  // NOLINT: `using` cannot carry __extension__

inline constexpr int kMaxDigits = 38;
inline constexpr int kMaxMagnitude = 125;   // of the first digit, as a power of ten
inline constexpr int kMinMagnitude = -130;  // likewise

inline constexpr auto kPowersOfTen = [] {
  std::array<Coefficient, kMaxDigits + 1> powers{};
  Coefficient power = 1;
  for (Coefficient& slot : powers) {
    slot = power;
    power *= 10;
  }
  return powers;
}();

[[nodiscard]] constexpr Coefficient power_of_ten(int exponent) {
  return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

[[nodiscard]] constexpr Coefficient join(std::uint64_t high, std::uint64_t low) {
  return static_cast<Coefficient>(high) << 64U | low;
}
[[nodiscard]] constexpr std::uint64_t high_of(Coefficient value) {
  return static_cast<std::uint64_t>(value >> 64U);
}
[[nodiscard]] constexpr std::uint64_t low_of(Coefficient value) {
  return static_cast<std::uint64_t>(value);
}

// Number of decimal digits, 0 for 0.
[[nodiscard]] constexpr int digit_count(Coefficient value) {
  const bool is_long = high_of(value) != 0;
  const int bits = static_cast<int>(std::bit_width(is_long ? high_of(value) : low_of(value))) + (is_long ? 64 : 0);
  const int guess = bits * 1233 >> 12;  // floor(bits * log10(2)): the count, or one less
  return guess + static_cast<int>(guess <= kMaxDigits && value >= power_of_ten(guess));
}

}  // namespace fickle::decimal
