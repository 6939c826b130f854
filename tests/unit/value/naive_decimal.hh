// A decimal so simple that it cannot be wrong: one digit per place in a fixed-point array. The model Number is tested against.
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

namespace fickle {

class NaiveDecimal {
 public:
  static constexpr int kLowest = -180;  // power of ten of the first slot
  static constexpr int kSlots = 360;

  NaiveDecimal() = default;
  NaiveDecimal(bool negative, std::string_view digits, int exponent) : negative_(negative) {
    for (std::size_t i = 0; i < digits.size(); ++i) {
      places_[slot(exponent + static_cast<int>(digits.size() - 1 - i))] = digits[i] - '0';
    }
    if (is_zero()) negative_ = false;
  }

  [[nodiscard]] bool is_zero() const {
    return std::all_of(places_.begin(), places_.end(), [](int digit) { return digit == 0; });
  }
  [[nodiscard]] int highest() const {  // power of ten of the first digit that is not zero
    for (int i = kSlots; i-- > 0;) {
      if (places_[static_cast<std::size_t>(i)] != 0) return i + kLowest;
    }
    return kLowest;
  }
  [[nodiscard]] int lowest() const {
    for (int i = 0; i < kSlots; ++i) {
      if (places_[static_cast<std::size_t>(i)] != 0) return i + kLowest;
    }
    return kLowest;
  }
  [[nodiscard]] bool is_legal() const {
    return is_zero() || (highest() <= 125 && highest() >= -130 && highest() - lowest() < 38);
  }
  [[nodiscard]] std::string text() const {
    std::string out = negative_ ? "-" : "";
    for (int place = std::max(highest(), 0); place >= std::min(lowest(), 0) && !is_zero(); --place) {
      if (place == -1) out += '.';
      out += static_cast<char>('0' + places_[slot(place)]);
    }
    return is_zero() ? "0" : out;
  }

  [[nodiscard]] NaiveDecimal negated() const {
    NaiveDecimal result = *this;
    result.negative_ = !negative_ && !is_zero();
    return result;
  }
  // -1, 0 or 1.
  [[nodiscard]] int compare(const NaiveDecimal& other) const {
    if (negative_ != other.negative_) return negative_ ? -1 : 1;
    const int order = compare_places(other);
    return negative_ ? -order : order;
  }
  [[nodiscard]] NaiveDecimal plus(const NaiveDecimal& other) const {
    if (negative_ != other.negative_) {
      return compare_places(other) >= 0 ? minus_places(other) : other.minus_places(*this);
    }
    NaiveDecimal result = *this;
    int carry = 0;
    for (std::size_t i = 0; i < kSlots; ++i) {
      const int sum = places_[i] + other.places_[i] + carry;
      result.places_[i] = sum % 10;
      carry = sum / 10;
    }
    return result;
  }

 private:
  static std::size_t slot(int place) { return static_cast<std::size_t>(place - kLowest); }
  [[nodiscard]] int compare_places(const NaiveDecimal& other) const {
    for (std::size_t i = kSlots; i-- > 0;) {
      if (places_[i] != other.places_[i]) return places_[i] < other.places_[i] ? -1 : 1;
    }
    return 0;
  }
  [[nodiscard]] NaiveDecimal minus_places(const NaiveDecimal& other) const {  // precondition: not below other
    NaiveDecimal result = *this;
    int borrow = 0;
    for (std::size_t i = 0; i < kSlots; ++i) {
      const int difference = places_[i] - other.places_[i] - borrow;
      borrow = difference < 0 ? 1 : 0;
      result.places_[i] = difference + 10 * borrow;
    }
    if (result.is_zero()) result.negative_ = false;
    return result;
  }

  std::array<int, kSlots> places_{};
  bool negative_ = false;
};

// A random legal number, as text that DynamoDB accepts and as the model's value.
struct Sample {
  std::string text;
  NaiveDecimal model;
};

inline Sample random_number(std::mt19937_64& random) {
  const auto pick = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  // Few digits and exponents that meet are where carries, cancellations and equal values happen.
  const bool near = pick(0, 2) != 0;
  const int count = pick(0, 3) == 0 ? pick(1, 4) : pick(1, 38);
  std::string digits;
  for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + (pick(0, 3) == 0 ? pick(0, 1) * 9 : pick(0, 9)));
  const int top = near ? pick(-45, 45) : pick(-130, 125);  // power of ten of the first digit
  const std::size_t leading = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  const int exponent = top - (count - 1) + static_cast<int>(leading);
  const bool negative = pick(0, 1) == 1;
  if (digits.find_first_not_of('0') == std::string::npos) return {"0", {}};
  return {(negative          ? "-"
           : pick(0, 1) == 1 ? "+"
                             : "") +
              digits + "e" + std::to_string(exponent),
          NaiveDecimal(negative, digits, exponent)};
}

}  // namespace fickle
