// The catalogues of faults/README.md name what the code has, in its order.
#include <fstream>
#include <sstream>

#include "faults/presets.hh"
#include "tests/unit/faults/fault_world.hh"

namespace fickle::test {
namespace {

// The names in the first column of the table under a heading: | `name` | ... |
std::vector<std::string> names_under(const std::string& heading) {
  std::ifstream file("faults/README.md");  // tests run in the source folder
  REQUIRE(file);
  std::vector<std::string> names;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) inside = line == "## " + heading;
    if (inside && line.starts_with("| `")) names.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

TEST_CASE("Every effect stands in the catalogue") {
  std::vector<std::string> listed;
  for (const EffectKind* kind : effect_kinds()) listed.emplace_back(kind->name);
  CHECK(names_under("Catalogue of effects") == listed);
}

TEST_CASE("Every preset stands in the catalogue") {
  std::vector<std::string> listed;
  for (const Preset& preset : presets()) listed.emplace_back(preset.name);
  CHECK(names_under("Catalogue of presets") == listed);
}

}  // namespace
}  // namespace fickle::test
