// What happens by itself at an instant, and how much of the past is kept for point-in-time recovery.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Frozen : World {
  Frozen() { universe.clock.freeze(); }
  void note_at(Instant at, std::string text) {
    universe.agenda.emplace(at, [text = std::move(text)](Universe& owner, Instant happened) {
      owner.registers["notes"][text] = (happened - Instant{}).count();
    });
  }
  [[nodiscard]] std::int64_t noted(std::string_view text) {
    const auto* found = universe.registers["notes"].if_contains(text);
    return found == nullptr ? -1 : found->as_int64();
  }
};

TEST_CASE_METHOD(Frozen, "Events happen at their time, in order, once") {
  const Instant start = now();
  note_at(start + seconds(20), "second");
  note_at(start + seconds(10), "first");
  universe.agenda.emplace(start + seconds(10), [](Universe& owner, Instant at) {
    owner.agenda.emplace(
        at, [](Universe& again, Instant then) { again.registers["notes"]["at once"] = (then - Instant{}).count(); });
  });
  advance(seconds(9));
  CHECK(noted("first") == -1);
  advance(hours(1));
  CHECK(noted("first") == (start + seconds(10) - Instant{}).count());
  CHECK(noted("at once") == noted("first"));
  CHECK(noted("second") == (start + seconds(20) - Instant{}).count());
  CHECK(universe.agenda.empty());
}

TEST_CASE_METHOD(Frozen, "A table is ACTIVE when the event of the same instant looks at it") {
  table().status = TableStatus::creating;
  table().status_until = now() + seconds(5);
  bool active = false;
  universe.agenda.emplace(now() + seconds(5), [&active](Universe& owner, Instant) {
    active = owner.find_table("actions")->status == TableStatus::active;
  });
  advance(seconds(5));
  CHECK(active);
}

TEST_CASE_METHOD(Frozen, "Pictures keep what is still to happen; a reset forgets what is not in its baseline") {
  note_at(now() + seconds(5), "kept");
  const PicturePtr picture = take_picture(universe);
  universe.agenda.clear();
  note_at(now() + seconds(5), "dropped");
  restore_picture(universe, picture);
  advance(seconds(5));
  CHECK(noted("kept") >= 0);
  CHECK(noted("dropped") == -1);
}

TEST_CASE_METHOD(Frozen, "Versions are kept for the period of recovery, and no longer") {
  Table& actions = table();
  actions.history_since = now();
  actions.history_period = hours(24);
  const Instant start = now();
  const auto write = [&](int n) {
    ItemPtr written = item({{"visitor", text("ada")}, {"at", whole(1)}, {"n", whole(n)}});
    commit({put(written)});
    return written;
  };
  const RowKey key = row_key_of(actions.schema.key, *write(0)).value();
  const auto at = [&](Instant then) { return table().rows.find(key, {.as_of = then}); };
  advance(hours(10));
  write(1);
  advance(hours(10));
  write(2);
  CHECK(*at(start)->find("n") == whole(0));
  CHECK(*at(start + hours(10))->find("n") == whole(1));
  CHECK(actions.rows.written_at(key, {.as_of = start + hours(15)}) == start + hours(10));
  advance(hours(20));
  write(3);
  // The window begins at 16 hours: the state then was written at 10 hours, and nothing older is known.
  CHECK(*at(start + hours(16))->find("n") == whole(1));
  CHECK(*at(start)->find("n") == whole(1));
  CHECK_FALSE(actions.rows.written_at(key, {.as_of = start}));
}

TEST_CASE_METHOD(Frozen, "A clock set back takes the window of recovery along") {
  table().history_since = now() - hours(1);
  run_due(universe);
  const Instant before = now();
  universe.clock.set(before - hours(10));
  run_due(universe);
  CHECK(now() - *table().history_since == hours(1));
}

TEST_CASE_METHOD(Frozen, "A picture knows no past") {
  table().history_since = now() - hours(1);
  CHECK(take_picture(universe)->tables.at("actions").table->history_since == now());
}

}  // namespace
}  // namespace fickle
