// Counters for GET /_fickle/metrics in Prometheus' text format. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "emulator/core/units.hh"

namespace fickle {

class Metrics {
 public:
  void count_request(std::string_view universe, std::string_view operation, int status, std::string_view error,
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
  template <class Text>
  using RequestKey = std::tuple<Text, Text, int, Text>;  // universe, operation, status, error
  std::map<RequestKey<std::string>, std::uint64_t, std::less<>> requests_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> fired_;
  std::map<std::string, Histogram, std::less<>> seconds_;  // by operation
};

}  // namespace fickle
