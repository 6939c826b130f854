// Number: order, sum and difference, exactly.
#include <utility>

#include "emulator/value/decimal.hh"
#include "emulator/value/number.hh"

namespace fickle {
namespace {

using decimal::Coefficient;

// Order of two coefficients as digit strings: 12 < 123 < 13.
std::strong_ordering compare_digits(Coefficient a, int a_digits, Coefficient b, int b_digits) {
  if (a_digits < b_digits) a *= decimal::power_of_ten(b_digits - a_digits);
  if (b_digits < a_digits) b *= decimal::power_of_ten(a_digits - b_digits);
  return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering compare_magnitudes(Coefficient a, int a_exponent, Coefficient b, int b_exponent) {
  const int a_digits = decimal::digit_count(a);
  const int b_digits = decimal::digit_count(b);
  const auto by_magnitude = a_digits + a_exponent <=> b_digits + b_exponent;
  return by_magnitude != 0 ? by_magnitude : compare_digits(a, a_digits, b, b_digits);
}

}  // namespace

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  const auto sign = [](const Number& number) { return number.is_zero() ? 0 : number.negative_ ? -1 : 1; };
  const int a_sign = sign(a);
  const int b_sign = sign(b);
  if (a_sign != b_sign || a_sign == 0) return a_sign <=> b_sign;
  const auto order =
      compare_magnitudes(decimal::join(a.high_, a.low_), a.exponent_, decimal::join(b.high_, b.low_), b.exponent_);
  return a_sign > 0 ? order : 0 <=> order;
}

Result<Number, NumberError> Number::checked(std::uint64_t high, std::uint64_t low, int exponent, bool negative) {
  Coefficient coefficient = decimal::join(high, low);
  if (coefficient == 0) return Number();
  while ((decimal::low_of(coefficient) & 1U) == 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    ++exponent;
  }
  const int digits = decimal::digit_count(coefficient);
  const int magnitude = digits - 1 + exponent;
  if (digits > decimal::kMaxDigits || magnitude > decimal::kMaxMagnitude) return Refused{NumberError::overflow};
  if (magnitude < decimal::kMinMagnitude) return Refused{NumberError::underflow};
  return Number(decimal::high_of(coefficient), decimal::low_of(coefficient), exponent, negative);
}

// Both are brought to the smaller exponent. With different exponents the sum's last digit is the last digit of the finer
// one, so nothing can be stripped and a result is legal only if it has 38 digits by itself. The coarser coefficient then
// reaches 39 digits at most, and those only if a subtraction takes it back below 10^38 (10^38 - 1): its first digit is 1
// and everything stays below 3 * 10^38 < 2^128.
Result<Number, NumberError> Number::plus(const Number& other) const {
  if (is_zero()) return other;
  if (other.is_zero()) return *this;
  const bool swapped = exponent_ < other.exponent_;
  const Number& coarse = swapped ? other : *this;
  const Number& fine = swapped ? *this : other;
  Coefficient a = decimal::join(coarse.high_, coarse.low_);
  const Coefficient b = decimal::join(fine.high_, fine.low_);

  const int shift = coarse.exponent_ - fine.exponent_;
  if (decimal::digit_count(a) + shift > decimal::kMaxDigits + 1) return Refused{NumberError::overflow};
  if (shift == decimal::kMaxDigits + 1) return Refused{NumberError::overflow};
  const Coefficient limit = 2 * decimal::power_of_ten(decimal::kMaxDigits);
  if (a >= limit / decimal::power_of_ten(shift)) return Refused{NumberError::overflow};
  a *= decimal::power_of_ten(shift);

  const auto result = [exponent = fine.exponent_](Coefficient sum, bool negative) {
    return checked(decimal::high_of(sum), decimal::low_of(sum), exponent, negative);
  };
  if (coarse.negative_ == fine.negative_) return result(a + b, coarse.negative_);
  return a >= b ? result(a - b, coarse.negative_) : result(b - a, fine.negative_);
}

Result<Number, NumberError> Number::minus(const Number& other) const {
  return plus(other.negated());
}

Number Number::negated() const {
  Number result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

}  // namespace fickle
