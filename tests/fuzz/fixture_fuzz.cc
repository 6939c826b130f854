// Any bytes as a fixture, in whatever format they are taken for or (first byte) are said to be: they load, or are refused by a FixtureError
// and change nothing; what was loaded is exported, and the export loads again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "emulator/service/operations_port.hh"
#include "fixtures/exporter.hh"
#include "fixtures/fixture_error.hh"
#include "fixtures/loader.hh"
#include "fixtures/sources.hh"

namespace {

using namespace fickle;
using namespace fickle::fixtures;

constexpr std::uint64_t kGeneratedMax = 1000;  // of each block: the fuzzer is not to wait for what a document asks for

class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
};

std::string exported(const Universes& universes) {
  std::vector<TableExport> tables;
  Universes::with(*universes.find("default"), [&tables](Universe& universe) {
    for (const auto& [name, table] : universe.tables) tables.push_back(export_table(*table));
  });
  return scenario_text(tables);
}

bool load(const StoppedClock& clock, Universes& universes, Body body) {
  const OperationsPort operations;
  const Sections sections;
  Progress progress(clock, {});
  try {
    Fixture fixture = read_body(std::move(body));
    for (GeneratorSpec& spec : fixture.generators) spec.count = std::min(spec.count, kGeneratedMax);
    Loader(operations, sections, universes, "us-east-1").load(std::move(fixture), "default", {}, progress);
  } catch (const FixtureError&) {
    return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const StoppedClock clock;
  Universes universes(clock, {});
  load(clock, universes,
       {.bytes =
            R"({"TableName":"users","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],)"
            R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"})"});
  const std::string before = exported(universes);
  const std::size_t chosen = data[0];
  const std::string format = chosen < formats().size() ? std::string(formats()[chosen]->name) : std::string();
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!load(clock, universes, {.bytes = bytes, .format = format, .table = "users"})) {
    if (exported(universes) != before) std::abort();
    return 0;
  }
  const std::string after = exported(universes);
  Universes second(clock, {});
  if (!load(clock, second, {.bytes = after}) || exported(second) != after) std::abort();
  return 0;
}
