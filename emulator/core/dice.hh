// Keyed dice: a draw is a hash of (seed, universe, source, n-th draw of that source, purpose), not the next of a sequence, so that one
// rule or thread more never shifts another's draws. Draws can be recorded and replayed (`GET`, `PUT /decisions`).
// Thread-safety: guarded by the owner (one Dice per universe, under the universe's mutex).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fickle {

// The pure draw: 64 uniformly distributed bits for a key.
[[nodiscard]] std::uint64_t keyed_draw(std::uint64_t seed, std::string_view universe, std::string_view source,
                                       std::uint64_t nth, std::string_view purpose);

// One recorded draw; `value` in [0, 1).
struct Decision {
  std::string source;
  std::uint64_t n = 0;
  std::string purpose;
  double value = 0;
};

class Dice {
 public:
  Dice(std::uint64_t seed, std::string universe) : seed_(seed), universe_(std::move(universe)) {}

  // The next draw of `source` (a rule or model name) for `purpose`, in [0, 1). Counted per (source, purpose), recorded, scripted
  // values first. Only faults and models use this: it is what a replay replays.
  [[nodiscard]] double draw(std::string_view source, std::string_view purpose);

  // The next 64 bits of `source` for ids (request, table, iterator): counted per source, not recorded.
  [[nodiscard]] std::uint64_t bits(std::string_view source);

  // Uppercase base-32-like text of `length` characters for ids, from bits(source).
  [[nodiscard]] std::string text(std::string_view source, std::size_t length);

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const std::deque<Decision>& decisions() const { return decisions_; }  // the newest 100,000
  void rewind();                                     // as just after construction, script dropped
  void follow(const std::vector<Decision>& script);  // rewinds, then the script answers first

 private:
  std::uint64_t seed_;
  std::string universe_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  std::map<std::string, double, std::less<>> script_;  // "source\0purpose\0n" -> value
  std::deque<Decision> decisions_;
};

}  // namespace fickle
