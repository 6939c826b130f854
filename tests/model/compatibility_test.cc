// emulator/COMPATIBILITY.md lists every operation with what is simplified, from the operations' own declarations. FICKLE_ACCEPT=1 rewrites the generated part.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "emulator/ops/operation.hh"

using namespace fickle;

namespace {

constexpr std::string_view kBegin = "<!-- generated: operations -->\n";
constexpr std::string_view kEnd = "<!-- end of generated -->\n";

std::string read(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string table() {
  std::size_t exact = 0;
  std::string rows;
  for (const Operation* operation : operations()) {
    exact += operation->simplified.empty() ? 1U : 0U;
    rows += "| " + std::string(operation->name) + " | " + (operation->streams ? "streams" : "") + " | " +
            (operation->simplified.empty() ? std::string("as DynamoDB") : std::string(operation->simplified)) + " |\n";
  }
  return std::string(kBegin) + "\n" + std::to_string(operations().size()) + " operations, " + std::to_string(exact) +
         " of them meant to be exact.\n\n| operation | API | what is simplified |\n|---|---|---|\n" + rows + "\n" +
         std::string(kEnd);
}

}  // namespace

TEST_CASE("COMPATIBILITY.md tells of every operation what its declaration tells") {
  const char* source = std::getenv("FICKLE_SOURCE");
  const std::string path = std::string(source != nullptr ? source : ".") + "/emulator/COMPATIBILITY.md";
  const std::string text = read(path);
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::string written = text.substr(begin, end + kEnd.size() - begin);
  if (std::getenv("FICKLE_ACCEPT") != nullptr) {
    std::ofstream(path) << text.substr(0, begin) << table() << text.substr(end + kEnd.size());
    return;
  }
  CHECK(written == table());
}
