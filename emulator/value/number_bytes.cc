// Number: order-preserving bytes for keys.
//
//   sign       1 byte   0 negative, 1 zero (and nothing follows), 2 positive
//   magnitude  1 byte   power of ten of the first digit + 130: -130..125 fills the byte exactly
//   digits     1 byte   for every two digits from the first on, their value + 1 (1..100); an odd last one is paired with 0
//   end        1 byte   0
//
// For negative numbers every byte after the sign is complemented. At most 22 bytes; no encoding is a prefix of another.
#include <array>

#include "emulator/value/decimal.hh"
#include "emulator/value/number.hh"

namespace fickle {
namespace {

using decimal::Coefficient;

enum class Sign : char { negative = 0, zero = 1, positive = 2 };

constexpr int kPairsPerWord = 9;  // of two digits: 10^18 fits 64 bits

}  // namespace

void Number::append_ordered_bytes(std::string& out) const {
  if (is_zero()) {
    out.push_back(static_cast<char>(Sign::zero));
    return;
  }
  Coefficient coefficient = decimal::join(high_, low_);
  const int digits = decimal::digit_count(coefficient);
  if (digits % 2 != 0) coefficient *= 10;  // 10^38 at most
  const int pairs = (digits + 1) / 2;

  std::array<char, 22> bytes;  // NOLINT: filled as far as it is read
  bytes[0] = static_cast<char>(negative_ ? Sign::negative : Sign::positive);
  const char flip = negative_ ? '\xFF' : '\0';
  bytes[1] = static_cast<char>((digits - 1 + exponent_ - decimal::kMinMagnitude) ^ flip);
  char* at = bytes.data() + 2 + pairs;
  *at = flip;
  const auto size = static_cast<std::size_t>(at + 1 - bytes.data());

  int left = pairs;
  while (left > 0) {
    // A word of 18 digits at a time: 128-bit division is slow.
    constexpr std::uint64_t kWord = 1'000'000'000'000'000'000U;
    auto word = static_cast<std::uint64_t>(coefficient % kWord);
    coefficient /= kWord;
    for (int i = 0; i < kPairsPerWord && left > 0; ++i, --left) {
      *--at = static_cast<char>(static_cast<int>(word % 100 + 1) ^ flip);
      word /= 100;
    }
  }
  out.append(bytes.data(), size);
}

}  // namespace fickle
