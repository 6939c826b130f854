#include "emulator/store/throughput.hh"

namespace fickle {

std::int64_t decreases_on_day_of(const Throughput& throughput, Instant at) {
  using std::chrono::days;
  using std::chrono::floor;
  const bool same_day = throughput.last_decrease && floor<days>(*throughput.last_decrease) == floor<days>(at);
  return same_day ? throughput.decreases_today : 0;
}

}  // namespace fickle
