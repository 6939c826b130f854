// The one writer: rows, indexes, stream, expiry and counters move together.
#include "emulator/store/commit.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/value/item_size.hh"
#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("A put creates, replaces and leaves alone; the counters follow") {
  World world;
  const ItemPtr first = action("ada", 1, "/home");
  world.commit({world.put(first)});
  CHECK(world.get(first) == first);
  CHECK(world.table().item_count == 1);
  CHECK(world.table().size == size_of(*first));
  const std::uint64_t commits = world.universe.commits;
  world.commit({world.put(action("ada", 1, "/home"))});  // equal: nothing happens
  CHECK(world.universe.commits == commits);
  CHECK(world.get(first) == first);
  const ItemPtr second = action("ada", 1, "/basket");
  world.commit({world.put(second)});
  CHECK(world.table().item_count == 1);
  CHECK(world.table().size == size_of(*second));
  world.commit({world.remove(first)});
  CHECK(world.table().item_count == 0);
  CHECK(world.table().size == Bytes{0});
  CHECK_FALSE(world.get(first));
}

TEST_CASE("An index has an entry while the item has all of the index's keys") {
  World world;
  world.commit({world.put(action("ada", 1, "/home")), world.put(action("bob", 2, "/home"))});
  CHECK(world.all(world.index("by-page").rows).size() == 2);
  CHECK(world.index("by-page").item_count == 2);
  CHECK(world.index("by-campaign").item_count == 0);  // sparse
  const ItemPtr moved =
      item({{"visitor", text("ada")}, {"at", whole(1)}, {"page", text("/x")}, {"campaign", text("spring")}});
  world.commit({world.put(moved)});
  CHECK(world.index("by-page").item_count == 2);
  CHECK(world.index("by-campaign").item_count == 1);
  // Keys only: visitor, at and campaign.
  CHECK(world.index("by-campaign").size ==
        size_of(projected(world.index("by-campaign").schema, world.table().schema, *moved)));
  CHECK(world.index("by-campaign").size == Bytes{7 + 3 + 2 + 2 + 8 + 6});
  CHECK(world.all(world.index("by-campaign").rows).front() == moved);  // the whole item is at hand
  const ItemPtr left = item({{"visitor", text("ada")}, {"at", whole(1)}});
  world.commit({world.put(left)});
  CHECK(world.index("by-page").item_count == 1);
  CHECK(world.index("by-campaign").item_count == 0);
  CHECK(world.index("by-campaign").size == Bytes{0});
  CHECK(world.all(world.index("by-campaign").rows).empty());
}

TEST_CASE("An item whose index keys stay is the new one in the index") {
  World world;
  world.commit({world.put(action("ada", 1))});
  const ItemPtr richer =
      item({{"visitor", text("ada")}, {"at", whole(1)}, {"page", text("/home")}, {"note", text("hi")}});
  world.commit({world.put(richer)});
  const auto entries = world.all(world.index("by-page").rows);
  REQUIRE(entries.size() == 1);
  CHECK(entries.front() == richer);
}

TEST_CASE("With an index lag a global index changes later, all at once; a local index at once") {
  World world;
  world.universe.models.index_lag = FixedDuration{milliseconds(150)};
  const auto weighed = [](std::string_view page) {
    return item({{"visitor", text("ada")}, {"at", whole(1)}, {"page", text(page)}, {"weight", whole(3)}});
  };
  world.commit({world.put(weighed("/old"))});
  const auto pages = [&world] { return world.all(world.index("by-page").rows, {world.now()}); };
  CHECK(pages().empty());
  CHECK(world.all(world.index("by-weight").rows, {world.now()}).size() == 1);
  world.advance(milliseconds(150));
  CHECK(pages().size() == 1);
  world.commit({world.put(weighed("/new"))});
  world.advance(milliseconds(149));
  REQUIRE(pages().size() == 1);
  CHECK(*pages().front()->find("page") == text("/old"));
  world.advance(milliseconds(1));
  REQUIRE(pages().size() == 1);
  CHECK(*pages().front()->find("page") == text("/new"));
  CHECK(world.universe.dice.decisions().size() == 2);  // one draw per write set
}

TEST_CASE("Changes of a lagging index keep their order though their lags differ") {
  World world;
  world.universe.models.index_lag = FixedDuration{seconds(5)};
  world.commit({world.put(action("ada", 1, "/a"))});
  world.universe.models.index_lag = FixedDuration{seconds(1)};
  world.advance(seconds(1));
  world.commit({world.put(action("ada", 1, "/b"))});
  for (int second = 1; second < 5; ++second) {
    CHECK(world.all(world.index("by-page").rows, {world.now()}).empty());
    world.advance(seconds(1));
  }
  const auto entries = world.all(world.index("by-page").rows, {world.now()});
  REQUIRE(entries.size() == 1);
  CHECK(*entries.front()->find("page") == text("/b"));
}

TEST_CASE("A lagging read sees an item as it was, as far back as the largest lag") {
  World world;
  world.universe.models.reads = ReadLagModel{UniformDuration{seconds(0), seconds(2)}};
  const Instant before = world.now();
  world.advance(seconds(1));
  world.commit({world.put(action("ada", 1, "/a"))});
  world.advance(seconds(1));
  world.commit({world.put(action("ada", 1, "/b"))});
  const ItemPtr key = action("ada", 1);
  CHECK_FALSE(world.get(key, {before}));
  CHECK(*world.get(key, {before + seconds(1)})->find("page") == text("/a"));
  CHECK(*world.get(key, {world.now()})->find("page") == text("/b"));
}

TEST_CASE("A stream gets one record per change, with both images, and none for what changes nothing") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::new_and_old_images);
  const ItemPtr one = action("ada", 1, "/a");
  const ItemPtr two = action("ada", 1, "/b");
  world.commit({world.put(one)});
  world.commit({world.put(one)});
  world.commit({world.put(two)});
  world.commit({world.remove(one)});
  world.commit({world.remove(one)});
  const StreamLog& log = *world.table().stream;
  REQUIRE(log.shards.size() == 1);
  const StreamRecords& records = log.shards[0].records;
  REQUIRE(records.size() == 3);
  CHECK((!records[0].before && records[0].after == one));
  CHECK((records[1].before == one && records[1].after == two));
  CHECK((records[2].before == two && !records[2].after));
  CHECK(records[0].keys == Item{{"at", whole(1)}, {"visitor", text("ada")}});
  CHECK(records[0].sequence < records[1].sequence);
  CHECK(records[0].event_id.size() == 32);
  CHECK(records[0].event_id != records[1].event_id);
  CHECK(records[0].visible_from == world.now());
}

TEST_CASE("Hidden stream records keep their order when the lag shrinks") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  world.universe.models.stream_lag = FixedDuration{seconds(10)};
  world.commit({world.put(action("ada", 1))});
  world.universe.models.stream_lag.reset();
  world.commit({world.put(action("ada", 2))});
  const StreamRecords& records = world.table().stream->shards[0].records;
  CHECK(records[0].visible_from == world.now() + seconds(10));
  CHECK(records[1].visible_from == records[0].visible_from);
  CHECK(records[1].at == world.now());
}

TEST_CASE("Writes of one set are made in order, and a later one sees the earlier") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  world.commit({world.put(action("ada", 1)), world.put(action("ada", 2)), world.remove(action("ada", 1))});
  CHECK(world.table().item_count == 1);
  CHECK(world.table().stream->shards[0].records.size() == 3);
  CHECK(world.universe.commits == 1);
}

}  // namespace
}  // namespace fickle
