// How long loading, resetting, forking and reading take with 100,000 and 1,000,000 seeded items. Not part of the tests:
//   cmake --build --preset release --target fickle_reset_bench && build/release/tests/fickle_reset_bench
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

// Processor time of this program: other programs on the machine do not count.
class Stopwatch {
 public:
  [[nodiscard]] double microseconds() const {
    return static_cast<double>(std::clock() - start_) * 1e6 / CLOCKS_PER_SEC;
  }

 private:
  std::clock_t start_ = std::clock();
};

double median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return samples[samples.size() / 2];
}

std::vector<ItemPtr> actions(int count, Instant now) {
  std::vector<ItemPtr> items;
  items.reserve(static_cast<std::size_t>(count));
  for (int n = 0; n < count; ++n) {
    items.push_back(item({{"visitor", text("visitor#" + std::to_string(n % (count / 20)))},
                          {"at", whole(n)},
                          {"page", text("/page/" + std::to_string(n % 100))},
                          {"campaign", text("campaign-" + std::to_string(n % 7))},
                          {"expires", seconds_of(now + std::chrono::hours(1 + n % 1000))}}));
  }
  return items;
}

void measure(int count) {
  constexpr int kRounds = 51;
  World world;
  store::enable_time_to_live(world.universe, world.table(), "expires");
  std::vector<ItemPtr> items = actions(count, world.now());
  const ItemPtr some = items[items.size() / 3];
  const Stopwatch loading;
  store::load(world.universe, world.table(), std::move(items));
  seal_baseline(world.universe);
  std::printf("%d items, 3 indexes, TTL: load %.0f ms", count, loading.microseconds() / 1000);
  const Stopwatch picturing;
  world.universe.snapshots["unchanged"] = take_picture(world.universe);
  std::printf(", picture unchanged %.3f ms", picturing.microseconds() / 1000);

  std::vector<double> resets;
  std::vector<double> forks;
  for (int round = 0; round < kRounds; ++round) {
    for (int n = 0; n < 100; ++n) world.commit({world.put(action("visitor#1", 100'000'000 + n))});
    const Stopwatch resetting;
    reset_to_baseline(world.universe);
    resets.push_back(resetting.microseconds());
    const Stopwatch forking;
    const auto born = fork_universe(world.universe, "worker-" + std::to_string(round), world.source);
    forks.push_back(forking.microseconds());
  }
  std::printf(", reset after 100 writes %.3f ms, new universe %.3f ms\n", median(resets) / 1000, median(forks) / 1000);

  constexpr int kCalls = 200'000;
  std::vector<RowKey> keys;
  for (int n = 0; n < kCalls; ++n) {
    const int at = static_cast<int>(static_cast<long long>(n) * 7919 % count);
    keys.push_back(*row_key_of(world.table().schema.key, *action("visitor#" + std::to_string(at % (count / 20)), at)));
  }
  std::size_t found = 0;
  const Stopwatch finding;
  for (const RowKey& key : keys) found += world.table().rows.find(key) ? 1U : 0U;
  std::printf("  find in the baseline %.3f us (%zu found)", finding.microseconds() / kCalls, found);
  const Stopwatch idling;
  for (int n = 0; n < kCalls; ++n) run_due(world.universe);
  std::printf(", run_due with nothing due %.3f us", idling.microseconds() / kCalls);
  const Stopwatch writing;
  for (int n = 0; n < kCalls; ++n) world.commit({world.put(action("visitor#2", n))});
  std::printf(", commit (2 indexes) %.3f us", writing.microseconds() / kCalls);
  const Stopwatch refinding;
  for (const RowKey& key : keys) found += world.table().rows.find(key) ? 1U : 0U;
  std::printf(", find with %d changed %.3f us", kCalls, refinding.microseconds() / kCalls);
  const Stopwatch scanning;
  std::size_t scanned = 0;
  world.table().rows.scan({}, {}, Direction::forward, {}, [&scanned](const RowKey&, const ItemPtr&) {
    ++scanned;
    return true;
  });
  std::printf(", scan %.3f us per item\n", scanning.microseconds() / static_cast<double>(scanned));
  const Stopwatch sweeping;
  world.advance(std::chrono::hours(2000));
  std::printf("  sweep of everything %.0f ms, left %lld\n", sweeping.microseconds() / 1000,
              static_cast<long long>(world.table().item_count));
}

}  // namespace
}  // namespace fickle

int main() {
  for (const int count : {100'000, 1'000'000}) fickle::measure(count);
}
