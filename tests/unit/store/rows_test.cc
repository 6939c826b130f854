// Rows: sealed baseline, overlay of versions, reads at a moment, scans in both directions.
#include "emulator/store/rows.hh"

#include <catch2/catch_test_macros.hpp>
#include <random>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

using std::chrono::seconds;

constexpr Instant kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
Instant at(int second) {
  return kStart + seconds(second);
}

ItemPtr numbered(int n) {
  return item({{"n", whole(n)}});
}

Rows sealed_rows(std::initializer_list<std::pair<std::string, int>> content) {
  std::vector<SealedRow> rows;
  for (const auto& [key, n] : content) rows.push_back({key, numbered(n)});
  sort_rows(rows);
  return Rows(std::make_shared<const SealedRows>(std::move(rows)));
}

int number_in(const ItemPtr& found) {
  return found ? static_cast<int>(*found->find("n")->as_number()->floor_int64()) : -1;
}

std::string keys_of(const Rows& rows, std::string_view low, std::string_view high, Direction direction,
                    ReadView view = {}) {
  std::string keys;
  rows.scan(low, high, direction, view, [&keys](const RowKey& key, const ItemPtr&) {
    keys += key + " ";
    return true;
  });
  return keys;
}

TEST_CASE("A put hides the baseline's row, a deletion too, and dropping the overlay brings it back") {
  Rows rows = sealed_rows({{"a", 1}, {"b", 2}, {"d", 4}});
  rows.put("b", numbered(20), at(1), at(1), 0);
  rows.put("c", numbered(30), at(1), at(1), 0);
  rows.put("d", nullptr, at(1), at(1), 0);
  CHECK(number_in(rows.find("a")) == 1);
  CHECK(number_in(rows.find("b")) == 20);
  CHECK(number_in(rows.find("c")) == 30);
  CHECK(number_in(rows.find("d")) == -1);
  CHECK(keys_of(rows, "", "", Direction::forward) == "a b c ");
  CHECK(keys_of(rows, "", "", Direction::backward) == "c b a ");
  rows.drop_overlay();
  CHECK(number_in(rows.find("b")) == 2);
  CHECK(number_in(rows.find("d")) == 4);
  CHECK_FALSE(rows.changed());
}

TEST_CASE("A scan visits [low, high) in either direction until it is told to stop") {
  Rows rows = sealed_rows({{"a", 1}, {"c", 3}, {"e", 5}});
  rows.put("b", numbered(2), at(1), at(1), 0);
  rows.put("d", numbered(4), at(1), at(1), 0);
  CHECK(keys_of(rows, "b", "e", Direction::forward) == "b c d ");
  CHECK(keys_of(rows, "b", "e", Direction::backward) == "d c b ");
  CHECK(keys_of(rows, "bb", "", Direction::forward) == "c d e ");
  CHECK(keys_of(rows, "", "bb", Direction::backward) == "b a ");
  CHECK(keys_of(rows, "e", "b", Direction::forward).empty());
  CHECK(keys_of(rows, "x", "", Direction::backward).empty());
  int visited = 0;
  rows.scan({}, {}, Direction::backward, {}, [&visited](const RowKey&, const ItemPtr&) { return ++visited < 2; });
  CHECK(visited == 2);
}

TEST_CASE("A read as of a moment takes the newest version at or before it") {
  Rows rows = sealed_rows({{"a", 1}});
  const auto keep_all = at(0);
  rows.put("a", numbered(2), at(10), keep_all, 0);
  rows.put("a", nullptr, at(20), keep_all, 0);
  rows.put("a", numbered(3), at(30), keep_all, 0);
  CHECK(number_in(rows.find("a", {at(9)})) == 1);
  CHECK(number_in(rows.find("a", {at(10)})) == 2);
  CHECK(number_in(rows.find("a", {at(25)})) == -1);
  CHECK(keys_of(rows, "", "", Direction::forward, {at(25)}).empty());
  CHECK(number_in(rows.find("a", {at(30)})) == 3);
  CHECK(rows.differs_from_newest("a", "b", {at(29)}));
  CHECK_FALSE(rows.differs_from_newest("a", "b", {at(30)}));
  CHECK_FALSE(rows.differs_from_newest("b", "c", {at(29)}));
}

TEST_CASE("A version in the future is invisible until its time, but the newest committed all the same") {
  Rows rows;
  rows.put("a", numbered(1), at(15), at(10), 0);
  CHECK(number_in(rows.find("a", {at(10)})) == -1);
  CHECK(number_in(rows.find("a", {at(15)})) == 1);
  CHECK(number_in(rows.find("a")) == 1);
}

TEST_CASE("Without a lag no history is kept; what was forgotten is never made up from the baseline") {
  Rows rows = sealed_rows({{"a", 1}});
  rows.put("a", numbered(2), at(10), at(10), 0);
  CHECK(number_in(rows.find("a", {at(9)})) == 1);  // nothing forgotten yet: the baseline is what was
  rows.put("a", numbered(3), at(20), at(20), 0);
  CHECK(number_in(rows.find("a", {at(9)})) == 3);  // 2 is forgotten, so is when it came
  CHECK_FALSE(rows.find_versions_back("a", 1).older_exists);
}

TEST_CASE("History older than needed is pruned with the next put of the key") {
  Rows rows;
  for (int second = 1; second <= 10; ++second) rows.put("a", numbered(second), at(second), at(second - 3), 0);
  CHECK(number_in(rows.find("a", {at(7)})) == 7);
  CHECK(number_in(rows.find("a", {at(8)})) == 8);
  CHECK(number_in(rows.find("a", {at(1)})) == 7);  // the oldest known
}

TEST_CASE("Versions back: a deletion counts, so does the absence before the first put") {
  Rows rows = sealed_rows({{"old", 1}});
  const auto frozen = at(5);  // versions count even when no time passes
  rows.put("a", numbered(1), frozen, frozen, 3);
  rows.put("a", nullptr, frozen, frozen, 3);
  rows.put("a", numbered(2), frozen, frozen, 3);
  CHECK(number_in(rows.find_versions_back("a", 1).item) == -1);
  CHECK(number_in(rows.find_versions_back("a", 2).item) == 1);
  CHECK(rows.find_versions_back("a", 3).older_exists);
  CHECK(number_in(rows.find_versions_back("a", 3).item) == -1);
  CHECK_FALSE(rows.find_versions_back("old", 1).older_exists);
  CHECK(number_in(rows.find_versions_back("old", 1).item) == 1);
  CHECK(keys_of(rows, "", "", Direction::forward, {.versions_back = 2}) == "a old ");
  CHECK(keys_of(rows, "", "", Direction::forward, {.versions_back = 1}) == "old ");
}

TEST_CASE("A row that came and went leaves nothing behind") {
  Rows rows;
  for (int n = 0; n < 100; ++n) {
    rows.put("a" + std::to_string(n), numbered(n), at(n), at(n), 0);
    rows.put("a" + std::to_string(n), nullptr, at(n), at(n), 0);
  }
  CHECK(rows.overlay_size() == 0);
  for (int n = 0; n < 10'000; ++n) {  // with history: purged now and then
    rows.put("a" + std::to_string(n), numbered(n), at(n), at(n - 5), 0);
    rows.put("a" + std::to_string(n), nullptr, at(n), at(n - 5), 0);
  }
  CHECK(rows.overlay_size() < 3000);
}

TEST_CASE("A copy is sealed and shares an unchanged baseline") {
  Rows rows = sealed_rows({{"a", 1}, {"b", 2}});
  const Rows same(rows);
  CHECK(same.baseline() == rows.baseline());
  rows.put("b", nullptr, at(1), at(0), 5);
  rows.put("c", numbered(3), at(1), at(0), 5);
  const Rows copy(rows);
  CHECK_FALSE(copy.changed());
  CHECK(keys_of(copy, "", "", Direction::forward) == "a c ");
  rows.put("c", numbered(4), at(2), at(0), 5);
  CHECK(number_in(copy.find("c")) == 3);
}

TEST_CASE("A search finds rows however their hashes are spread") {
  std::mt19937_64 random(7);
  for (const int partitions : {1, 3, 1000}) {
    std::vector<SealedRow> rows;
    for (int n = 0; n < 1000; ++n) {
      const auto hash = static_cast<unsigned char>(random() % static_cast<unsigned>(partitions));
      const std::string partition(8, static_cast<char>(hash));
      rows.push_back({partition + std::to_string(random() % 2000), numbered(n)});
    }
    rows.push_back({std::string(8, '\xff') + "z", numbered(-2)});
    sort_rows(rows);
    const std::vector<SealedRow> copy = rows;
    const SealedRows sealed(std::move(rows));
    REQUIRE(sealed.size() == copy.size());
    for (std::size_t i = 0; i < copy.size(); ++i) {
      REQUIRE(sealed.lower_bound(copy[i].key) == i);
      REQUIRE(sealed.lower_bound(copy[i].key + '\0') == i + 1);
      REQUIRE(sealed.lower_bound(std::string_view(copy[i].key).substr(0, 3)) <= i);
      if (i > 0) REQUIRE(copy[i - 1].key < copy[i].key);
    }
    CHECK(sealed.lower_bound("") == 0);
    CHECK(sealed.lower_bound(std::string(9, '\xff')) == copy.size());
  }
}

}  // namespace
}  // namespace fickle
