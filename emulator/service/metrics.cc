#include "emulator/service/metrics.hh"

#include <cstdio>

namespace fickle {

namespace {

constexpr std::array<double, 12> kBounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

std::string label(const std::string& value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    out += c;
  }
  return out;
}

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return text.data();
}

}  // namespace

void Metrics::count_request(std::string_view universe, std::string_view operation, int status, std::string_view error,
                            Duration latency) {
  const double seconds = std::chrono::duration<double>(latency).count();
  const std::lock_guard lock(mutex_);
  auto count = requests_.find(RequestKey<std::string_view>(universe, operation, status, error));
  if (count == requests_.end()) {
    const RequestKey<std::string> key(universe, operation, status, error);
    count = requests_.emplace(key, 0).first;
  }
  ++count->second;
  auto timed = seconds_.find(operation);
  if (timed == seconds_.end()) timed = seconds_.emplace(operation, Histogram{}).first;
  Histogram& histogram = timed->second;
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  ++histogram.counts[bucket];
  histogram.sum += seconds;
}

void Metrics::count_fired(const std::string& universe, const std::string& rule) {
  const std::lock_guard lock(mutex_);
  ++fired_[{universe, rule}];
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out =
      "# HELP fickledb_requests_total DynamoDB requests answered.\n# TYPE fickledb_requests_total counter\n";
  for (const auto& [key, count] : requests_) {
    const auto& [universe, operation, status, error] = key;
    out += "fickledb_requests_total{universe=\"" + label(universe) + "\",operation=\"" + label(operation) +
           "\",status=\"" + std::to_string(status) + "\",error=\"" + label(error) + "\"} " + std::to_string(count) +
           "\n";
  }
  out += "# HELP fickledb_fault_fired_total Fault rules fired.\n# TYPE fickledb_fault_fired_total counter\n";
  for (const auto& [key, count] : fired_) {
    out += "fickledb_fault_fired_total{universe=\"" + label(key.first) + "\",rule=\"" + label(key.second) + "\"} " +
           std::to_string(count) + "\n";
  }
  out += "# HELP fickledb_request_seconds Time from request to answer.\n# TYPE fickledb_request_seconds histogram\n";
  for (const auto& [operation, histogram] : seconds_) {
    const std::string base = "fickledb_request_seconds_";
    const std::string tag = "operation=\"" + label(operation) + "\"";
    std::uint64_t running = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      running += histogram.counts[i];
      out += base + "bucket{" + tag + ",le=\"" + number(kBounds[i]) + "\"} " + std::to_string(running) + "\n";
    }
    running += histogram.counts[kBuckets];
    out += base + "bucket{" + tag + ",le=\"+Inf\"} " + std::to_string(running) + "\n";
    out += base + "sum{" + tag + "} " + number(histogram.sum) + "\n";
    out += base + "count{" + tag + "} " + std::to_string(running) + "\n";
  }
  return out;
}

}  // namespace fickle
