// Durations, instants and distributions as people write them. Grammar: control API, "Conventions".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/units.hh"

namespace fickle {

// "250ms", "1.5s", "1h30m", "0"; units us ms s m h d. Negative only when allowed ("-20m").
enum class Sign { unsigned_only, allowed };
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text, Sign sign = Sign::unsigned_only);
[[nodiscard]] std::string format_duration(Duration duration);  // shortest exact form that parse_duration takes

// RFC 3339, e.g. "2026-01-01T00:00:00Z", fractions and offsets allowed.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
[[nodiscard]] std::string format_instant(Instant instant);              // RFC 3339, UTC, milliseconds when not whole
[[nodiscard]] std::string format_http_date(Instant instant);            // "Mon, 01 Jan 2026 00:00:00 GMT"
[[nodiscard]] std::string format_amz_date(Instant instant);             // "20260101T000000Z"
[[nodiscard]] std::optional<Instant> parse_amz_date(std::string_view);  // the same
// Epoch seconds with a millisecond fraction as DynamoDB prints timestamps: 1718877543.123 (no trailing zeros beyond one: 1718877543.0 -> "1.718877543E9" is never used).
[[nodiscard]] std::string format_epoch_seconds(Instant instant);

}  // namespace fickle
