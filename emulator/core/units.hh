// Units as types: sizes and capacity cannot be mixed up at a call site.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace fickle {

// A size in bytes.
struct Bytes {
  std::uint64_t count = 0;
  friend constexpr auto operator<=>(Bytes, Bytes) = default;
  friend constexpr Bytes operator+(Bytes a, Bytes b) { return {a.count + b.count}; }
  friend constexpr Bytes operator-(Bytes a, Bytes b) { return {a.count - b.count}; }
  constexpr Bytes& operator+=(Bytes other) {
    count += other.count;
    return *this;
  }
};

// Capacity in halves of a unit (an eventually consistent read of 4 KB costs one HalfUnit): integers never drift.
struct HalfUnits {
  std::int64_t count = 0;
  friend constexpr auto operator<=>(HalfUnits, HalfUnits) = default;
  friend constexpr HalfUnits operator+(HalfUnits a, HalfUnits b) { return {a.count + b.count}; }
  friend constexpr HalfUnits operator-(HalfUnits a, HalfUnits b) { return {a.count - b.count}; }
  constexpr HalfUnits& operator+=(HalfUnits other) {
    count += other.count;
    return *this;
  }
};

// Points and spans of time, all in nanoseconds. Instants are UTC.
using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::sys_time<Duration>;

enum class Consistency { eventual, strong };

}  // namespace fickle
