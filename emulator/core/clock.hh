// Time comes only through a Clock. SystemClock is the machine's; a VirtualClock runs beside another clock and can be frozen, set
// and moved on. Thread-safety: SystemClock is stateless; VirtualClock is guarded by whoever owns it (the universe's mutex).
// Source of the operations' meaning: control API, `POST /clock`.
#pragma once

#include "emulator/core/units.hh"

namespace fickle {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

// Invariants: while running, now() = source.now() + offset; while frozen, now() is constant until moved.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(const Clock& source) : source_(source) {}

  [[nodiscard]] Instant now() const override;
  [[nodiscard]] bool frozen() const { return frozen_; }
  // now() minus the source's time: what an `offsetSeconds` shows.
  [[nodiscard]] Duration offset() const;

  void advance(Duration by);  // by >= 0
  void set(Instant to);       // may go back
  void freeze();
  void resume();  // goes on from where it stands

  // A copyable picture, so that reset and snapshots can restore it.
  struct State {
    Duration offset{0};
    bool frozen = false;
    Instant frozen_at{};
  };
  [[nodiscard]] State state() const { return {offset_, frozen_, frozen_at_}; }
  void restore(const State& state);

 private:
  const Clock& source_;
  Duration offset_{0};
  bool frozen_ = false;
  Instant frozen_at_{};
};

}  // namespace fickle
