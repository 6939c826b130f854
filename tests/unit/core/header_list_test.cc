#include "emulator/core/header_list.hh"

#include <catch2/catch_test_macros.hpp>

using namespace fickle;

namespace {

std::string lines(const HeaderList& headers) {
  std::string text;
  for (const Header header : headers) text.append(header.name).append(": ").append(header.value).append("\n");
  return text;
}

}  // namespace

TEST_CASE("Headers stay as given and in their order, and are found ignoring case, the first of several") {
  HeaderList headers{{"Host", "localhost"}, {"X-Tea", "green"}, {"x-tea", "black"}, {"", "nameless"}};
  headers.add("Empty", "");
  CHECK(lines(headers) == "Host: localhost\nX-Tea: green\nx-tea: black\n: nameless\nEmpty: \n");
  CHECK(headers.size() == 5);
  CHECK(headers.find("x-TEA") == "green");
  CHECK(headers.find("empty") == "");
  CHECK(headers.find("") == "nameless");
  CHECK(headers.find("absent") == std::nullopt);
  CHECK(HeaderList{}.empty());
}

TEST_CASE("A header's value is replaced by a shorter or longer one, the others stay") {
  HeaderList headers{{"a", "first"}, {"b", "second"}, {"a", "third"}};
  headers.set("A", "1");
  CHECK(lines(headers) == "a: 1\nb: second\na: third\n");
  headers.set("a", "much longer than before");
  CHECK(lines(headers) == "a: much longer than before\nb: second\na: third\n");
  headers.set_value(1, "2nd");
  headers.set("c", "new");
  CHECK(lines(headers) == "a: much longer than before\nb: 2nd\na: third\nc: new\n");
}

TEST_CASE("A copied or moved list has everything in it, however short") {
  HeaderList headers{{"a", "b"}};
  const HeaderList copy = headers;
  headers.set("a", "c");
  const HeaderList moved = std::move(headers);
  CHECK(lines(copy) == "a: b\n");
  CHECK(lines(moved) == "a: c\n");
}
