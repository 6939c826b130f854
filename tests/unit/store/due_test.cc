// What the passing of virtual time does: sweeps of expired items, changes of status, trims, and clocks set back.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

struct Expiring : World {
  Expiring() {
    universe.clock.freeze();
    store::enable_time_to_live(universe, table(), "expires");
  }
  ItemPtr expiring(std::string_view visitor, Instant expires) {
    return item({{"visitor", text(visitor)}, {"at", whole(1)}, {"expires", seconds_of(expires)}});
  }
  ItemPtr write(std::string_view visitor, Instant expires) {
    ItemPtr written = expiring(visitor, expires);
    commit({put(written)});
    return written;
  }
};

TEST_CASE_METHOD(Expiring, "An item is deleted by the sweep at its expiry, not before") {
  const ItemPtr written = write("ada", now() + seconds(60));
  advance(seconds(59));
  CHECK(get(written));
  advance(seconds(1));
  CHECK_FALSE(get(written));
  CHECK(table().item_count == 0);
}

TEST_CASE_METHOD(Expiring, "Sweeps come at multiples of their period; no read between deletes") {
  universe.models.ttl_sweep = minutes(10);
  const ItemPtr written = write("ada", now() + minutes(11));
  advance(minutes(15));
  CHECK(get(written));
  advance(minutes(5));
  CHECK_FALSE(get(written));
}

TEST_CASE_METHOD(Expiring, "During a long advance each deletion bears the time at which it fell due, in that order") {
  store::enable_stream(universe, table(), StreamView::keys_only);
  const Instant start = now();
  write("late", start + minutes(3));
  write("early", start + minutes(1));
  write("never", start + hours(2));
  advance(hours(1));
  const StreamRecords& records = table().stream->shards[0].records;
  REQUIRE(records.size() == 5);
  CHECK(*records[3].keys.find("visitor") == text("early"));
  CHECK(records[3].at == start + minutes(1));
  CHECK(records[3].cause == WriteCause::expiry);
  CHECK((records[3].before && !records[3].after));
  CHECK(*records[4].keys.find("visitor") == text("late"));
  CHECK(records[4].at == start + minutes(3));
  CHECK(table().item_count == 1);
}

TEST_CASE_METHOD(Expiring, "A new value rescues an item, and so does removing it") {
  const ItemPtr moved = write("moved", now() + seconds(10));
  const ItemPtr freed = write("freed", now() + seconds(10));
  commit({put(expiring("moved", now() + seconds(30))), put(action("freed", 1))});
  advance(seconds(10));
  CHECK(get(moved));
  CHECK(get(freed));
  advance(seconds(20));
  CHECK_FALSE(get(moved));
  CHECK(get(freed));
}

TEST_CASE_METHOD(Expiring, "Only numbers of seconds of the last five years and to come expire") {
  const auto with = [](std::string_view visitor, Value expires) {
    return item({{"visitor", text(visitor)}, {"at", whole(1)}, {"expires", std::move(expires)}});
  };
  const auto now_s = std::chrono::duration_cast<seconds>(now().time_since_epoch()).count();
  const std::vector<ItemPtr> inert{with("text", text(std::to_string(now_s))),
                                   with("set", Value::number_set({Number::of(now_s)})),
                                   with("ancient", whole(now_s - 5LL * 366 * 86400)),
                                   with("milliseconds", whole(now_s * 1000)),
                                   with("negative", whole(-1)),
                                   with("huge", Value::number(Number::parse("1e100").value()))};
  for (const ItemPtr& one : inert) commit({put(one)});
  const ItemPtr past = with("past", whole(now_s - 86400));
  const ItemPtr fraction = with("fraction", Value::number(Number::parse(std::to_string(now_s + 1) + ".5").value()));
  commit({put(past), put(fraction)});
  CHECK(get(past));  // until the next sweep
  advance(seconds(1));
  CHECK_FALSE(get(past));
  CHECK(get(fraction));
  advance(seconds(1));
  CHECK_FALSE(get(fraction));
  advance(hours(24));
  for (const ItemPtr& one : inert) CHECK(get(one));
}

TEST_CASE_METHOD(Expiring, "A delay is drawn once per item and expiry value; items are deleted in order of due time") {
  universe.models.ttl_delay = FixedDuration{hours(1)};
  const ItemPtr written = write("ada", now() + seconds(10));
  advance(minutes(59));
  CHECK(get(written));
  CHECK(universe.dice.decisions().size() == 1);
  // An update that leaves the expiry alone changes nothing about it.
  commit({put(
      item({{"visitor", text("ada")}, {"at", whole(1)}, {"expires", *written->find("expires")}, {"n", whole(1)}}))});
  advance(minutes(1) + seconds(9));
  CHECK(get(written));
  advance(seconds(1));
  CHECK_FALSE(get(written));
  CHECK(universe.dice.decisions().size() == 1);
}

TEST_CASE_METHOD(Expiring, "The delay in force when an item expires holds for items written before it was set") {
  const ItemPtr written = write("ada", now() + seconds(10));
  universe.models.ttl_delay = FixedDuration{hours(1)};
  advance(minutes(30));
  CHECK(get(written));
  advance(minutes(31));
  CHECK_FALSE(get(written));
}

TEST_CASE_METHOD(Expiring, "Enabling TTL takes in the items there are; disabling lets them be") {
  store::disable_time_to_live(universe, table());
  const ItemPtr written = write("ada", now() + seconds(10));
  advance(minutes(1));
  CHECK(get(written));
  store::enable_time_to_live(universe, table(), "expires");
  advance(seconds(1));
  CHECK_FALSE(get(written));
}

TEST_CASE("A table and its indexes change status when their time has come") {
  World world;
  Table& table = world.table();
  table.status = TableStatus::creating;
  table.status_until = world.now() + seconds(8);
  Index& index = world.index("by-page");
  index.status = IndexStatus::creating;
  index.backfilling = true;
  index.status_until = world.now() + seconds(3);
  world.index("by-campaign").status = IndexStatus::deleting;
  world.index("by-campaign").status_until = world.now() + seconds(4);
  world.advance(seconds(3));
  CHECK(index.status == IndexStatus::active);
  CHECK_FALSE(index.backfilling);
  CHECK(table.status == TableStatus::creating);
  world.advance(seconds(5));
  CHECK(table.status == TableStatus::active);
  CHECK_FALSE(table.status_until);
  CHECK(table.find_index("by-campaign") == nullptr);
  CHECK(table.indexes.size() == 2);
}

TEST_CASE("A deleted table disappears; its stream stays readable for 24 hours") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  const std::string arn = world.table().stream->arn;
  world.commit({world.put(action("ada", 1))});
  world.table().status = TableStatus::deleting;
  world.table().status_until = world.now() + seconds(3);
  world.advance(seconds(4));
  CHECK(world.universe.tables.empty());
  REQUIRE(world.universe.orphan_streams.contains(arn));
  const StreamLog& log = *world.universe.orphan_streams[arn];
  CHECK(log.shards[0].records.size() == 1);
  CHECK(log.shards[0].last_sequence == log.shards[0].records.back().sequence);
  CHECK(log.disabled_at == world.now() - seconds(1));
  world.advance(hours(24));
  CHECK(world.universe.orphan_streams.empty());
}

TEST_CASE("Stream records live for 24 hours, shards for four") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  StreamLog& log = *world.table().stream;
  world.commit({world.put(action("ada", 1))});
  world.advance(hours(4));
  REQUIRE(log.shards.size() == 2);
  CHECK(log.shards[0].closed);
  CHECK(log.shards[1].parent == log.shards[0].id);
  CHECK(log.shards[0].id < log.shards[1].id);
  CHECK(log.shards[1].first_sequence > *log.shards[0].last_sequence);
  world.commit({world.put(action("ada", 2))});
  CHECK(log.shards[1].records.size() == 1);
  world.advance(hours(20));
  CHECK(log.shards.back().created + kShardLife > world.now());
  CHECK(log.shards.front().records.empty());
  CHECK(log.trimmed_before == 2);
  world.advance(hours(48));
  REQUIRE(log.shards.size() <= 2);
  for (const StreamShard& shard : log.shards) CHECK(shard.records.empty());
}

TEST_CASE("Expired tokens are forgotten") {
  World world;
  world.universe.tokens["t"] = {"f", world.now(), world.now() + minutes(10), "{}"};
  world.advance(minutes(9));
  CHECK(world.universe.tokens.size() == 1);
  world.advance(minutes(1));
  CHECK(world.universe.tokens.empty());
}

TEST_CASE("A clock set back undoes nothing: what lags goes on lagging for as long as it had to") {
  World world;
  world.universe.clock.freeze();
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  world.universe.models.index_lag = FixedDuration{seconds(5)};
  world.universe.models.stream_lag = FixedDuration{seconds(5)};
  world.universe.models.reads = ReadLagModel{FixedDuration{seconds(5)}};
  world.commit({world.put(action("ada", 1))});
  world.advance(seconds(2));
  world.universe.clock.set(world.now() - hours(1));
  run_due(world.universe);
  const ItemPtr key = action("ada", 1);
  const auto hidden = [&world] { return world.table().stream->shards[0].records[0].visible_from > world.now(); };
  CHECK(world.get(key, {world.now()}));
  CHECK_FALSE(world.get(key, {world.now() - seconds(3)}));
  CHECK(World::all(world.index("by-page").rows, {world.now()}).empty());
  CHECK(hidden());
  world.advance(seconds(3));
  CHECK(World::all(world.index("by-page").rows, {world.now()}).size() == 1);
  CHECK_FALSE(hidden());
  world.commit({world.put(action("ada", 1, "/later"))});
  CHECK(*world.get(key)->find("page") == text("/later"));
}

TEST_CASE("A machine's clock that steps back a little hides no write") {
  World world;
  world.source.tick(milliseconds(5));
  world.commit({world.put(action("ada", 1))});  // after run_due of the same request
  world.source.tick(-milliseconds(2));
  run_due(world.universe);
  CHECK(world.get(action("ada", 1), {world.now()}));
}

TEST_CASE("With a running clock and nothing due, run_due changes nothing") {
  World world;
  world.commit({world.put(action("ada", 1))});
  const std::uint64_t commits = world.universe.commits;
  for (int i = 0; i < 100; ++i) {
    world.source.tick(milliseconds(300));
    run_due(world.universe);
  }
  CHECK(world.universe.commits == commits);
}

}  // namespace
}  // namespace fickle
