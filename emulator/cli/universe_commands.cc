// reset, snapshot, truncate and universes.
#include <ostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/cli/text_table.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

int reset(const Session& session) {
  session.expect_words(0, 0);
  json::object body;
  const auto to = session.arguments.get("to");
  if (to) body["to"] = *to;
  json::array keep;
  for (const std::string& list : session.arguments.all("keep")) {
    for (const std::string_view part : split(list, ',')) keep.emplace_back(part);
  }
  if (!keep.empty()) body["keep"] = std::move(keep);
  const Reply reply = session.control.ask("POST", "/reset", json_text(body));
  if (session.print_json(reply)) return 0;
  const json::object& now = object_in(reply.body);
  session.out << shown(now, "name") << " is as "
              << (to ? *to == "empty" ? "an empty one" : "in " + *to : "after its fixtures loaded") << ": "
              << shown(now, "tables") << " tables, " << shown(now, "items") << " items\n";
  return 0;
}

int list_snapshots(const Session& session) {
  const Reply reply = session.control.ask("GET", "/snapshots");
  if (session.print_json(reply)) return 0;
  TextTable table({{"SNAPSHOT"}, {"TABLES", Align::right}, {"ITEMS", Align::right}});
  for (const json::value& entry : list_in(reply.body, "snapshots")) {
    const json::object& one = object_in(entry);
    table.add({shown(one, "name"), shown(one, "tables"), shown(one, "items")});
  }
  session.out << (table.empty() ? "no snapshots\n" : table.text());
  return 0;
}

int snapshot(const Session& session) {
  session.expect_words(0, 1);
  if (session.arguments.words.empty()) {
    if (session.arguments.has("remove")) throw Failure{"snapshot --remove: which one?", kExitUsage};
    return list_snapshots(session);
  }
  const std::string& name = session.arguments.words.front();
  const bool remove = session.arguments.has("remove");
  const Reply reply = session.control.ask(remove ? "DELETE" : "PUT", "/snapshots/" + percent_encoded(name));
  if (session.print_json(reply)) return 0;
  if (remove) {
    session.out << "snapshot " << name << " is gone\n";
  } else {
    session.out << "snapshot " << name << ": " << shown(object_in(reply.body), "tables")
                << " tables; back to it with: fickledb reset --to " << name << "\n";
  }
  return 0;
}

int truncate(const Session& session) {
  session.expect_words(1, 1);
  const std::string& name = session.arguments.words.front();
  const Reply reply = session.control.ask("POST", "/tables/" + percent_encoded(name) + "/truncate");
  if (session.print_json(reply)) return 0;
  session.out << name << ": " << shown(object_in(reply.body), "deleted") << " items deleted\n";
  return 0;
}

int universes(const Session& session) {
  session.expect_words(0, 0);
  if (const auto name = session.arguments.get("drop")) {
    const Reply reply = session.control.ask("DELETE", "/universes/" + percent_encoded(*name));
    if (!session.print_json(reply)) session.out << "universe " << *name << " is gone\n";
    return 0;
  }
  const Reply reply = session.control.ask("GET", "/universes");
  if (session.print_json(reply)) return 0;
  TextTable table({{"UNIVERSE"}, {"TABLES", Align::right}, {"ITEMS", Align::right}, {"BYTES", Align::right}});
  for (const json::value& entry : list_in(reply.body, "universes")) {
    const json::object& one = object_in(entry);
    table.add({shown(one, "name"), shown(one, "tables"), shown(one, "items"), shown(one, "bytes")});
  }
  session.out << table.text();
  return 0;
}

constexpr Flag kResetFlags[] = {
    {"to", "NAME", "take the data from this snapshot, or 'empty' for no tables at all"},
    {"keep", "LIST", "what stays as it is: faults, journal, simulation, clock (commas between)"},
};
constexpr Flag kSnapshotFlags[] = {{"remove", "", "forget the snapshot"}};
constexpr Flag kUniverseFlags[] = {{"drop", "NAME", "forget this universe"}};

}  // namespace

constinit const Command reset_command{.name = "reset",
                                      .summary = "everything as just after the fixtures loaded",
                                      .usage = "reset [--to NAME] [--keep LIST]",
                                      .details =
                                          "Tables, items, faults, simulation, clock, journal and draws. Costs what has "
                                          "changed, so do it before every test.",
                                      .flags = kResetFlags,
                                      .run = reset};
constinit const Command snapshot_command{
    .name = "snapshot",
    .summary = "keeps the data as they are now under a name",
    .usage = "snapshot NAME\nsnapshot             lists them\nsnapshot NAME --remove",
    .details = "Back to it with: fickledb reset --to NAME. Snapshots survive resets.",
    .flags = kSnapshotFlags,
    .run = snapshot};
constinit const Command truncate_command{.name = "truncate",
                                         .summary = "deletes a table's items, keeps the table",
                                         .usage = "truncate TABLE",
                                         .details = "",
                                         .flags = {},
                                         .run = truncate};
constinit const Command universes_command{
    .name = "universes",
    .summary = "the isolated DynamoDBs of this server, with their sizes",
    .usage = "universes [--drop NAME]",
    .details = "A server started with --isolate access-key makes one per access key on first use.",
    .flags = kUniverseFlags,
    .run = universes};

}  // namespace fickle::cli
