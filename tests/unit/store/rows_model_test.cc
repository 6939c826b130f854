// Rows against a model that keeps everything: random puts, deletions, reads at past moments, scans, seals.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

#include "emulator/store/rows.hh"
#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

constexpr Instant kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
constexpr int kLag = 20;  // history kept, in seconds

struct Model {
  std::map<std::string, std::vector<RowVersion>> chains;  // everything ever committed; sealed content at Instant::min()

  ItemPtr find(const std::string& key, Instant as_of) const {
    const auto chain = chains.find(key);
    if (chain == chains.end()) return nullptr;
    ItemPtr found;
    for (const RowVersion& version : chain->second) {
      if (version.at <= as_of) found = version.item;
    }
    return found;
  }
  std::vector<std::pair<std::string, ItemPtr>> scan(const std::string& low, const std::string& high,
                                                    Direction direction, Instant as_of) const {
    std::vector<std::pair<std::string, ItemPtr>> rows;
    for (const auto& [key, chain] : chains) {
      if (key < low || (!high.empty() && key >= high)) continue;
      if (ItemPtr found = find(key, as_of)) rows.emplace_back(key, std::move(found));
    }
    if (direction == Direction::backward) std::reverse(rows.begin(), rows.end());
    return rows;
  }
  void seal() {
    for (auto& [key, chain] : chains) chain = {{Instant::min(), chain.back().item}};
  }
};

void run(std::uint64_t seed, int lag) {
  INFO("seed " << seed << ", lag " << lag);
  std::mt19937_64 random(seed);
  const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto any_key = [&below] {
    return std::string(1, static_cast<char>('a' + below(3))) + std::to_string(below(30));
  };
  Rows rows;
  Model model;
  Instant now = kStart;
  for (int step = 0; step < 3000; ++step) {
    now += std::chrono::seconds(below(3));
    const int what = below(100);
    if (what < 50) {
      const std::string key = any_key();
      ItemPtr value = below(3) == 0 ? nullptr : item({{"step", whole(step)}});
      if (!value && !rows.find(key)) continue;
      rows.put(key, value, now, now - std::chrono::seconds(lag), 0);
      model.chains[key].push_back({now, value});
    } else if (what < 52) {
      rows.reset_to(rows.seal());
      model.seal();
    } else {
      const Instant as_of = lag == 0 || below(2) == 0 ? Instant::max() : now - std::chrono::seconds(below(lag));
      const std::string key = any_key();
      REQUIRE(rows.find(key, {as_of}) == model.find(key, as_of));
      const std::string low = below(4) == 0 ? "" : any_key();
      const std::string high = below(4) == 0 ? "" : any_key();
      const Direction direction = below(2) == 0 ? Direction::forward : Direction::backward;
      std::vector<std::pair<std::string, ItemPtr>> found;
      rows.scan(low, high, direction, {as_of}, [&found](const RowKey& row_key, const ItemPtr& value) {
        found.emplace_back(row_key, value);
        return true;
      });
      REQUIRE(found == model.scan(low, high, direction, as_of));
    }
  }
}

TEST_CASE("Rows read like a log of everything, as far back as the lag goes") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    run(seed, 0);
    run(seed, kLag);
  }
}

}  // namespace
}  // namespace fickle
