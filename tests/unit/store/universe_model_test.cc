// A universe under random writes, lags, expiries, advances, resets and forks: after every step, rows, indexes, counters, expiries and
// stream must agree with each other and with a plain map.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

#include "emulator/value/item_size.hh"
#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::seconds;
using Content = std::map<RowKey, ItemPtr>;

Content content_of(const Rows& rows, ReadView view = {}) {
  Content content;
  rows.scan({}, {}, Direction::forward, view, [&content](const RowKey& key, const ItemPtr& found) {
    content.emplace(key, found);
    return true;
  });
  return content;
}

Content entries_of(const Table& table, const Index& index, const Content& items) {
  Content entries;
  for (const auto& [key, found] : items) {
    if (auto entry = index_row_key_of(index.schema, table.schema, *found)) entries.emplace(std::move(*entry), found);
  }
  return entries;
}

void check_counters(std::int64_t count, Bytes size, const Content& content,
                    const std::function<Bytes(const Item&)>& size_of_one) {
  Bytes sum;
  for (const auto& [key, found] : content) sum += size_of_one(*found);
  REQUIRE(static_cast<std::size_t>(count) == content.size());
  REQUIRE(size == sum);
}

// Rows, indexes, counters, expiries.
void check_table(const Table& table, const Content& expected, bool indexes_settled, Instant now) {
  REQUIRE(content_of(table.rows) == expected);
  check_counters(table.item_count, table.size, expected, [](const Item& one) { return size_of(one); });
  for (const Index& index : table.indexes) {
    const Content entries = entries_of(table, index, expected);
    REQUIRE(content_of(index.rows) == entries);
    if (indexes_settled) REQUIRE(content_of(index.rows, {now}) == entries);
    check_counters(index.item_count, index.size, entries,
                   [&](const Item& one) { return projected_size(index.schema, table.schema, one); });
  }
  std::size_t expiring = 0;
  for (const auto& [key, found] : expected) expiring += expiry_of(table, *found) ? 1U : 0U;
  const SealedExpiriesPtr expiries = table.expiries.seal();
  REQUIRE((expiries ? expiries->size() : 0) == expiring);
}

// The stream, replayed over `start`, gives the table.
void check_stream(const Table& table, Content replayed) {
  Content expected = content_of(table.rows);
  for (const StreamShard& shard : table.stream->shards) {
    for (const StreamRecord& record : shard.records) {
      const RowKey key = *row_key_of(table.schema.key, record.keys);
      const auto there = replayed.find(key);
      REQUIRE((there == replayed.end() ? nullptr : there->second) == record.before);
      if (record.after) {
        replayed[key] = record.after;
      } else {
        replayed.erase(key);
      }
    }
  }
  REQUIRE(replayed == expected);
}

struct Run : World {
  explicit Run(std::uint64_t seed) : random(seed) {
    universe.clock.freeze();
    store::enable_time_to_live(universe, table(), "expires");
    store::enable_stream(universe, table(), StreamView::new_and_old_images);
    std::vector<ItemPtr> items;
    for (int n = 0; n < 40; ++n) items.push_back(any_item());
    store::load(universe, table(), items);
    seal_baseline(universe);
    keep_clock_in_baseline(universe);
    sealed = model = content_of(table().rows);
  }

  int below(int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

  ItemPtr any_item() {
    std::vector<Attribute> attributes{
        {"visitor", text("v" + std::to_string(below(6)))}, {"at", whole(below(6))}, {"n", whole(below(9))}};
    if (below(3) > 0) attributes.push_back({"page", text("/" + std::to_string(below(4)))});
    if (below(3) == 0) attributes.push_back({"campaign", text("c" + std::to_string(below(2)))});
    if (below(4) == 0) attributes.push_back({"weight", whole(below(3))});
    if (below(3) == 0) attributes.push_back({"expires", seconds_of(now() + seconds(1 + below(50)))});
    return std::make_shared<const Item>(Item::from(std::move(attributes)));
  }

  void write() {
    std::vector<store::Write> writes;
    for (int n = 1 + below(4); n > 0; --n) {
      const ItemPtr one = any_item();
      writes.push_back(below(3) == 0 ? remove(one) : put(one));
      const RowKey& key = writes.back().key;
      if (!writes.back().after) {
        model.erase(key);
      } else if (const auto there = model.find(key); there == model.end() || *there->second != *one) {
        model[key] = one;  // an equal item stays the one it was
      }
    }
    commit(std::move(writes));
  }

  void pass_time() {
    advance(seconds(below(10)));
    std::erase_if(model, [this](const auto& entry) {
      const auto due = expiry_of(table(), *entry.second);
      return due && *due <= now();
    });
  }

  void step() {
    const int what = below(100);
    if (what < 60) {
      write();
    } else if (what < 85) {
      pass_time();
    } else if (what < 90) {
      universe.models.index_lag =
          below(2) == 0 ? std::optional<Distribution>(UniformDuration{seconds(0), seconds(9)}) : std::nullopt;
      universe.models.reads = below(2) == 0 ? std::optional(ReadLagModel{FixedDuration{seconds(5)}}) : std::nullopt;
      universe.models.history_versions = below(3);
    } else if (what < 93) {
      reset_to_baseline(universe);
      run_due(universe);
      model = sealed;
    } else if (what < 96) {
      const PicturePtr picture = take_picture(universe);
      const Content then = model;
      write();
      restore_picture(universe, picture);
      run_due(universe);
      model = then;
    } else {
      const auto other = fork_universe(universe, "other", source);
      run_due(*other);
      check_table(*other->find_table("actions"), sealed, true, other->clock.now());
    }
  }

  std::mt19937_64 random;
  Content model, sealed;
};

TEST_CASE("Whatever happens, rows, indexes, counters, expiries and stream agree") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    INFO("seed " << seed);
    Run run(seed);
    for (int step = 0; step < 400; ++step) {
      INFO("step " << step);
      run.step();
      // A lag of at most 9 s, and the clock stands: entries may be due later than now while it is on.
      check_table(run.table(), run.model, false, run.now());
      check_stream(run.table(), run.sealed);
    }
    run.universe.models.index_lag.reset();
    run.advance(seconds(100));
    check_table(run.table(), content_of(run.table().rows), true, run.now());
  }
}

}  // namespace
}  // namespace fickle
