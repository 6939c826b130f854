// Keyed dice: the same seed gives the same draws, and nobody disturbs anybody else's.
#include "emulator/core/dice.hh"

#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "emulator/core/mix.hh"

namespace fickle {
namespace {

TEST_CASE("Draws are the same in every build") {
  // Pinned: a change here changes every user's chaotic run for a given seed.
  CHECK(keyed_draw(1, "default", "throttle-some", 1, "probability") == 0xfc73b9d702a6dda7U);
  CHECK(keyed_draw(2, "default", "throttle-some", 1, "probability") != 0xfc73b9d702a6dda7U);
}

TEST_CASE("Each part of the key matters") {
  std::set<std::uint64_t> draws;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const char* universe : {"", "a", "ab"}) {
      for (const char* source : {"", "a", "ab", "b"}) {
        for (const std::uint64_t n : {1U, 2U, 3U}) {
          for (const char* purpose : {"", "a", "b", "ba"}) draws.insert(keyed_draw(seed, universe, source, n, purpose));
        }
      }
    }
  }
  CHECK(draws.size() == 2 * 3 * 4 * 3 * 4);
}

TEST_CASE("Draws of one source do not depend on the draws of another") {
  Dice alone(7, "u");
  Dice busy(7, "u");
  for (int i = 0; i < 100; ++i) {
    for (int j = 0; j < i % 3; ++j) (void)busy.draw("other", "probability");
    (void)busy.draw("rule", "duration");
    (void)busy.bits("request");
    CHECK(alone.draw("rule", "probability") == busy.draw("rule", "probability"));
  }
}

TEST_CASE("Draws lie in [0, 1) and spread evenly") {
  Dice dice(1, "u");
  int below_tenth = 0;
  double sum = 0;
  for (int i = 0; i < 20000; ++i) {
    const double draw = dice.draw("rule", "probability");
    REQUIRE(draw >= 0);
    REQUIRE(draw < 1);
    sum += draw;
    below_tenth += draw < 0.1 ? 1 : 0;
  }
  CHECK(std::abs(sum / 20000 - 0.5) < 0.01);
  CHECK(std::abs(below_tenth - 2000) < 200);
}

TEST_CASE("A recorded run can be replayed on dice with another seed, then the seed goes on") {
  Dice first(1, "u");
  for (int i = 0; i < 5; ++i) (void)first.draw("rule", "probability");
  Dice second(2, "u");
  Dice untouched(2, "u");
  second.follow({first.decisions().begin(), first.decisions().end()});
  for (int i = 0; i < 5; ++i) {
    CHECK(second.draw("rule", "probability") == first.decisions()[static_cast<std::size_t>(i)].value);
    (void)untouched.draw("rule", "probability");
  }
  CHECK(second.draw("rule", "probability") == untouched.draw("rule", "probability"));
  CHECK(second.decisions().size() == 6);
  CHECK(second.decisions().front().n == 1);
}

TEST_CASE("Rewound dice begin again") {
  Dice dice(3, "u");
  const double draw = dice.draw("rule", "probability");
  const std::uint64_t bits = dice.bits("request");
  dice.rewind();
  CHECK(dice.decisions().empty());
  CHECK(dice.draw("rule", "probability") == draw);
  CHECK(dice.bits("request") == bits);
}

TEST_CASE("Only the newest 100,000 draws are kept") {
  Dice dice(3, "u");
  for (int i = 0; i < 100'010; ++i) (void)dice.draw("r", "p");
  CHECK(dice.decisions().size() == 100'000);
  CHECK(dice.decisions().front().n == 11);
}

TEST_CASE("Texts for ids are upper case, as long as asked and not repeated") {
  Dice dice(1, "u");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = dice.text("request", 52);
    REQUIRE(text.size() == 52);
    REQUIRE(text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUV") == std::string::npos);
    seen.insert(text);
  }
  CHECK(seen.size() == 1000);
  CHECK(dice.text("request", 0).empty());
}

TEST_CASE("A flipped input bit changes about half of the mixed bits") {
  for (unsigned bit = 0; bit < 64; ++bit) {
    int changed = 0;
    for (std::uint64_t i = 0; i < 64; ++i)
      changed += std::popcount(mix64(i * kGolden64) ^ mix64((i * kGolden64) ^ (1ULL << bit)));
    CHECK(changed > 64 * 26);
    CHECK(changed < 64 * 38);
  }
}

}  // namespace
}  // namespace fickle
