// A distribution of durations: fixed, uniform, normal or lognormal; never below 0. Grammar: control API, "Conventions".
// A sample is a pure function of a draw in [0, 1), so that replayed draws give replayed durations.
#pragma once

#include <variant>

#include "emulator/core/units.hh"

namespace fickle {

struct FixedDuration {
  Duration value{0};
};
struct UniformDuration {
  Duration low{0}, high{0};
};
struct NormalDuration {
  Duration mean{0}, stddev{0};
};
struct LognormalDuration {
  Duration median{0};
  double sigma = 0;
};
using Distribution = std::variant<FixedDuration, UniformDuration, NormalDuration, LognormalDuration>;

[[nodiscard]] Duration sample(const Distribution& distribution, double draw);
// The largest value a sample can take (normal and lognormal: their 99.99th percentile): bounds the history kept for lags.
[[nodiscard]] Duration largest(const Distribution& distribution);

}  // namespace fickle
