// Keys of rows and index entries, projections and their sizes.
#include "emulator/store/schema.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/value/item_size.hh"
#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

const KeySchema kActionKey{{{"visitor", Type::S}}, {{"at", Type::N}}};

TEST_CASE("A row key needs every key attribute, of its type, neither empty nor too long") {
  CHECK(row_key_of(kActionKey, *action("ada", 1)));
  CHECK_FALSE(row_key_of(kActionKey, *item({{"visitor", text("ada")}})));
  CHECK_FALSE(row_key_of(kActionKey, *item({{"visitor", text("ada")}, {"at", text("1")}})));
  CHECK_FALSE(row_key_of(kActionKey, *action("", 1)));
  CHECK(row_key_of(kActionKey, *action(std::string(2048, 'x'), 1)));
  CHECK_FALSE(row_key_of(kActionKey, *action(std::string(2049, 'x'), 1)));
  const KeySchema by_name{{{"id", Type::B}}, {{"name", Type::S}}};
  const auto named = [](std::size_t id, std::size_t name) {
    return item({{"id", Value::binary(std::string(id, 'i'))}, {"name", text(std::string(name, 'n'))}});
  };
  CHECK(row_key_of(by_name, *named(2048, 1024)));
  CHECK_FALSE(row_key_of(by_name, *named(1, 1025)));
  CHECK_FALSE(row_key_of(by_name, *named(0, 1)));
}

TEST_CASE("Rows of one partition order by sort key, numbers by value") {
  CHECK(*row_key_of(kActionKey, *action("ada", 9)) < *row_key_of(kActionKey, *action("ada", 10)));
  CHECK(*row_key_of(kActionKey, *action("ada", -10)) < *row_key_of(kActionKey, *action("ada", -9)));
}

TEST_CASE("Index entries with equal keys order by the hash of the table's key and are different rows") {
  const TableSchema table{"actions", kActionKey};
  const IndexSchema by_page = index_schema("by-page", {{{"page", Type::S}}, {}});
  const auto one = index_row_key_of(by_page, table, *action("ada", 1, "/home"));
  const auto two = index_row_key_of(by_page, table, *action("ada", 2, "/home"));
  REQUIRE((one && two));
  CHECK(*one < *two);
  const auto ten = index_row_key_of(by_page, table, *action("ada", 10, "/home"));
  const auto hundred = index_row_key_of(by_page, table, *action("ada", 100, "/home"));
  CHECK(*hundred < *ten);
  CHECK(one == index_row_key_of(by_page, table, *row_key_of(table.key, *action("ada", 1)), *action("ada", 1, "/home")));
  CHECK_FALSE(index_row_key_of(by_page, table, *item({{"visitor", text("ada")}, {"at", whole(1)}})));
}

TEST_CASE("An index of several hash and range attributes takes items that have them all") {
  const TableSchema table{"actions", kActionKey};
  const IndexSchema wide =
      index_schema("wide", {{{"page", Type::S}, {"visitor", Type::S}}, {{"n", Type::N}, {"at", Type::N}}});
  const auto full = [](std::int64_t n, std::int64_t at) {
    return item({{"visitor", text("ada")}, {"at", whole(at)}, {"page", text("/")}, {"n", whole(n)}});
  };
  CHECK(index_row_key_of(wide, table, *full(1, 20)) < index_row_key_of(wide, table, *full(2, 3)));
  CHECK_FALSE(index_row_key_of(wide, table, *action("ada", 1)));
}

TEST_CASE("A projection holds the keys of index and table, and what is included") {
  const TableSchema table{"actions", kActionKey};
  const ItemPtr whole_item =
      item({{"visitor", text("ada")}, {"at", whole(1)}, {"page", text("/")}, {"a", whole(1)}, {"b", whole(2)}});
  const auto of_kind = [](IndexProjection::Kind kind) {
    return index_schema(
        "i", {{{"page", Type::S}}, {}},
        {kind, kind == IndexProjection::Kind::include ? std::vector<std::string>{"b"} : std::vector<std::string>{}});
  };
  CHECK(projected(of_kind(IndexProjection::Kind::all), table, *whole_item) == *whole_item);
  const Item keys = projected(of_kind(IndexProjection::Kind::keys_only), table, *whole_item);
  CHECK(keys == Item{{"visitor", text("ada")}, {"at", whole(1)}, {"page", text("/")}});
  const Item with_b = projected(of_kind(IndexProjection::Kind::include), table, *whole_item);
  CHECK((with_b.contains("b") && !with_b.contains("a")));
  for (const auto kind :
       {IndexProjection::Kind::all, IndexProjection::Kind::keys_only, IndexProjection::Kind::include}) {
    CHECK(projected_size(of_kind(kind), table, *whole_item) == size_of(projected(of_kind(kind), table, *whole_item)));
  }
  CHECK(key_attributes_of(kActionKey, *whole_item) == Item{{"visitor", text("ada")}, {"at", whole(1)}});
}

}  // namespace
}  // namespace fickle
