// Number: DynamoDB's decimal of up to 38 significant digits, exactly.
// Value type, immutable, thread-safe. Invariants: coefficient has no trailing decimal zero unless it is 0; 0 has exponent 0 and no
// sign; magnitude is 0 or in [1E-130, 9.99..E+125]; a Number that exists is legal.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/result.hh"
#include "emulator/core/units.hh"

namespace fickle {

enum class NumberError { empty, malformed, overflow, underflow, too_precise };

class Number {
 public:
  Number() = default;  // zero
  [[nodiscard]] static Result<Number, NumberError> parse(std::string_view text);
  [[nodiscard]] static Number of(std::int64_t value);

  [[nodiscard]] bool is_zero() const { return high_ == 0 && low_ == 0; }
  [[nodiscard]] bool is_negative() const { return negative_; }
  // Canonical form: plain decimal, never an exponent.
  [[nodiscard]] std::string to_string() const;
  void append_to(std::string& out) const;
  // 1 + ceil(digits before the point / 2) + ceil(after / 2) (+1 if negative), 1 for zero.
  [[nodiscard]] Bytes size() const;
  // floor(value) when it fits, for epoch seconds and list sizes.
  [[nodiscard]] std::optional<std::int64_t> floor_int64() const;
  // Order-preserving bytes (memcmp order = numeric order), self-delimiting; see number.cc for the layout.
  void append_ordered_bytes(std::string& out) const;

  [[nodiscard]] Result<Number, NumberError> plus(
      const Number& other) const;  // too many digits -> overflow, as DynamoDB says
  [[nodiscard]] Result<Number, NumberError> minus(const Number& other) const;  // likewise
  [[nodiscard]] Number negated() const;

  friend bool operator==(const Number& a, const Number& b) = default;
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

 private:
  Number(std::uint64_t high, std::uint64_t low, int exponent, bool negative)
      : high_(high), low_(low), exponent_(static_cast<std::int16_t>(exponent)), negative_(negative) {}
  // Strips trailing zeros, then checks range and digits. Precondition: high:low <= 4E38.
  [[nodiscard]] static Result<Number, NumberError> checked(std::uint64_t high, std::uint64_t low, int exponent,
                                                           bool negative);

  std::uint64_t high_ = 0;  // coefficient, upper and lower 64 bits; value = coefficient * 10^exponent
  std::uint64_t low_ = 0;
  std::int16_t exponent_ = 0;
  bool negative_ = false;
};

}  // namespace fickle
