#include "emulator/core/timetext.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace fickle {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};
// "ms" and "us" come before "m" and "s": the first that fits is taken.
constexpr std::array<Unit, 6> kUnits{{{"us", 1'000},
                                      {"ms", 1'000'000},
                                      {"s", 1'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"d", 86'400'000'000'000}}};
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes a leading run of digits off `text`.
std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

// Exactly `width` digits, or nothing.
std::optional<int> take_fixed(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, width)) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

// The decimal fraction 0.DIGITS of `unit` nanoseconds, rounded down. Beyond 18 digits nothing can reach a nanosecond.
std::int64_t fraction_of(std::string_view digits, std::int64_t unit) {
  __extension__ __int128 scaled = 0;
  __extension__ __int128 scale = 1;
  for (const char c : digits.substr(0, 18)) {
    scaled = scaled * 10 + (c - '0');
    scale *= 10;
  }
  return static_cast<std::int64_t>(scaled * unit / scale);
}

const Unit* take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

// One "1.5s" off the front, in nanoseconds.
std::optional<std::int64_t> take_term(std::string_view& text) {
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (whole.empty()) return std::nullopt;
  if (take(text, '.')) {
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }
  const Unit* const unit = take_unit(text);
  if (unit == nullptr) return std::nullopt;
  std::int64_t count = 0;
  const auto [stop, error] = std::from_chars(whole.data(), whole.data() + whole.size(), count);
  if (error != std::errc() || count > kMost / unit->nanoseconds) return std::nullopt;
  const std::int64_t base = count * unit->nanoseconds;
  const std::int64_t rest = fraction_of(fraction, unit->nanoseconds);
  if (base > kMost - rest) return std::nullopt;
  return base + rest;
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  if (count < width) out.append(width - count, '0');
  out.append(digits.data(), count);
}

// `count` of a unit of 10^digits parts as a decimal, without trailing zeros in the fraction.
void append_decimal(std::string& out, std::int64_t count, std::int64_t unit, std::size_t digits) {
  out.append(std::to_string(count / unit));
  if (count % unit == 0) return;
  out.push_back('.');
  append_padded(out, count % unit, digits);
  while (out.back() == '0') out.pop_back();
}

// The fields of an instant in UTC.
struct Civil {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Duration> time;
  explicit Civil(Instant instant)
      : date(std::chrono::floor<days>(instant)), time(instant - std::chrono::floor<days>(instant)) {}
};

void append_date(std::string& out, const std::chrono::year_month_day& date, std::string_view separator) {
  append_padded(out, static_cast<int>(date.year()), 4);
  out.append(separator);
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out.append(separator);
  append_padded(out, static_cast<unsigned>(date.day()), 2);
}

void append_time(std::string& out, const std::chrono::hh_mm_ss<Duration>& time, std::string_view separator) {
  append_padded(out, time.hours().count(), 2);
  out.append(separator);
  append_padded(out, time.minutes().count(), 2);
  out.append(separator);
  append_padded(out, time.seconds().count(), 2);
}

// Midnight of a date that exists and that an Instant can hold with room to spare.
std::optional<Instant> midnight(int year, int month, int day) {
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  constexpr int kFirstYear = 1700;
  constexpr int kLastYear = 2199;
  if (!date.ok() || year < kFirstYear || year > kLastYear) return std::nullopt;
  return Instant(sys_days(date));
}

std::optional<Duration> time_of_day(int hour, int minute, int second) {
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Duration(hours(hour) + minutes(minute) + seconds(second));
}

// "Z" or "+01:00": what to add to UTC to get the local time written.
std::optional<Duration> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return Duration(0);
  const bool behind = text.starts_with('-');
  if (!behind && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hour = take_fixed(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_fixed(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  const Duration offset = hours(*hour) + minutes(*minute);
  return behind ? -offset : offset;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text, Sign sign) {
  bool negative = false;
  if (sign == Sign::allowed) {
    negative = take(text, '-');
    if (!negative) take(text, '+');
  }
  if (text == "0") return Duration(0);
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    const auto term = take_term(text);
    if (!term || *term > kMost - sum) return std::nullopt;
    sum += *term;
  }
  return Duration(negative ? -sum : sum);
}

std::string format_duration(Duration duration) {
  if (duration.count() == 0) return "0";
  std::string out;
  if (duration < Duration(0)) out.push_back('-');
  // The smallest count has no positive counterpart: a nanosecond in 292 years is given up for it.
  const std::int64_t count = std::max(duration.count(), -kMost);
  std::int64_t rest = count < 0 ? -count : count;
  for (const std::size_t i : {5U, 4U, 3U}) {
    const Unit& unit = kUnits[i];
    if (rest < unit.nanoseconds) continue;
    out.append(std::to_string(rest / unit.nanoseconds)).append(unit.name);
    rest %= unit.nanoseconds;
  }
  if (rest == 0) return out;
  const std::size_t unit = rest >= kUnits[2].nanoseconds ? 2U : rest >= kUnits[1].nanoseconds ? 1U : 0U;
  append_decimal(out, rest, kUnits[unit].nanoseconds, 3 * (unit + 1));
  return out.append(kUnits[unit].name);
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto year = take_fixed(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_fixed(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_fixed(text, 2);
  if (!day || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
  const auto hour = take_fixed(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_fixed(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const auto second = take_fixed(text, 2);
  if (!second) return std::nullopt;
  Duration fraction(0);
  if (take(text, '.')) {
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    fraction = Duration(fraction_of(digits, 1'000'000'000));
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const auto date = midnight(*year, *month, *day);
  const auto time = time_of_day(*hour, *minute, *second);
  if (!date || !time) return std::nullopt;
  return *date + *time + fraction - *offset;
}

std::string format_instant(Instant instant) {
  const Civil civil(instant);
  std::string out;
  append_date(out, civil.date, "-");
  out.push_back('T');
  append_time(out, civil.time, ":");
  const auto fraction = std::chrono::floor<milliseconds>(civil.time.subseconds()).count();
  if (fraction != 0) {
    out.push_back('.');
    append_padded(out, fraction, 3);
  }
  out.push_back('Z');
  return out;
}

std::string format_http_date(Instant instant) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil civil(instant);
  std::string out(kDays[std::chrono::weekday(sys_days(civil.date)).c_encoding()]);
  out.append(", ");
  append_padded(out, static_cast<unsigned>(civil.date.day()), 2);
  out.append(" ").append(kMonths[static_cast<unsigned>(civil.date.month()) - 1]).append(" ");
  append_padded(out, static_cast<int>(civil.date.year()), 4);
  out.append(" ");
  append_time(out, civil.time, ":");
  return out.append(" GMT");
}

std::string format_amz_date(Instant instant) {
  const Civil civil(instant);
  std::string out;
  append_date(out, civil.date, "");
  out.push_back('T');
  append_time(out, civil.time, "");
  out.push_back('Z');
  return out;
}

std::optional<Instant> parse_amz_date(std::string_view text) {
  const auto year = take_fixed(text, 4);
  const auto month = year ? take_fixed(text, 2) : std::nullopt;
  const auto day = month ? take_fixed(text, 2) : std::nullopt;
  if (!day || !take(text, 'T')) return std::nullopt;
  const auto hour = take_fixed(text, 2);
  const auto minute = hour ? take_fixed(text, 2) : std::nullopt;
  const auto second = minute ? take_fixed(text, 2) : std::nullopt;
  if (!second || text != "Z") return std::nullopt;
  const auto date = midnight(*year, *month, *day);
  const auto time = time_of_day(*hour, *minute, *second);
  if (!date || !time) return std::nullopt;
  return *date + *time;
}

std::string format_epoch_seconds(Instant instant) {
  std::int64_t count = std::chrono::floor<milliseconds>(instant.time_since_epoch()).count();
  std::string out;
  if (count < 0) {
    out.push_back('-');
    count = -count;
  }
  append_decimal(out, count, 1'000, 3);
  if (count % 1'000 == 0) out.append(".0");
  return out;
}

}  // namespace fickle
