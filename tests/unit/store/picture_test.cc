// Baselines, resets, snapshots and forks.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Seeded : World {
  Seeded() {
    store::enable_time_to_live(universe, table(), "expires");
    store::load(universe, table(), {action("ada", 1), action("ada", 2), action("bob", 1)});
    seal_baseline(universe);
    keep_clock_in_baseline(universe);
    keep_models_in_baseline(universe);
  }
};

TEST_CASE_METHOD(Seeded, "A reset gives back tables, items, counters, clock, models and draws") {
  const std::uint64_t first_draw = universe.dice.bits("tables");
  universe.dice = universe.baseline_dice;
  commit({put(action("eve", 9)), remove(action("ada", 1))});
  store::drop_table(universe, "actions");
  universe.tables.emplace("other", actions_table("other"));
  universe.clock.advance(hours(5));
  universe.models.ttl_sweep = hours(1);
  universe.registers["backups"]["one"] = 1;
  universe.tokens["t"] = {};
  reset_to_baseline(universe);
  run_due(universe);
  CHECK(universe.tables.size() == 1);
  CHECK(table().item_count == 3);
  CHECK(all(table().rows).size() == 3);
  CHECK(all(index("by-page").rows).size() == 3);
  CHECK(now() == source.now());
  CHECK(universe.models.ttl_sweep == seconds(1));
  CHECK(universe.registers.empty());
  CHECK(universe.tokens.empty());
  CHECK(universe.orphan_streams.empty());
  CHECK(universe.dice.bits("tables") == first_draw);
}

TEST_CASE_METHOD(Seeded, "A reset can keep clock and models") {
  universe.clock.advance(hours(5));
  universe.models.ttl_sweep = hours(1);
  reset_to_baseline(universe, {.clock = true, .models = true});
  CHECK(now() == source.now() + hours(5));
  CHECK(universe.models.ttl_sweep == hours(1));
}

TEST_CASE_METHOD(Seeded, "A baseline clock that was set starts there again") {
  universe.clock.set(source.now() + hours(24));
  keep_clock_in_baseline(universe);
  const Instant start = now();
  source.tick(hours(1));
  reset_to_baseline(universe);
  CHECK(now() == start);
  source.tick(hours(1));
  CHECK(now() == start + hours(1));
}

TEST_CASE_METHOD(Seeded, "Forks share the baseline and nothing else") {
  const auto left = fork_universe(universe, "left", source);
  const auto right = fork_universe(universe, "right", source);
  Table& left_table = *left->find_table("actions");
  CHECK(left_table.rows.baseline() == right->find_table("actions")->rows.baseline());
  const std::vector<store::Write> writes{{&left_table, *row_key_of(left_table.schema.key, *action("ada", 1)), nullptr}};
  store::commit(*left, writes);
  left->clock.advance(hours(1));
  CHECK(left_table.item_count == 2);
  CHECK(right->find_table("actions")->item_count == 3);
  CHECK(table().item_count == 3);
  CHECK(right->clock.now() == source.now());
  CHECK(left->dice.bits("x") != right->dice.bits("x"));
  reset_to_baseline(*left);
  CHECK(left->find_table("actions")->item_count == 3);
}

TEST_CASE_METHOD(Seeded, "A snapshot keeps items, streams and settings, and can be gone back to again and again") {
  store::enable_stream(universe, table(), StreamView::new_image);
  table().settings.tags["team"] = "widgets";
  commit({put(action("eve", 9))});
  universe.snapshots["before"] = take_picture(universe);
  for (int round = 0; round < 2; ++round) {
    commit({put(action("eve", 10)), remove(action("ada", 1))});
    table().settings.tags.clear();
    CHECK(table().stream->shards[0].records.size() == 3);
    restore_picture(universe, universe.snapshots["before"]);
    CHECK(table().item_count == 4);
    CHECK(table().settings.tags.at("team") == "widgets");
    REQUIRE(table().stream->shards[0].records.size() == 1);
    CHECK(*table().stream->shards[0].records.front().keys.find("visitor") == text("eve"));
  }
  reset_to_baseline(universe);
  CHECK_FALSE(table().stream);
  CHECK(universe.snapshots.contains("before"));
}

TEST_CASE_METHOD(Seeded, "Back to nothing: no tables") {
  restore_picture(universe, nullptr);
  CHECK(universe.tables.empty());
}

TEST_CASE_METHOD(Seeded, "A document loaded later joins the baseline; what tests wrote does not") {
  commit({put(action("eve", 9))});
  const auto scratch = fork_universe(universe, universe.name, source);
  store::load(*scratch, *scratch->find_table("actions"), {action("zoe", 1)});
  seal_baseline(*scratch);
  adopt_baseline(universe, *scratch);
  store::load(universe, table(), {action("zoe", 1)});
  CHECK(table().item_count == 5);
  reset_to_baseline(universe);
  CHECK(table().item_count == 4);
  CHECK(get(action("zoe", 1)));
  CHECK_FALSE(get(action("eve", 9)));
}

TEST_CASE_METHOD(Seeded, "Truncation empties a table and its indexes, a reset fills them again") {
  store::truncate(universe, table());
  CHECK(table().item_count == 0);
  CHECK(all(index("by-page").rows).empty());
  reset_to_baseline(universe);
  CHECK(all(index("by-page").rows).size() == 3);
}

TEST_CASE("With 100,000 seeded items a reset after 100 writes and a new universe are a matter of moments") {
  World world;
  store::enable_time_to_live(world.universe, world.table(), "expires");
  std::vector<ItemPtr> items;
  for (int n = 0; n < 100'000; ++n) {
    items.push_back(item({{"visitor", text("visitor#" + std::to_string(n % 5000))},
                          {"at", whole(n)},
                          {"page", text("/" + std::to_string(n % 100))},
                          {"expires", seconds_of(world.now() + hours(1 + n % 1000))}}));
  }
  store::load(world.universe, world.table(), std::move(items));
  seal_baseline(world.universe);
  using Wall = std::chrono::steady_clock;
  Duration reset{0};
  Duration fork{0};
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    for (int n = 0; n < 100; ++n) world.commit({world.put(action("visitor#1", 1'000'000 + n))});
    const auto start = Wall::now();
    reset_to_baseline(world.universe);
    const auto middle = Wall::now();
    const auto born = fork_universe(world.universe, "worker-" + std::to_string(round), world.source);
    fork += Wall::now() - middle;
    reset += middle - start;
    CHECK(born->find_table("actions")->item_count == 100'000);
    CHECK(world.table().item_count == 100'000);
  }
  // Generous: debug builds and sanitizers on a busy machine. tests/bench/reset_bench.cc measures 1 ms and 5 ms.
  CHECK(reset / kRounds < std::chrono::milliseconds(50));
  CHECK(fork / kRounds < std::chrono::milliseconds(50));
}

}  // namespace
}  // namespace fickle
