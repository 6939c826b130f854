// The token and the window of syntax errors. Many of these were quoted by users of the real service.
#include <catch2/catch_test_macros.hpp>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

TEST_CASE("A syntax error in a condition names the offending token and the text around it") {
  const Case cases[] = {
      {"a-b", "syntax - | a-b"},
      {"attribute_exists(dummy-id)", "syntax - | dummy-id"},
      {"attribute_exists(a) AND NOT #a", "syntax <EOF> | #a"},
      {"a", "syntax <EOF> | a"},
      {":s", "syntax <EOF> | :s"},
      {"a AND b = :s", "syntax AND | a AND b"},
      {"a = :s AND __typename = :s", "syntax _ | AND __"},
      {"_x = :s", "syntax _ | _x"},
      {"ADD #a :n", "syntax ADD | ADD #a"},
      {"set = :s", "syntax set | set ="},
      {"things are not gonna be ok", "syntax are | things are not"},
      {"a > 4", "syntax 4 | > 4"},
      {"a == :s", "syntax = | == :s"},
      {"a != :s", "syntax ! | a !="},
      {"a <> <> :s", "syntax <> | <> <> :s"},
      {"a = :s = :s", "syntax = | :s = :s"},
      {"!a", "syntax ! | !a"},
      {"#", "syntax # | #"},
      {"a = :", "syntax : | = :"},
      {"{0} = :s", "syntax { | {0"},
      {"\xC3\xBC > a", "syntax \xC3\xBC | \xC3\xBC >"},
      {"a = \"x\"", "syntax \" | = \"x"},
      {"a IN ()", "syntax ) | ()"},
      {"a IN b", "syntax b | IN b"},
      {"a in b, c", "syntax b | in b,"},
      {"a IN (b,c,)", "syntax ) | ,)"},
      {"a IN (b", "syntax <EOF> | b"},
      {"a > between", "syntax between | > between"},
      {"a BETWEEN :n", "syntax <EOF> | :n"},
      {"a BETWEEN :n OR b = :n", "syntax OR | :n OR b"},
      {"(a)between(b.(c.d))and(c)", "syntax ( | .(c"},
      {"(a)between(b.c.d)and((c)", "syntax <EOF> | )"},
      {"(a)between(b.c[4.5].#d)and(:a)", "syntax . | 4.5"},
      {"size(a).b > a", "syntax . | ).b"},
      {"(size(a))[0] > a", "syntax [ | )[0"},
      {"(:s).b = a", "syntax . | ).b"},
      {"(a = :s) = :s", "syntax = | ) = :s"},
      {"a = (b = :s)", "syntax = | b = :s"},
      {"a = (NOT b)", "syntax NOT | (NOT b"},
      {"NOT a", "syntax <EOF> | a"},
      {"NOT (a) AND b = :s", "syntax AND | ) AND b"},
      {"a = :s OR", "syntax <EOF> | OR"},
      {"a = :s )", "syntax ) | :s )"},
      {"(a = :s", "syntax <EOF> | :s"},
      {"()", "syntax ) | ()"},
      {"attribute_exists()", "syntax ) | ()"},
      {"contains(a, )", "syntax ) | , )"},
      {"contains(a = :s)", "syntax = | a = :s"},
      {"contains(a :s)", "syntax :s | a :s)"},
      {"attribute_exists(Pictures..RearView)", "syntax . | ..RearView"},
      {"attribute_exists(Pi#ctures.RearView)", "syntax #ctures | Pi#ctures."},
      {"attribute_exists(asdf[a])", "syntax a | [a]"},
      {"b[:a] > a", "syntax :a | [:a]"},
      {"a[01] = :s", "syntax 1 | 01]"},
      {"a[-1] = :s", "syntax - | [-1"},
      {"a[] = :s", "syntax ] | [] ="},
      {"a. = :s", "syntax = | . = :s"},
      {"a + b = :s", "syntax + | a + b"},
      {"a = b + c", "syntax + | b + c"},
      {"a > :s.stuff", "syntax . | :s.stuff"},
      {"NOT", "syntax <EOF> | NOT"},
      {"a = :s b = :s", "syntax b | :s b ="},
      {"   ", "syntax <EOF> | "},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(condition_outcome(text) == expected);
  }
}

TEST_CASE("A syntax error in an update names the offending token and the text around it") {
  const Case cases[] = {
      {"ADD hits : incr", "syntax : | hits : incr"},
      {"set {0} = :s", "syntax { | set {0"},
      {"SET a = :s,", "syntax <EOF> | ,"},
      {"SET a = :s, SET b = :s", "syntax SET | , SET b"},
      {"SET", "syntax <EOF> | SET"},
      {"set a", "syntax <EOF> | a"},
      {"set a b", "syntax b | a b"},
      {"set a=set", "syntax set | =set"},
      {"SET a = VALUE 1", "syntax 1 | VALUE 1"},
      {"set a[1] = 1", "syntax 1 | = 1"},
      {"SET a = if_not_exists(a, 0)", "syntax 0 | , 0)"},
      {"SET if_not_exists(a, b) = a", "syntax ( | if_not_exists(a"},
      {"set :s = b", "syntax :s | set :s ="},
      {"set a = b / c", "syntax / | b / c"},
      {"set a = b + c + d", "syntax + | c + d"},
      {"set a = (b + c) + d", "syntax + | ) + d"},
      {"set a = b + (c + d)", "syntax + | c + d"},
      {"set a = list_append(b + c, d)", "syntax + | b + c"},
      {"set (a = (b + c))", "syntax ( | set (a"},
      {"set a = (b.c).d + e", "syntax . | ).d"},
      {"set a = (b.c)[0] + e", "syntax [ | )[0"},
      {"set a = (b", "syntax <EOF> | b"},
      {"set a = b)", "syntax ) | b)"},
      {"set a = b = c", "syntax = | b = c"},
      {"set a = b, ", "syntax <EOF> | ,"},
      {"SET a = :s updated = :s", "syntax updated | :s updated ="},
      {"remove a = b", "syntax = | a = b"},
      {"remove a b", "syntax b | a b"},
      {"remove :s", "syntax :s | remove :s"},
      {"REMOVE a[1", "syntax <EOF> | 1"},
      {"add a", "syntax <EOF> | a"},
      {"add a b", "syntax b | a b"},
      {"add a = b", "syntax = | a = b"},
      {"add a (:n)", "syntax ( | a (:n"},
      {"add a if_not_exist(b)", "syntax if_not_exist | a if_not_exist("},
      {"delete a b", "syntax b | a b"},
      {"delete :s b", "syntax :s | delete :s b"},
      {"DELETE #a :ss undefined SET b = :s", "syntax undefined | :ss undefined SET"},
      {"SET a = :s AND b = :s", "syntax AND | :s AND b"},
      {"a-b", "syntax a | a-"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(update_outcome(text) == expected);
  }
}

TEST_CASE("A syntax error in a projection names the offending token and the text around it") {
  const Case cases[] = {
      {"dummy-id", "syntax - | dummy-id"},
      {"a,", "syntax <EOF> | ,"},
      {",a", "syntax , | ,a"},
      {"a,,b", "syntax , | ,,b"},
      {"a[-1]", "syntax - | [-1"},
      {"a[]", "syntax ] | []"},
      {"l[a]", "syntax a | [a]"},
      {"a b", "syntax b | a b"},
      {"(a)", "syntax ( | (a"},
      {"a, :s", "syntax :s | , :s"},
      {"a.:s", "syntax :s | .:s"},
      {"#AMZN_MAPPED_2021-03-03", "syntax - | #AMZN_MAPPED_2021-0"},
      {"_a", "syntax _ | _a"},
      {"2a", "syntax 2 | 2a"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(projection_outcome(text) == expected);
  }
}

TEST_CASE("Blanks may stand between all tokens and keywords may be written in any case") {
  CHECK(condition_outcome(" \t\r\na . b [ 0 ]\n=\t:s aNd not b between :n and :big ") == "ok");
  CHECK(condition_outcome("a=:s oR(b)In(:s,:z)") == "ok");
  CHECK(update_outcome("set a=:s rEmove b . c [ 2 ] add d :n DELETE e :ss") == "ok");
  CHECK(projection_outcome("a . b , c [ 0 ] . #a") == "ok");
}

TEST_CASE("A name may hold digits and underscores after its first letter; references may start with either") {
  CHECK(condition_outcome("a_1 = :s") == "ok");
  CHECK(condition_outcome("#4g = :_", bindings(R"({"#4g": "x"})", R"({":_": {"S": "y"}})")) == "ok");
}

}  // namespace fickle::expr
