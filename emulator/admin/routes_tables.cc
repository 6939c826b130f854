// /tables: what a person looking on wants to see of the tables - neither journal nor faults take notice - and emptying one.
#include "emulator/admin/routes.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/store/lifecycle.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

namespace {

constexpr std::int64_t kItemsDefault = 20;
constexpr std::int64_t kItemsMost = 1000;

Table& named_table(Universe& universe, const std::string& name) {
  Table* table = universe.find_table(name);
  if (table == nullptr) throw ControlError{404, "Unknown table", "there is no table '" + name + "'", ""};
  return *table;
}

boost::json::object summary(const std::string& name, const Table& table) {
  boost::json::array indexes;
  for (const Index& index : table.indexes) indexes.emplace_back(index.schema.name);
  return {{"name", name},
          {"status", status_name(table.status)},
          {"items", table.item_count},
          {"bytes", table.size.count},
          {"indexes", std::move(indexes)},
          {"stream", table.stream != nullptr}};
}

ControlReply list(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::refuse);
  boost::json::array tables;
  Universes::with(*entry, [&](Universe& universe) {
    for (const auto& [name, table] : universe.tables) tables.push_back(summary(name, *table));
  });
  ControlReply reply;
  reply.body = boost::json::object{{"tables", std::move(tables)}};
  return reply;
}

std::int64_t whole_number(const ControlRequest& request, std::string_view name, std::int64_t otherwise,
                          std::int64_t most) {
  const auto text = request.query(name);
  if (!text) return otherwise;
  const auto number = parse_integer(*text);
  if (number && *number >= 0 && *number <= most) return *number;
  throw ControlError{400, "Not a number", "'" + std::string(name) + "' is a whole number up to " + std::to_string(most),
                     "/" + std::string(name)};
}

// {"items":[...],"next":40}: items in the order of a scan, from the one numbered `from` on; `next` null after the last.
ControlReply items(const ControlParts& parts, const ControlRequest& request) {
  const std::int64_t limit = whole_number(request, "limit", kItemsDefault, kItemsMost);
  const std::int64_t from = whole_number(request, "from", 0, INT64_MAX);
  const auto entry = universe_for(parts, request, Unknown::refuse);
  std::vector<ItemPtr> page;
  bool more = false;
  Universes::with(*entry, [&](Universe& universe) {
    std::int64_t position = 0;
    named_table(universe, request.segments.at("name"))
        .rows.scan({}, {}, Direction::forward, {}, [&](const RowKey&, const ItemPtr& item) {
          if (position++ < from) return true;
          more = page.size() == static_cast<std::size_t>(limit);
          if (!more) page.push_back(item);
          return !more;
        });
  });
  ControlReply reply;
  reply.content_type = "application/json";
  reply.text = R"({"items":[)";
  for (const ItemPtr& item : page) {
    if (item != page.front()) reply.text += ',';
    append_json(reply.text, *item);
  }
  reply.text += R"(],"next":)" + (more ? std::to_string(from + limit) : "null") + "}";
  return reply;
}

ControlReply truncate(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::make);
  const std::string& name = request.segments.at("name");
  ControlReply reply;
  Universes::with(*entry, [&](Universe& universe) {
    Table& table = named_table(universe, name);
    const std::int64_t deleted = table.item_count;
    store::truncate(universe, table);
    reply.body = boost::json::object{{"table", name}, {"deleted", deleted}};
  });
  return reply;
}

}  // namespace

void add_table_routes(Router& router, const ControlParts& parts) {
  router.add({"GET", "/tables", "The tables with their items, bytes and indexes.",
              [parts](const ControlRequest& request) { return list(parts, request); }});
  router.add({"GET", "/tables/{name}/items",
              "Items in the order of a scan (?limit= ?from=), unseen by journal and faults.",
              [parts](const ControlRequest& request) { return items(parts, request); }});
  router.add({"POST", "/tables/{name}/truncate", "Deletes a table's items, keeps the table.",
              [parts](const ControlRequest& request) { return truncate(parts, request); }});
}

}  // namespace fickle
