// Distributions: a sample is a pure function of a draw.
#include "emulator/core/distribution.hh"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

namespace fickle {
namespace {

using namespace std::chrono_literals;

double milliseconds(Duration duration) {
  return static_cast<double>(duration.count()) / 1e6;
}

TEST_CASE("A fixed duration is always itself") {
  CHECK(sample(FixedDuration{20ms}, 0.1) == 20ms);
  CHECK(largest(FixedDuration{20ms}) == 20ms);
  CHECK(sample(FixedDuration{}, 0.9) == 0ms);
}

TEST_CASE("A uniform duration runs from low to high") {
  const Distribution uniform = UniformDuration{10ms, 80ms};
  CHECK(sample(uniform, 0) == 10ms);
  CHECK(sample(uniform, 0.5) == 45ms);
  CHECK(largest(uniform) == 80ms);
}

TEST_CASE("A normal duration has its mean in the middle, its deviations where they belong and is never negative") {
  const Distribution normal = NormalDuration{20ms, 5ms};
  CHECK(std::abs(milliseconds(sample(normal, 0.5)) - 20) < 1e-6);
  CHECK(std::abs(milliseconds(sample(normal, 0.841344746)) - 25) < 1e-5);
  CHECK(std::abs(milliseconds(sample(normal, 0.022750132)) - 10) < 1e-5);
  CHECK(sample(NormalDuration{1ms, 10ms}, 0.01) == 0ms);
  CHECK(std::abs(milliseconds(largest(normal)) - (20 + 5 * 3.719016)) < 1e-4);
}

TEST_CASE("A lognormal duration has its median in the middle") {
  const Distribution lognormal = LognormalDuration{20ms, 0.4};
  CHECK(std::abs(milliseconds(sample(lognormal, 0.5)) - 20) < 1e-6);
  CHECK(std::abs(milliseconds(sample(lognormal, 0.841344746)) - 20 * std::exp(0.4)) < 1e-5);
  CHECK(largest(LognormalDuration{1h, 1000}) < 101 * 366 * 24h);
}

TEST_CASE("Samples grow with the draw and never pass the largest") {
  for (const Distribution& distribution :
       {Distribution(UniformDuration{10ms, 80ms}), Distribution(NormalDuration{20ms, 5ms}),
        Distribution(LognormalDuration{20ms, 0.4})}) {
    Duration last = 0ms;
    for (int i = 0; i < 100'000; ++i) {
      const Duration next = sample(distribution, i / 100'000.0);
      REQUIRE(next >= last);
      REQUIRE(next <= largest(distribution));
      last = next;
    }
  }
}

}  // namespace
}  // namespace fickle
