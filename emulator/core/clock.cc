#include "emulator/core/clock.hh"

namespace fickle {
namespace {

// Moving the clock stops here (2200-01-01), far enough from the end of Instant that ages, lags and windows cannot overflow.
constexpr Instant kLatest = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Instant VirtualClock::now() const {
  return frozen_ ? frozen_at_ : source_.now() + offset_;
}

Duration VirtualClock::offset() const {
  return frozen_ ? frozen_at_ - source_.now() : offset_;
}

void VirtualClock::advance(Duration by) {
  if (now() > kLatest - by) {
    set(kLatest);
  } else if (frozen_) {
    frozen_at_ += by;
  } else {
    offset_ += by;
  }
}

void VirtualClock::set(Instant to) {
  if (frozen_) {
    frozen_at_ = to;
  } else {
    offset_ = to - source_.now();
  }
}

void VirtualClock::freeze() {
  if (frozen_) return;
  frozen_at_ = now();
  frozen_ = true;
}

void VirtualClock::resume() {
  if (!frozen_) return;
  offset_ = frozen_at_ - source_.now();
  frozen_ = false;
}

void VirtualClock::restore(const State& state) {
  offset_ = state.offset;
  frozen_ = state.frozen;
  frozen_at_ = state.frozen_at;
}

}  // namespace fickle
