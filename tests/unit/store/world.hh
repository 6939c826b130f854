// A universe of user actions for the store's tests: a source clock moved by hand, and the table "actions" (visitor, at) with the global
// index "by-page" (page, at), the keys-only "by-campaign" (campaign) and the local index "by-weight" (visitor, weight).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/store/commit.hh"
#include "emulator/store/lifecycle.hh"
#include "emulator/store/universe.hh"

namespace fickle {

class HandClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void tick(Duration by) { now_ += by; }

 private:
  Instant now_ = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
};

inline Value text(std::string_view value) {
  return Value::string(std::string(value));
}
inline Value whole(std::int64_t value) {
  return Value::number(Number::of(value));
}
inline Value seconds_of(Instant at) {
  return whole(std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}
inline ItemPtr item(std::initializer_list<Attribute> attributes) {
  return std::make_shared<const Item>(attributes);
}

inline IndexSchema index_schema(std::string name, KeySchema key, IndexProjection projection = {},
                                IndexSchema::Kind kind = IndexSchema::Kind::global) {
  return {std::move(name), kind, std::move(key), std::move(projection)};
}

inline std::unique_ptr<Table> actions_table(std::string name = "actions") {
  auto table = std::make_unique<Table>();
  table->schema = {name, {{{"visitor", Type::S}}, {{"at", Type::N}}}};
  table->settings.arn = "arn:aws:dynamodb:us-east-1:000000000000:table/" + name;
  const IndexProjection keys_only{IndexProjection::Kind::keys_only, {}};
  for (const IndexSchema& schema :
       {index_schema("by-page", {{{"page", Type::S}}, {{"at", Type::N}}}),
        index_schema("by-campaign", {{{"campaign", Type::S}}, {}}, keys_only),
        index_schema("by-weight", {{{"visitor", Type::S}}, {{"weight", Type::N}}}, {}, IndexSchema::Kind::local)}) {
    table->indexes.emplace_back().schema = schema;
  }
  return table;
}

struct World {
  World() : universe("default", 1, source) {
    universe.tables.emplace("actions", actions_table());
    run_due(universe);
  }

  Table& table(std::string_view name = "actions") { return *universe.find_table(name); }
  Index& index(std::string_view name) { return *table().find_index(name); }
  Instant now() const { return universe.clock.now(); }

  store::Write put(ItemPtr after, std::string_view name = "actions") {
    RowKey key = *row_key_of(table(name).schema.key, *after);
    return {&table(name), std::move(key), std::move(after)};
  }
  store::Write remove(const ItemPtr& key, std::string_view name = "actions") {
    return {&table(name), *row_key_of(table(name).schema.key, *key), nullptr};
  }
  void commit(std::vector<store::Write> writes) { store::commit(universe, writes); }
  ItemPtr get(const ItemPtr& key, ReadView view = {}) {
    return table().rows.find(*row_key_of(table().schema.key, *key), view);
  }
  // The items of an index, or of the table, in order.
  static std::vector<ItemPtr> all(const Rows& rows, ReadView view = {}) {
    std::vector<ItemPtr> items;
    rows.scan({}, {}, Direction::forward, view, [&items](const RowKey&, const ItemPtr& found) {
      items.push_back(found);
      return true;
    });
    return items;
  }
  void advance(Duration by) {
    universe.clock.advance(by);
    run_due(universe);
  }

  HandClock source;
  Universe universe;
};

// An action of a visitor at a second.
inline ItemPtr action(std::string_view visitor, std::int64_t at, std::string_view page = "/home") {
  return item({{"visitor", text(visitor)}, {"at", whole(at)}, {"page", text(page)}});
}

}  // namespace fickle
