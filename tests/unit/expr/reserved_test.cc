// DynamoDB's reserved words.
#include "emulator/expr/reserved.hh"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "emulator/expr/reserved_words.hh"

namespace fickle::expr {

TEST_CASE("A reserved word is reserved in any case") {
  for (const auto* word :
       {"ABORT", "abort", "aBoRt", "ZONE", "name", "Status", "size", "TTL", "timestamp", "user", "data"}) {
    INFO(word);
    CHECK(is_reserved(word));
  }
}

TEST_CASE("Other words are not reserved, functions' names mostly neither") {
  for (const auto* word : {"", "abor", "aborts", "pk", "sk", "contains", "begins_with", "attribute_type",
                           "if_not_exists", "list_append", "widget", "a_very_long_attribute_name_indeed", "\xC3\xBC"}) {
    INFO(word);
    CHECK_FALSE(is_reserved(word));
  }
}

TEST_CASE("There are 573 reserved words") {
  CHECK(kReservedWords.size() == 573);
}

}  // namespace fickle::expr
