// Number: reading, writing and size. Arithmetic and order are in number_arithmetic.cc, key bytes in number_bytes.cc.
#include "emulator/value/number.hh"

#include <array>
#include <charconv>

#include "emulator/value/decimal.hh"

namespace fickle {
namespace {

using decimal::Coefficient;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
unsigned digit_of(char c) {
  return static_cast<unsigned>(c - '0');
}

// The digits of a mantissa without leading and trailing zeros: value = coefficient * 10^(zeros - fraction).
struct Mantissa {
  Coefficient coefficient = 0;  // only when digits <= 38
  std::int64_t digits = 0;      // from the first to the last that is not zero
  std::int64_t zeros = 0;       // that follow these
  std::int64_t fraction = 0;    // all digits after the point
  std::size_t length = 0;       // of the text, point included
  bool any = false;             // whether there was a digit at all
};

// Value of up to 38 digits; a point between them is passed over.
Coefficient coefficient_of(std::string_view digits) {
  constexpr int kWord = 19;  // digits that fit 64 bits: 128-bit arithmetic is left to the end
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  int count = 0;
  for (const char c : digits) {
    if (c == '.') continue;
    std::uint64_t& word = count < kWord ? head : tail;
    word = word * 10 + digit_of(c);
    ++count;
  }
  return count <= kWord ? head : head * decimal::power_of_ten(count - kWord) + tail;
}

Mantissa read_mantissa(std::string_view text) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t point = kNone;
  std::size_t first = kNone;
  std::size_t last = kNone;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (c == '.' && point == kNone) {
      point = end;
    } else if (!is_digit(c)) {
      break;
    } else if (c != '0') {
      if (first == kNone) first = end;
      last = end;
    }
  }

  const auto count = [](std::size_t from, std::size_t to) { return static_cast<std::int64_t>(to - from); };
  Mantissa mantissa;
  mantissa.length = end;
  mantissa.any = end > (point == kNone ? 0U : 1U);
  if (point != kNone) mantissa.fraction = count(point + 1, end);
  if (first == kNone) return mantissa;
  const bool point_inside = point != kNone && point > first && point < last;
  const bool point_behind = point != kNone && point > last;
  mantissa.digits = count(first, last + 1) - (point_inside ? 1 : 0);
  mantissa.zeros = count(last + 1, end) - (point_behind ? 1 : 0);
  if (mantissa.digits <= decimal::kMaxDigits) {
    mantissa.coefficient = coefficient_of(text.substr(first, last + 1 - first));
  }
  return mantissa;
}

// "e+12" to the end of the text. Exponents stop growing at a size that no count of digits can bring back into range.
std::optional<std::int64_t> whole_exponent(std::string_view text) {
  constexpr std::int64_t kSaturated = 1'000'000'000'000;
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t exponent = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    if (exponent < kSaturated) exponent = exponent * 10 + digit_of(c);
  }
  return negative ? -exponent : exponent;
}

// A run of up to 18 digits: most numbers of most programs.
std::optional<std::uint64_t> short_integer(std::string_view digits) {
  constexpr std::size_t kLongest = 18;
  if (digits.empty() || digits.size() > kLongest) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + digit_of(c);
  }
  return value;
}

// Takes trailing zeros off a value other than 0 and returns their number.
int strip_zeros(std::uint64_t& value) {
  int stripped = 0;
  while ((value & 1U) == 0 && value % 10 == 0) {
    value /= 10;
    ++stripped;
  }
  return stripped;
}

// Decimal digits, most significant first, into `buffer`; returns their number.
std::size_t write_digits(std::array<char, 40>& buffer, Coefficient value) {
  constexpr std::uint64_t kChunk = 10'000'000'000'000'000'000U;  // 10^19
  char* const end = buffer.data() + buffer.size();
  if (decimal::high_of(value) == 0) {
    return static_cast<std::size_t>(std::to_chars(buffer.data(), end, decimal::low_of(value)).ptr - buffer.data());
  }
  const auto top = static_cast<std::uint64_t>(value / kChunk);
  auto low = static_cast<std::uint64_t>(value % kChunk);
  char* const middle = std::to_chars(buffer.data(), end, top).ptr;
  constexpr std::size_t kChunkDigits = 19;
  for (std::size_t i = kChunkDigits; i-- > 0; low /= 10) middle[i] = static_cast<char>('0' + low % 10);
  return static_cast<std::size_t>(middle - buffer.data()) + kChunkDigits;
}

}  // namespace

Result<Number, NumberError> Number::parse(std::string_view text) {
  if (text.empty()) return Refused{NumberError::empty};
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (auto integer = short_integer(text)) {
    if (*integer == 0) return Number();
    const int zeros = strip_zeros(*integer);
    return Number(0, *integer, zeros, negative);
  }

  const Mantissa mantissa = read_mantissa(text);
  const auto written = mantissa.any ? whole_exponent(text.substr(mantissa.length)) : std::nullopt;
  if (!written) return Refused{NumberError::malformed};
  // DynamoDB judges a zero by the exponent it is written with: 0e126 is refused, 0.0e126 (0e125) is not.
  const std::int64_t exponent = *written - mantissa.fraction + mantissa.zeros;
  const std::int64_t magnitude = mantissa.digits == 0 ? exponent : exponent + mantissa.digits - 1;
  if (magnitude > decimal::kMaxMagnitude) return Refused{NumberError::overflow};
  if (magnitude < decimal::kMinMagnitude) return Refused{NumberError::underflow};
  if (mantissa.digits > decimal::kMaxDigits) return Refused{NumberError::too_precise};
  if (mantissa.digits == 0) return Number();
  return Number(decimal::high_of(mantissa.coefficient), decimal::low_of(mantissa.coefficient),
                static_cast<int>(exponent), negative);
}

Number Number::of(std::int64_t value) {
  if (value == 0) return {};
  const bool negative = value < 0;
  std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const int zeros = strip_zeros(magnitude);
  return {0, magnitude, zeros, negative};
}

void Number::append_to(std::string& out) const {
  if (negative_) out.push_back('-');
  std::array<char, 40> buffer;  // NOLINT: filled below, as far as it is read
  const std::size_t count = write_digits(buffer, decimal::join(high_, low_));
  const std::string_view digits(buffer.data(), count);
  const int whole = static_cast<int>(count) + exponent_;  // digits before the point
  if (exponent_ >= 0) {
    out.append(digits).append(static_cast<std::size_t>(exponent_), '0');
  } else if (whole > 0) {
    out.append(digits.substr(0, static_cast<std::size_t>(whole)));
    out.push_back('.');
    out.append(digits.substr(static_cast<std::size_t>(whole)));
  } else {
    out.append("0.").append(static_cast<std::size_t>(-whole), '0').append(digits);
  }
}

std::string Number::to_string() const {
  std::string out;
  append_to(out);
  return out;
}

Bytes Number::size() const {
  if (is_zero()) return {1};
  const int digits = decimal::digit_count(decimal::join(high_, low_));
  const int whole = exponent_ >= 0 ? digits : std::max(0, digits + exponent_);
  const int fraction = digits - whole;  // leading zeros of 0.00x do not count, those of 1.00x do
  const int halves = (whole + 1) / 2 + (fraction + 1) / 2;
  return {static_cast<std::uint64_t>(1 + halves + (negative_ ? 1 : 0))};
}

std::optional<std::int64_t> Number::floor_int64() const {
  const Coefficient coefficient = decimal::join(high_, low_);
  constexpr int kInt64Digits = 19;
  if (decimal::digit_count(coefficient) + exponent_ > kInt64Digits) return std::nullopt;
  Coefficient whole = 0;
  if (exponent_ >= 0) {
    whole = coefficient * decimal::power_of_ten(exponent_);
  } else if (-exponent_ <= decimal::kMaxDigits) {
    whole = coefficient / decimal::power_of_ten(-exponent_);
  }
  if (negative_ && exponent_ < 0) whole += 1;  // there is a fraction: the last digit of a coefficient is not 0
  constexpr auto kMost = static_cast<std::uint64_t>(INT64_MAX);
  if (whole > kMost + (negative_ ? 1U : 0U)) return std::nullopt;
  const auto magnitude = static_cast<std::uint64_t>(whole);
  return negative_ ? static_cast<std::int64_t>(0 - magnitude) : static_cast<std::int64_t>(magnitude);
}

}  // namespace fickle
