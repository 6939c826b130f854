// POST /tables/{name}/truncate - deletes a table's items and keeps the table.
#include "emulator/admin/routes.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

ControlReply truncate(const ControlParts& parts, const ControlRequest& request) {
  const auto entry = universe_for(parts, request, Unknown::make);
  const std::string& name = request.segments.at("name");
  ControlReply reply;
  Universes::with(*entry, [&](Universe& universe) {
    Table* table = universe.find_table(name);
    if (table == nullptr) throw ControlError{404, "Unknown table", "there is no table '" + name + "'", ""};
    const std::int64_t deleted = table->item_count;
    store::truncate(universe, *table);
    reply.body = boost::json::object{{"table", name}, {"deleted", deleted}};
  });
  return reply;
}

}  // namespace

void add_table_routes(Router& router, const ControlParts& parts) {
  router.add({"POST", "/tables/{name}/truncate", "Deletes a table's items, keeps the table.",
              [parts](const ControlRequest& request) { return truncate(parts, request); }});
}

}  // namespace fickle
