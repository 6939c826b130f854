// Durations and instants as people write them.
#include "emulator/core/timetext.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) {
  const auto instant = parse_instant(text);
  REQUIRE(instant.has_value());
  return *instant;
}

TEST_CASE("Durations are read in every unit, with fractions and in sums") {
  CHECK(parse_duration("0") == 0ns);
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("1.5s") == 1500ms);
  CHECK(parse_duration("1h30m") == 90min);
  CHECK(parse_duration("7us") == 7us);
  CHECK(parse_duration("2d") == 48h);
  CHECK(parse_duration("0.25us") == 250ns);
  CHECK(parse_duration("1m500ms") == 60500ms);
  CHECK(parse_duration("0.3333333333333333333333333333s") == 333333333ns);
  CHECK(parse_duration("106751d") == 106751 * 24h);
  CHECK(parse_duration("-20m", Sign::allowed) == -20min);
  CHECK(parse_duration("+20m", Sign::allowed) == 20min);
}

TEST_CASE("What is no duration is refused") {
  for (const std::string_view bad : {"", "5", "s", "1.s", ".5s", "1 s", " 1s", "1s ", "-20m", "1ns", "1S", "1h30",
                                     "1e3s", "106752d", "99999999999999999999s", "106751d106751d", "--1s", "1,5s"}) {
    INFO(bad);
    CHECK_FALSE(parse_duration(bad));
  }
  CHECK_FALSE(parse_duration("-", Sign::allowed));
  CHECK_FALSE(parse_duration("+-1s", Sign::allowed));
}

TEST_CASE("Durations are written in the shortest exact form") {
  CHECK(format_duration(0ns) == "0");
  CHECK(format_duration(250ms) == "250ms");
  CHECK(format_duration(1500ms) == "1.5s");
  CHECK(format_duration(90min) == "1h30m");
  CHECK(format_duration(24h) == "1d");
  CHECK(format_duration(250ns) == "0.25us");
  CHECK(format_duration(-20min) == "-20m");
  CHECK(format_duration(1h + 500ms) == "1h500ms");
  CHECK(format_duration(1s + 1ns) == "1.000000001s");
}

TEST_CASE("A written duration reads back as itself") {
  for (std::int64_t n = 1; n < 4'000'000'000'000'000'000; n = n * 3 + 7) {
    CHECK(parse_duration(format_duration(Duration(n))) == Duration(n));
    CHECK(parse_duration(format_duration(Duration(-n)), Sign::allowed) == Duration(-n));
  }
  CHECK(parse_duration(format_duration(Duration::max())) == Duration::max());
  CHECK(parse_duration(format_duration(Duration::min()), Sign::allowed) == -Duration::max());
}

TEST_CASE("Instants are read as RFC 3339 says") {
  CHECK(at("1970-01-01T00:00:00Z") == Instant());
  CHECK(at("2026-01-01T00:00:00Z").time_since_epoch() == 1767225600s);
  CHECK(at("2026-01-01T01:30:00+01:30") == at("2026-01-01T00:00:00Z"));
  CHECK(at("2025-12-31T19:00:00-05:00") == at("2026-01-01T00:00:00Z"));
  CHECK(at("2024-02-29t12:00:00.125z") == at("2024-02-29T12:00:00Z") + 125ms);
  for (const std::string_view bad :
       {"", "2026-01-01", "2026-01-01T00:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00+0100",
        "2026-1-1T00:00:00Z", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"}) {
    INFO(bad);
    CHECK_FALSE(parse_instant(bad));
  }
}

TEST_CASE("Instants are written for people, headers, signatures and DynamoDB's JSON") {
  const Instant whole = at("2026-01-01T00:00:00Z");
  CHECK(format_instant(whole) == "2026-01-01T00:00:00Z");
  CHECK(format_instant(whole + 50ms) == "2026-01-01T00:00:00.050Z");
  CHECK(format_instant(whole - 1ms) == "2025-12-31T23:59:59.999Z");
  CHECK(format_http_date(whole) == "Thu, 01 Jan 2026 00:00:00 GMT");
  CHECK(format_http_date(at("1994-11-06T08:49:37Z")) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(format_amz_date(at("2026-11-23T03:04:05Z")) == "20261123T030405Z");
  CHECK(parse_amz_date("20261123T030405Z") == at("2026-11-23T03:04:05Z"));
  for (const std::string_view bad :
       {"", "20261123", "20261123T030405", "20261323T030405Z", "2026-11-23T03:04:05Z", "20261123T036005Z"}) {
    CHECK_FALSE(parse_amz_date(bad));
  }
}

TEST_CASE("Epoch seconds keep milliseconds and at least one digit after the point") {
  CHECK(format_epoch_seconds(Instant(1718877543123ms)) == "1718877543.123");
  CHECK(format_epoch_seconds(Instant(1718877543100ms)) == "1718877543.1");
  CHECK(format_epoch_seconds(Instant(1718877543000ms)) == "1718877543.0");
  CHECK(format_epoch_seconds(Instant(1718877543005ms + 999us)) == "1718877543.005");
  CHECK(format_epoch_seconds(Instant(-1500ms)) == "-1.5");
}

}  // namespace
}  // namespace fickle
