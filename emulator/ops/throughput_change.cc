#include "emulator/ops/throughput_change.hh"

#include <array>

#include "emulator/api/error.hh"
#include "emulator/store/throughput.hh"

namespace fickle {

namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::int64_t kFreeDecreases = 4;
constexpr Duration kDecreaseGap = std::chrono::hours(1);

bool shrinks(const Throughput& present, const Throughput& wanted) {
  return wanted.read < present.read || wanted.write < present.write;
}

// "Wednesday, July 25, 2018 8:48:14 PM UTC"
std::string long_date(Instant at) {
  static constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                            "Thursday", "Friday", "Saturday"};
  static constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                               "May",       "June",     "July",     "August",
                                                               "September", "October",  "November", "December"};
  const auto day = floor<days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(floor<std::chrono::seconds>(at - day));
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto hour = time.hours().count();
  std::string text(kDays.at(std::chrono::weekday(day).c_encoding()));
  text.append(", ").append(kMonths.at(static_cast<unsigned>(date.month()) - 1));
  text +=
      " " + std::to_string(static_cast<unsigned>(date.day())) + ", " + std::to_string(static_cast<int>(date.year()));
  text += " " + std::to_string(hour % 12 == 0 ? 12 : hour % 12) + ":" + two(time.minutes().count()) + ":" +
          two(time.seconds().count());
  return text + (hour < 12 ? " AM UTC" : " PM UTC");
}

void check_differs(const Throughput& present, const Throughput& wanted, const std::string& index) {
  if (present.read != wanted.read || present.write != wanted.write) return;
  const std::string read = std::to_string(present.read);
  const std::string write = std::to_string(present.write);
  const std::string what = index.empty() ? "table" : "index";
  throw_validation("The provisioned throughput for the " + (index.empty() ? what : what + " " + index) +
                   " will not change. The requested value equals the current value. Current ReadCapacityUnits "
                   "provisioned for the " +
                   what + ": " + read + ". Requested ReadCapacityUnits: " + read +
                   ". Current WriteCapacityUnits provisioned for the " + what + ": " + write +
                   ". Requested WriteCapacityUnits: " + write +
                   ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                   "limits.");
}

void check_decreases(const Throughput& present, const Throughput& wanted, Instant now) {
  const std::int64_t today = decreases_on_day_of(present, now);
  if (!shrinks(present, wanted) || today < kFreeDecreases || now >= *present.last_decrease + kDecreaseGap) return;
  throw ApiError(
      "LimitExceededException",
      "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After "
      "the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once "
      "every 3600 seconds. Number of decreases today: " +
          std::to_string(today) + ". Last decrease at " + long_date(*present.last_decrease) +
          ". Next decrease can be made at " + long_date(*present.last_decrease + kDecreaseGap));
}

}  // namespace

void check_throughput_change(const Throughput& present, const Throughput& wanted, const std::string& index,
                             Instant now) {
  check_differs(present, wanted, index);
  check_decreases(present, wanted, now);
}

void set_throughput(Throughput& present, const Throughput& wanted, Instant now) {
  if (wanted.read > present.read || wanted.write > present.write) present.last_increase = now;
  if (shrinks(present, wanted)) {
    present.decreases_today = decreases_on_day_of(present, now) + 1;
    present.last_decrease = now;
  }
  present.read = wanted.read;
  present.write = wanted.write;
}

}  // namespace fickle
