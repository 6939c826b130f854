// Token buckets for enforced capacity (control API, "capacity"): per table, per index and per partition key. Guarded by the universe's
// mutex. Only filled and drawn from when a CapacityModel is on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "emulator/core/units.hh"

namespace fickle {

// Invariant: level <= rate * max(burst, 1 s); may be negative (debt) after a Query or Scan.
class TokenBucket {
 public:
  // Refills to `now`, then tells how much is there. `rate` in half units per second.
  [[nodiscard]] double level(double rate, Duration burst, Instant now);
  // Takes `cost` (may go into debt). Call level() first.
  void take(double cost) { level_ -= cost; }

 private:
  std::optional<Instant> filled_at_;
  double level_ = 0;
};

struct CapacityMeter {
  TokenBucket read, write;
  std::map<std::string, TokenBucket, std::less<>> partition_read, partition_write;  // by encoded partition
  double peak_read = 0, peak_write = 0;  // previous peaks per second, for on-demand doubling

  // Counts admitted units; a full second's use above the peak becomes the peak.
  void note_use(bool is_read, double cost, Instant now);

 private:
  struct Window {
    Instant start{};
    double used = 0;
  };
  Window read_window_, write_window_;
};

}  // namespace fickle
