// Bulk loading and backfill end in the same state as writing item by item.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

std::vector<std::pair<RowKey, ItemPtr>> content(const Rows& rows) {
  std::vector<std::pair<RowKey, ItemPtr>> pairs;
  rows.scan({}, {}, Direction::forward, {}, [&pairs](const RowKey& key, const ItemPtr& found) {
    pairs.emplace_back(key, found);
    return true;
  });
  return pairs;
}

void check_same(const Table& a, const Table& b) {
  CHECK(a.item_count == b.item_count);
  CHECK(a.size == b.size);
  CHECK(content(a.rows) == content(b.rows));
  const SealedExpiries none;
  const SealedExpiriesPtr a_expiries = a.expiries.seal();
  const SealedExpiriesPtr b_expiries = b.expiries.seal();
  CHECK((a_expiries ? *a_expiries : none) == (b_expiries ? *b_expiries : none));
  for (std::size_t i = 0; i < a.indexes.size(); ++i) {
    CHECK(a.indexes[i].item_count == b.indexes[i].item_count);
    CHECK(a.indexes[i].size == b.indexes[i].size);
    CHECK(content(a.indexes[i].rows) == content(b.indexes[i].rows));
  }
}

TEST_CASE("Loading in bulk, in parts and over existing items equals committing one by one") {
  std::mt19937_64 random(3);
  World bulk;
  World single;
  for (World* world : {&bulk, &single}) store::enable_time_to_live(world->universe, world->table(), "expires");
  for (const int count : {200, 1, 150, 3, 400}) {  // small parts go through the overlay
    std::vector<ItemPtr> items;
    for (int n = 0; n < count; ++n) {
      std::vector<Attribute> attributes{{"visitor", text("v" + std::to_string(random() % 20))},
                                        {"at", whole(static_cast<int>(random() % 20))},
                                        {"n", whole(static_cast<int>(random() % 5))}};
      if (random() % 2 == 0) attributes.push_back({"page", text("/" + std::to_string(random() % 5))});
      if (random() % 4 == 0) attributes.push_back({"campaign", text("spring")});
      if (random() % 3 == 0) {
        attributes.push_back({"expires", seconds_of(bulk.now() + std::chrono::hours(random() % 100))});
      }
      items.push_back(std::make_shared<const Item>(Item::from(std::move(attributes))));
    }
    for (const ItemPtr& one : items) single.commit({single.put(one)});
    store::load(bulk.universe, bulk.table(), items);
    // An equal item stays the one that was there when committed, and is the new one when loaded: compare by value.
    REQUIRE(content(bulk.table().rows).size() == content(single.table().rows).size());
    store::load(single.universe, single.table(), items);
    check_same(bulk.table(), single.table());
  }
}

TEST_CASE("Loading writes no stream records and does not lag") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  world.universe.models.index_lag = FixedDuration{std::chrono::hours(1)};
  store::load(world.universe, world.table(), {action("ada", 1), action("ada", 2)});
  CHECK(world.table().stream->shards[0].records.empty());
  CHECK(World::all(world.index("by-page").rows, {world.now()}).size() == 2);
  CHECK_FALSE(world.table().rows.changed());
}

TEST_CASE("Backfill gives a new index the entries of the rows there are") {
  World world;
  std::vector<ItemPtr> items;
  for (int n = 0; n < 50; ++n) items.push_back(action("ada", n, n % 2 == 0 ? "/even" : "/odd"));
  store::load(world.universe, world.table(), items);
  world.commit({world.remove(action("ada", 0)), world.put(action("bob", 1))});
  world.table().indexes.emplace_back().schema = index_schema("again", {{{"page", Type::S}}, {{"at", Type::N}}});
  store::backfill(world.universe, world.table(), world.index("again"));
  CHECK(content(world.index("again").rows) == content(world.index("by-page").rows));
  CHECK(world.index("again").item_count == 50);
  CHECK(world.index("again").size == world.index("by-page").size);
}

}  // namespace
}  // namespace fickle
