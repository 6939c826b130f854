// Virtual time beside a source that the test moves by hand.
#include "emulator/core/clock.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class HandClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void tick(Duration by) { now_ += by; }

 private:
  Instant now_ = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
};

TEST_CASE("A virtual clock runs with its source until moved") {
  HandClock source;
  VirtualClock clock(source);
  source.tick(seconds(5));
  CHECK(clock.now() == source.now());
  clock.advance(hours(1));
  CHECK(clock.offset() == hours(1));
  source.tick(seconds(5));
  CHECK(clock.now() == source.now() + hours(1));
  clock.set(source.now() - hours(2));
  CHECK(clock.offset() == -hours(2));
}

TEST_CASE("A frozen clock stands still, can be moved, and goes on from where it stands") {
  HandClock source;
  VirtualClock clock(source);
  clock.freeze();
  const Instant frozen = clock.now();
  source.tick(hours(3));
  CHECK(clock.frozen());
  CHECK(clock.now() == frozen);
  CHECK(clock.offset() == -hours(3));
  clock.advance(seconds(7));
  CHECK(clock.now() == frozen + seconds(7));
  clock.freeze();
  CHECK(clock.now() == frozen + seconds(7));
  clock.resume();
  source.tick(seconds(1));
  CHECK(clock.now() == frozen + seconds(8));
}

TEST_CASE("A clock's state can be taken and restored") {
  HandClock source;
  VirtualClock clock(source);
  clock.advance(hours(1));
  const auto running = clock.state();
  clock.freeze();
  const auto frozen = clock.state();
  const Instant frozen_at = clock.now();
  clock.restore(running);
  source.tick(hours(1));
  CHECK(clock.now() == source.now() + hours(1));
  clock.restore(frozen);
  CHECK(clock.now() == frozen_at);
}

TEST_CASE("A clock moved on again and again stops at the end of its world instead of overflowing") {
  HandClock source;
  VirtualClock clock(source);
  for (int i = 0; i < 10; ++i) clock.advance(Duration::max());
  const Instant end = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};
  CHECK(clock.now() == end);
  clock.freeze();
  clock.advance(Duration::max());
  CHECK(clock.now() == end);
}

TEST_CASE("The system clock tells this century") {
  CHECK(SystemClock().now() > Instant(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}));
}

}  // namespace
}  // namespace fickle
