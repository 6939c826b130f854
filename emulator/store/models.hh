// The standing models of a universe (control API, "Simulation") as plain values: parsed by faults/, kept by the universe, obeyed by
// store and engine. Everything off by default.
#pragma once

#include <optional>

#include "emulator/core/distribution.hh"
#include "emulator/core/units.hh"

namespace fickle {

struct ReadLagModel {
  Distribution lag;
  double probability = 1;
  bool monotonic = false;  // per access key
};
struct CapacityModel {
  Duration burst = std::chrono::seconds(300);
  bool partitions = true;
};
struct LatencyModel {
  std::optional<Distribution> read, write;
};
struct Models {
  std::optional<ReadLagModel> reads;
  std::optional<Distribution> index_lag;
  std::optional<Distribution> stream_lag;
  std::optional<Distribution> ttl_delay;         // absent: deleted by the next sweep after expiry
  Duration ttl_sweep = std::chrono::seconds(1);  // of virtual time
  std::optional<CapacityModel> capacity;
  LatencyModel latency;
  std::optional<Distribution> transaction_hold;  // real time
  Duration lifecycle_create{0}, lifecycle_update{0}, lifecycle_delete{0}, lifecycle_backfill{0};
  // Extra history wanted by rules (staleRead): versions are kept for at least this long; `versions` keeps that many per key.
  Duration history_age{0};
  int history_versions = 0;
  // The largest read or index lag in force.
  [[nodiscard]] Duration lag_max() const;
};

}  // namespace fickle
