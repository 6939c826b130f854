// Tables and lines for people.
#include "emulator/cli/text_table.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/cli/json_view.hh"
#include "emulator/cli/sweep/progress.hh"

namespace fickle::cli {
namespace {

TEST_CASE("Columns are as wide as their longest cell, numbers stand to the right") {
  TextTable table({{"NAME"}, {"ITEMS", Align::right}});
  table.add({"users", "7"});
  table.add({"a", "1000"});
  CHECK(table.text() == "NAME   ITEMS\nusers      7\na       1000\n");
}

TEST_CASE("Widths count characters, not bytes; line ends in a cell become blanks") {
  TextTable table({{"A"}, {"B"}});
  table.add({"é€", "x"});
  table.add({"two\nlines", "y"});
  CHECK(table.text() == "A          B\né€         x\ntwo lines  y\n");
}

TEST_CASE("A column without any content is left out, missing cells are empty") {
  TextTable table({{"A"}, {"B"}, {"C"}});
  table.add({"1", "", "3"});
  table.add({"2"});
  CHECK(table.text() == "A  C\n1  3\n2\n");
}

TEST_CASE("Long text is shortened to a width, at a character") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdefg", 6) == "abc...");
  CHECK(shortened("ééééééé", 6) == "ééé...");
  CHECK(one_line("a\nb\r\n\tc\n") == "a b c");
}

TEST_CASE("Members of an answer are shown as people read them") {
  const boost::json::object owner{
      {"s", "text"}, {"n", 4}, {"l", boost::json::array{"a", "b"}}, {"z", nullptr}, {"b", false}};
  CHECK(shown(owner, "s") == "text");
  CHECK(shown(owner, "n") == "4");
  CHECK(shown(owner, "l") == "a b");
  CHECK(shown(owner, "z").empty());
  CHECK(shown(owner, "missing").empty());
  CHECK(shown(owner, "b") == "false");
  CHECK(number_in(owner, "n") == 4);
  CHECK(number_in(owner, "s") == 0);
  CHECK(list_in(owner, "s").empty());
}

TEST_CASE("A progress bar shows how far it is and what is done, within its width") {
  CHECK(progress_line(1, 2, "PutItem", 60) == "[############------------] 1/2 PutItem");
  CHECK(progress_line(0, 0, "", 60).starts_with("[########################]"));
  CHECK(display_width(progress_line(1, 2, std::string(100, 'x'), 50)) == 50);
}

}  // namespace
}  // namespace fickle::cli
