// The expiry queue against a plain map: first() is always the earliest entry, a copy is sealed and independent.
#include "emulator/store/expiry_queue.hh"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

namespace fickle {
namespace {

Instant at(int second) {
  return Instant(std::chrono::seconds(second));
}

const ExpiryEntry* check_first(const ExpiryQueue& queue, const std::map<RowKey, Instant>& model) {
  const ExpiryEntry* first = queue.first();
  REQUIRE((first == nullptr) == model.empty());
  if (!first) return nullptr;
  for (const auto& [key, due] : model) REQUIRE(std::tie(first->due, first->key) <= std::tie(due, key));
  REQUIRE(model.at(first->key) == first->due);
  return first;
}

TEST_CASE("The queue gives the earliest entry through any mix of puts, erasures, copies and sweeps") {
  std::mt19937_64 random(11);
  const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  ExpiryQueue queue;
  std::map<RowKey, Instant> model;
  for (int step = 0; step < 5000; ++step) {
    const RowKey key = std::to_string(below(40));
    const int what = below(100);
    if (what < 45) {
      const Instant due = at(below(1000));
      queue.put({due, key, false});
      model[key] = due;
    } else if (what < 75) {
      queue.erase(key);
      model.erase(key);
    } else if (what < 90) {
      if (const ExpiryEntry* first = queue.first()) {
        const RowKey swept = first->key;
        queue.erase(swept);
        model.erase(swept);
      }
    } else if (what < 95) {
      queue = ExpiryQueue(queue);
    } else {
      queue = ExpiryQueue(queue.seal());
    }
    check_first(queue, model);
  }
  std::size_t swept = 0;
  while (const ExpiryEntry* first = check_first(queue, model)) {
    const RowKey key = first->key;
    queue.erase(key);
    model.erase(key);
    ++swept;
  }
  CHECK(swept > 0);
}

TEST_CASE("Copies of an unchanged queue share its sealed part and do not feel each other's changes") {
  ExpiryQueue queue;
  queue.put({at(1), "a", false});
  queue.put({at(2), "b", false});
  const ExpiryQueue sealed(queue);
  ExpiryQueue left(sealed);
  ExpiryQueue right(sealed);
  CHECK(left.seal() == right.seal());
  left.erase("a");
  right.put({at(3), "a", false});
  CHECK(left.first()->key == "b");
  CHECK(right.first()->key == "b");
  right.erase("b");
  CHECK(right.first()->key == "a");
  CHECK(sealed.first()->key == "a");
  CHECK(left.first()->key == "b");
}

}  // namespace
}  // namespace fickle
