// While it is open, new connections are reset as they arrive. Real time: what holds a connection moves no virtual clock.
// Thread-safety: any thread.
#pragma once

#include <atomic>
#include <chrono>

#include "emulator/core/units.hh"

namespace fickle {

class RefusalWindow {
 public:
  // A window that is open already is only ever prolonged.
  void open_for(Duration duration) {
    const std::int64_t until = now() + duration.count();
    std::int64_t current = until_.load();
    while (current < until && !until_.compare_exchange_weak(current, until)) {}
  }
  [[nodiscard]] bool is_open() const { return now() < until_.load(); }

 private:
  static std::int64_t now() {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
  std::atomic<std::int64_t> until_{0};  // steady nanoseconds
};

}  // namespace fickle
