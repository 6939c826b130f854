#include "emulator/core/distribution.hh"

#include <algorithm>
#include <array>
#include <cmath>

namespace fickle {
namespace {

// A duration as a double, in nanoseconds; samples are capped at 100 years so that adding one to an instant cannot overflow.
constexpr double kLongest = 100.0 * 365.25 * 86400e9;
constexpr double kTail = 1e-4;  // draws are taken to lie between these percentiles of an unbounded distribution

Duration from_nanoseconds(double value) {
  return Duration(static_cast<Duration::rep>(std::clamp(value, 0.0, kLongest)));
}

double nanoseconds(Duration duration) {
  return static_cast<double>(duration.count());
}

double polynomial(const double* coefficients, std::size_t count, double x) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum = sum * x + coefficients[i];
  return sum;
}

// The inverse of the standard normal distribution function, |relative error| < 1.15e-9.
// Source: P. J. Acklam's rational approximation (2003).
double standard_normal(double draw) {
  constexpr std::array kCentreTop{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                                  1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr std::array kCentreBottom{-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                                     6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
  constexpr std::array kTailTop{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                                -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr std::array kTailBottom{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                                   3.754408661907416e+00, 1.0};
  constexpr double kTailStarts = 0.02425;
  const double p = std::clamp(draw, kTail, 1 - kTail);
  if (p >= kTailStarts && p <= 1 - kTailStarts) {
    const double q = p - 0.5;
    const double r = q * q;
    return q * polynomial(kCentreTop.data(), kCentreTop.size(), r) /
           polynomial(kCentreBottom.data(), kCentreBottom.size(), r);
  }
  const bool left = p < 0.5;
  const double q = std::sqrt(-2 * std::log(left ? p : 1 - p));
  const double z =
      polynomial(kTailTop.data(), kTailTop.size(), q) / polynomial(kTailBottom.data(), kTailBottom.size(), q);
  return left ? z : -z;
}

struct Sampler {
  double draw;

  Duration operator()(const FixedDuration& fixed) const { return std::max(fixed.value, Duration(0)); }
  Duration operator()(const UniformDuration& uniform) const {
    const double low = nanoseconds(uniform.low);
    return from_nanoseconds(low + draw * (nanoseconds(uniform.high) - low));
  }
  Duration operator()(const NormalDuration& normal) const {
    return from_nanoseconds(nanoseconds(normal.mean) + nanoseconds(normal.stddev) * standard_normal(draw));
  }
  Duration operator()(const LognormalDuration& lognormal) const {
    return from_nanoseconds(nanoseconds(lognormal.median) * std::exp(lognormal.sigma * standard_normal(draw)));
  }
};

}  // namespace

Duration sample(const Distribution& distribution, double draw) {
  return std::visit(Sampler{draw}, distribution);
}

Duration largest(const Distribution& distribution) {
  return sample(distribution, 1.0);
}

}  // namespace fickle
