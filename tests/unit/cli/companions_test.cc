// Files that a document names, and the form in which they are sent with it.
#include "emulator/cli/companions.hh"

#include <catch2/catch_test_macros.hpp>

namespace fickle::cli {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("The files that a scenario names are found in JSON and YAML") {
  CHECK(companions_of(
            R"({"tables":[{"itemsFrom":"users.csv"},{"itemsFrom" : "data/a b.json"},{"itemsFrom":"users.csv"}]})") ==
        Names{"users.csv", "data/a b.json"});
  CHECK(companions_of(
            "tables:\n- itemsFrom: users.csv  # all\n- {itemsFrom: 'more.yml', x: 1}\n- itemsFrom:\n    far.csv\n") ==
        Names{"users.csv", "more.yml", "far.csv"});
  CHECK(companions_of(R"({"note":"itemsFrom is a member","itemsFrom":""})").empty());
  CHECK(companions_of("itemsFrom").empty());
  CHECK(companions_of("itemsFrom:").empty());
}

TEST_CASE("The boundary of a form stands in none of its files") {
  const Form form = form_of({{"a \"x\".json", "--fickledb"}, {"b", "--fickledb-0"}});
  CHECK(form.content_type == "multipart/form-data; boundary=fickledb-1");
  CHECK(form.body ==
        "--fickledb-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a "
        "\\\"x\\\".json\"\r\n\r\n--fickledb\r\n"
        "--fickledb-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\n--fickledb-0\r\n"
        "--fickledb-1--\r\n");
}

}  // namespace
}  // namespace fickle::cli
