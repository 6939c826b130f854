// Text: the small functions every layer leans on.
#include "emulator/core/text.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace fickle {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST_CASE("A JSON string escapes quotes, backslashes and control characters and nothing else") {
  CHECK(json("") == R"("")");
  CHECK(json("plain text, longer than eight bytes") == R"("plain text, longer than eight bytes")");
  CHECK(json("say \"hi\" \\ there") == R"("say \"hi\" \\ there")");
  CHECK(json("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(json(std::string_view("\0\x01\x1f\x7f", 4)) == "\"\\u0000\\u0001\\u001f\x7f\"");
  CHECK(json("a/b \xC3\xA9 \xF0\x9F\x98\x80") == "\"a/b \xC3\xA9 \xF0\x9F\x98\x80\"");
}

TEST_CASE("Every byte is escaped alike wherever it stands in a long string") {
  for (int byte = 0; byte < 128; ++byte) {
    const std::string one = json(std::string(1, static_cast<char>(byte)));
    const std::string body = one.substr(1, one.size() - 2);
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = std::string(before, 'x') + static_cast<char>(byte) + std::string(11, '~');
      CHECK(json(text) == "\"" + std::string(before, 'x') + body + std::string(11, '~') + "\"");
    }
  }
}

TEST_CASE("A glob's star takes any run of characters") {
  CHECK(glob_match("*", ""));
  CHECK(glob_match("", ""));
  CHECK_FALSE(glob_match("", "a"));
  CHECK(glob_match("Widget*", "Widgets"));
  CHECK(glob_match("*-dev-*", "team-dev-widgets"));
  CHECK_FALSE(glob_match("*-dev-*", "team-prod-widgets"));
  CHECK(glob_match("a*b*c", "a-b-b-c"));
  CHECK_FALSE(glob_match("a*b*c", "a-b-b-c-d"));
  CHECK_FALSE(glob_match("?", "a"));
  CHECK(glob_match("***", "abc"));
}

TEST_CASE("UTF-16 length counts code units, not bytes") {
  CHECK(utf16_length("abc") == 3);
  CHECK(utf16_length("\xC3\xA9") == 1);
  CHECK(utf16_length("\xE2\x82\xAC") == 1);
  CHECK(utf16_length("\xF0\x9F\x98\x80") == 2);
}

TEST_CASE("Valid UTF-8 excludes overlong forms, surrogates and what lies beyond U+10FFFF") {
  CHECK(is_valid_utf8("eight or more ASCII bytes"));
  CHECK(is_valid_utf8("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                     "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "abcdefgh\xFF"}) {
    CHECK_FALSE(is_valid_utf8(bad));
  }
}

TEST_CASE("Integers are parsed whole or not at all") {
  CHECK(parse_integer("42") == 42);
  CHECK(parse_integer("+42") == 42);
  CHECK(parse_integer("-9223372036854775808") == std::numeric_limits<long long>::min());
  for (const std::string_view bad : {"", "+", "-", "+-1", "1.0", " 1", "1 ", "0x1", "9223372036854775808"}) {
    CHECK_FALSE(parse_integer(bad));
  }
}

TEST_CASE("Split and join are each other's reverse") {
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
  CHECK(join({"a", "", "b", ""}, ",") == "a,,b,");
}

TEST_CASE("Case and blanks are ASCII matters") {
  CHECK(equals_ignoring_case("X-Amz-Target", "x-amz-target"));
  CHECK_FALSE(equals_ignoring_case("a", "ab"));
  CHECK_FALSE(equals_ignoring_case("@", "`"));
  CHECK(to_lower("AbZ\xC3\x89[") == "abz\xC3\x89[");
  CHECK(to_upper("aBz{") == "ABZ{");
  CHECK(trim(" \t a b\t ") == "a b");
  CHECK(trim(" \t").empty());
}

}  // namespace
}  // namespace fickle
