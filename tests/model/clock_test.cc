// The control API's clock as a test drives it.
#include <catch2/catch_test_macros.hpp>

#include "emulator/core/timetext.hh"
#include "tests/support/emulator.hh"

using fickle::test::Emulator;

TEST_CASE("A clock set and frozen in one call stands exactly at the instant") {
  Emulator emulator;
  for (int i = 0; i < 50; ++i) {
    emulator.control_ok("POST", "/_fickle/clock", R"({"resume":true})");
    emulator.control_ok("POST", "/_fickle/clock", R"({"set":"2026-01-01T00:00:00Z","freeze":true})");
    fickle::Universes::with(*emulator.universes().find("default"), [](fickle::Universe& universe) {
      CHECK(universe.clock.now() == *fickle::parse_instant("2026-01-01T00:00:00Z"));
    });
  }
}
