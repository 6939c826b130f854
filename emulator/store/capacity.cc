#include "emulator/store/capacity.hh"

#include <chrono>

#include <algorithm>

namespace fickle {

double TokenBucket::level(double rate, Duration burst, Instant now) {
  const auto seconds = [](Duration span) { return std::chrono::duration<double>(span).count(); };
  const double most = rate * std::max(seconds(burst), 1.0);
  if (!filled_at_) {
    level_ = most;  // a bucket starts full
  } else if (now > *filled_at_) {
    level_ += rate * seconds(now - *filled_at_);
  }
  level_ = std::min(level_, most);
  filled_at_ = now;  // a clock set back takes nothing away and gives nothing twice
  return level_;
}

void CapacityMeter::note_use(bool is_read, double cost, Instant now) {
  Window& window = is_read ? read_window_ : write_window_;
  double& peak = is_read ? peak_read : peak_write;
  if (now < window.start || now - window.start >= std::chrono::seconds(1)) {
    if (window.used > peak) peak = window.used;
    window = {now, 0};
  }
  window.used += cost;
}

}  // namespace fickle
