// Facts about throughput: what is there without being asked for, and how often it was decreased. Pure.
#pragma once

#include <cstdint>

#include "emulator/store/table.hh"

namespace fickle {

// What a table or index on demand starts with, in units per second (developer guide, warm throughput).
inline constexpr std::int64_t kOnDemandReadUnits = 12000;
inline constexpr std::int64_t kOnDemandWriteUnits = 4000;

// Decreases on the UTC day of `at`: what is counted belongs to the day of the last one.
[[nodiscard]] std::int64_t decreases_on_day_of(const Throughput& throughput, Instant at);

}  // namespace fickle
