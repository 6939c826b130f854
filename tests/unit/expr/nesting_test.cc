// Nothing that fits into 4,096 bytes may exhaust the stack of a connection's thread. Everything here runs on a stack of 256 KB, or of
// FICKLE_STACK_KB where a sanitizer needs larger frames.
#include <pthread.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <functional>
#include <string>

#include "tests/unit/expr/support.hh"

namespace fickle::expr {

namespace {

void* call(void* function) {
  (*static_cast<std::function<void()>*>(function))();
  return nullptr;
}

std::size_t stack_size() {
  const char* given = std::getenv("FICKLE_STACK_KB");
  return 1024 * (given == nullptr ? std::size_t{256} : std::stoul(given));
}

void on_a_small_stack(std::function<void()> function) {
  pthread_attr_t attributes;
  pthread_t thread{};
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, stack_size()) == 0);
  REQUIRE(pthread_create(&thread, &attributes, call, &function) == 0);
  REQUIRE(pthread_join(thread, nullptr) == 0);
  pthread_attr_destroy(&attributes);
}

// Compiles, evaluates on `stored`, and destroys; "true", "false" or the error.
std::string verdict(const std::string& text, const Item& stored) {
  std::string result;
  on_a_small_stack([&] {
    auto bound = one_of_each();
    const auto condition = compile_condition(text, bound);
    result = outcome(condition);
    if (condition) result = evaluate(condition.value(), stored) ? "true" : "false";
    if (condition) (void)paths_of(condition.value());
  });
  return result;
}

}  // namespace

TEST_CASE("An expression of nothing but parentheses, NOTs or calls is parsed and refused") {
  const Item none;
  CHECK(verdict(repeated("(", 2046) + "a=b" + repeated(")", 2047), none).starts_with("syntax )"));
  CHECK(verdict(repeated("(", 2046) + "a=b" + repeated(")", 2046), none) == "redundant_parentheses");
  CHECK(verdict("a=" + repeated("(", 2046) + "b" + repeated(")", 2046), none) == "redundant_parentheses");
  CHECK(verdict(repeated("(", 4096), none) == "syntax <EOF> | (");
  CHECK(verdict(repeated(")", 4096), none) == "syntax ) | ))");
  CHECK(verdict(repeated("NOT ", 1023) + "a=b", none) == "too_many_operators 1024");
  CHECK(verdict(repeated("NOT(", 800) + "a=b" + repeated(")", 800), none) == "too_many_operators 801");
  CHECK(verdict(repeated("f(", 1365) + "a" + repeated(")", 1365), none) == "unknown_function f");
  CHECK(verdict(repeated("size(", 680) + "a" + repeated(")", 680) + " > :n", none) == "operand_type size N");
  CHECK(verdict(repeated("(", 1000) + "a" + repeated(").b", 1000) + " = :s", none) == "path_too_deep 1001");
  on_a_small_stack([] {
    CHECK(update_outcome("SET a = " + repeated("(", 2040) + "b" + repeated(")", 2040)) == "redundant_parentheses");
    CHECK(update_outcome("SET a = " + repeated("(", 4000)).starts_with("syntax <EOF>"));
  });
}

TEST_CASE("The deepest conditions that are allowed can be compiled, evaluated and destroyed") {
  const auto stored = item(R"({"a": {"S": "s"}})");
  CHECK(verdict(repeated("NOT ", 299) + "a=:s", stored) == "false");
  CHECK(verdict(repeated("NOT(", 298) + "a=:s" + repeated(")", 298), stored) == "true");
  // One AND and one OR in turn: operators that count only once per level.
  std::string deep;
  int levels = 0;
  for (; deep.size() + 2 * 25 + static_cast<std::size_t>(levels) + 40 < 4096; levels += 2) {
    deep += "contains(a,:s)AND(contains(a,:n)OR(";
  }
  deep += "a=:s" + repeated(")", static_cast<std::size_t>(levels));
  CHECK(levels > 150);
  CHECK(verdict(deep, stored) == "true");
  std::string negated;
  for (int i = 0; i < 150; ++i) negated += "NOT(contains(a,:s)AND ";
  negated += "a=a.b";
  CHECK(verdict(negated.substr(0, 100 * 22) + "a=:s" + repeated(")", 100), stored) == "true");
}

TEST_CASE("The deepest right-hand side that is allowed can be compiled, computed and destroyed") {
  on_a_small_stack([] {
    auto bound = one_of_each();
    const auto text = "SET a=" + repeated("if_not_exists(x,", 240) + ":s" + repeated(")", 240);
    const auto update = compile_update(text, bound);
    REQUIRE(update);
    const auto after = apply(update.value(), Item{}, ItemExisted::yes);
    REQUIRE(after);
    CHECK(text_of(after.value()) == R"({"a":{"S":"s"}})");
    CHECK(paths_of(update.value()).size() == 241);
  });
}

}  // namespace fickle::expr
