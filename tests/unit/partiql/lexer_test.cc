#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/api/error.hh"
#include "emulator/partiql/lexer.hh"

using namespace fickle;           // NOLINT: tests read like the language they test
using namespace fickle::partiql;  // NOLINT

namespace {

// "word:select quoted:a b symbol:= ..." without the end.
std::string shown(std::string_view text) {
  constexpr const char* kinds[] = {"word", "quoted", "string", "number", "parameter", "symbol", "end"};
  std::string all;
  for (const Token& token : tokenize(text)) {
    if (token.kind == TokenKind::end) break;
    all += (all.empty() ? "" : " ") + std::string(kinds[static_cast<std::size_t>(token.kind)]) + ":" + token.text;
  }
  return all;
}

std::string refusal(std::string_view text) {
  try {
    (void)tokenize(text);
  } catch (const ApiError& error) {
    return error.message();
  }
  return {};
}

}  // namespace

TEST_CASE("Words, quoted names, strings, numbers, parameters and symbols") {
  CHECK(shown("SELECT \"a\"\"b\" FROM t") == "word:SELECT quoted:a\"b word:FROM word:t");
  CHECK(shown("'it''s'") == "string:it's");
  CHECK(shown("''") == "string:");
  CHECK(shown("1 1.5 1e-3 .5 7.") == "number:1 number:1.5 number:1e-3 number:.5 number:7.");
  CHECK(shown("a<=?") == "word:a symbol:<= parameter:?");
  CHECK(shown("<<1>><>!=") == "symbol:<< number:1 symbol:>> symbol:<> symbol:!=");
  CHECK(shown("a.b[0]") == "word:a symbol:. word:b symbol:[ number:0 symbol:]");
}

TEST_CASE("Comments and blanks separate tokens") {
  CHECK(shown("a -- the rest\n b /* c * d */ e") == "word:a word:b word:e");
  CHECK(shown("  \t\r\n").empty());
}

TEST_CASE("Tokens know their place in characters") {
  const auto tokens = tokenize("a\n  \"é\" 'x'");
  REQUIRE(tokens.size() == 4);
  CHECK(tokens[1].line == 2);
  CHECK(tokens[1].column == 3);
  CHECK(tokens[1].length == 3);
  CHECK(tokens[2].column == 7);
  CHECK(tokens[3].kind == TokenKind::end);
}

TEST_CASE("What is never closed or starts no token is refused without a detail") {
  for (const char* text : {"'open", "\"open", "/* open", "a ` b", "#x", "12abc", "'a''"}) {
    INFO(text);
    CHECK(refusal(text) == "Statement wasn't well formed, can't be processed");
  }
}
