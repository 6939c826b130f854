// Counters for GET /_fickle/metrics in Prometheus' text format. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "emulator/core/units.hh"

namespace fickle {

class Metrics {
 public:
  void count_request(const std::string& universe, const std::string& operation, int status, const std::string& error,
                     Duration latency);
  void count_fired(const std::string& universe, const std::string& rule);
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::size_t kBuckets = 12;
  struct Histogram {
    std::array<std::uint64_t, kBuckets + 1> counts{};
    double sum = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int, std::string>, std::uint64_t> requests_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> fired_;
  std::map<std::string, Histogram> seconds_;  // by operation
};

}  // namespace fickle
