// faults: the rules that make requests fail.
#include <array>
#include <ostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/cli/text_table.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

constexpr std::size_t kCellWidth = 48;

using Words = std::span<const std::string>;

// {"operation":"PutItem","table":"a*"} -> operation PutItem, table a*
std::string members_of(const json::object& rule, std::string_view member) {
  const json::value* value = rule.if_contains(member);
  if (value == nullptr) return "";
  std::string out;
  for (const auto& one : object_in(*value)) {
    const std::string content =
        one.value().is_object() && one.value().get_object().empty() ? "" : " " + shown(one.value());
    out += (out.empty() ? "" : ", ") + std::string(one.key()) + content;
  }
  return shortened(out, kCellWidth);
}

std::string when_of(const json::object& rule) {
  const std::string when = members_of(rule, "when");
  return when.empty() ? "everything" : when;
}

std::string effect_of(const json::object& rule) {
  const std::string at = shown(rule, "at");
  return members_of(rule, "effect") + (at == "afterCommit" ? ", after the commit" : "");
}

void print_rules(const Session& session, const json::array& rules) {
  TextTable table({{"NAME"},
                   {"WHEN"},
                   {"SCHEDULE"},
                   {"EFFECT"},
                   {"MATCHED", Align::right},
                   {"FIRED", Align::right},
                   {"LEFT", Align::right},
                   {"WAITING", Align::right}});
  for (const json::value& entry : rules) {
    const json::object& rule = object_in(entry);
    const bool parked = shown(rule, "enabled") == "false";
    const std::string waiting = shown(rule, "waiting");
    table.add({shown(rule, "name") + (parked ? " (parked)" : ""), when_of(rule), members_of(rule, "schedule"),
               effect_of(rule), shown(rule, "matched"), shown(rule, "fired"), shown(rule, "remaining"),
               waiting == "0" ? "" : waiting});
  }
  session.out << (table.empty() ? "no fault rules\n" : table.text());
}

int list(const Session& session, Words) {
  const Reply reply = session.control.ask("GET", "/faults");
  if (!session.print_json(reply)) print_rules(session, list_in(reply.body, "faults"));
  return 0;
}

int add(const Session& session, Words words) {
  // A rule may be given in place of a file; a file's name does not begin with a bracket.
  const bool literal = words[0].starts_with('{') || words[0].starts_with('[');
  const Reply reply = session.control.ask("POST", "/faults", literal ? words[0] : read_input(words[0]));
  if (session.print_json(reply)) return 0;
  const json::array& several = list_in(reply.body, "faults");
  print_rules(session, object_in(reply.body).contains("faults") ? several : json::array{reply.body});
  return 0;
}

int remove(const Session& session, Words words) {
  const Reply reply = session.control.ask("DELETE", "/faults/" + percent_encoded(words[0]));
  if (session.print_json(reply)) return 0;
  session.out << "rule " << words[0] << " is gone; it fired " << shown(object_in(reply.body), "fired") << " times\n";
  return 0;
}

int clear(const Session& session, Words) {
  const Reply reply = session.control.ask("DELETE", "/faults");
  if (!session.print_json(reply)) session.out << "no fault rules\n";
  return 0;
}

int presets(const Session& session, Words) {
  const Reply reply = session.control.ask("GET", "/presets");
  if (session.print_json(reply)) return 0;
  TextTable table({{"PRESET"}, {"WHAT IT DOES"}});
  for (const json::value& entry : list_in(reply.body, "presets")) {
    const json::object& preset = object_in(entry);
    table.add({shown(preset, "name"), shown(preset, "description")});
  }
  session.out << table.text() << "\nUse one with: fickledb faults add '{\"preset\":\"NAME\"}'\n";
  return 0;
}

int release(const Session& session, Words words) {
  const Reply reply = session.control.ask("POST", "/faults/" + percent_encoded(words[0]) + "/release");
  if (!session.print_json(reply)) session.out << shown(object_in(reply.body), "released") << " requests let go\n";
  return 0;
}

int verify(const Session& session, Words) {
  const Reply reply = session.control.call("POST", "/faults/verify");
  const bool printed = session.print_json(reply);
  if (!reply.ok()) throw Failure{reply.problem()};
  if (!printed) session.out << "every rule fired with effect (" << shown(object_in(reply.body), "count") << " rules)\n";
  return 0;
}

constexpr std::array kVerbs = {
    Verb{"list", 0, 0, list},     Verb{"add", 1, 1, add},         Verb{"remove", 1, 1, remove},
    Verb{"clear", 0, 0, clear},   Verb{"presets", 0, 0, presets}, Verb{"release", 1, 1, release},
    Verb{"verify", 0, 0, verify},
};

int faults(const Session& session) {
  return run_verb(session, kVerbs);
}

}  // namespace

constinit const Command faults_command{
    .name = "faults",
    .summary = "rules that make requests fail",
    .usage =
        "faults [list]         with their counters\n"
        "faults add FILE       one rule or a list of them; '-' is standard input; a rule itself will do\n"
        "faults remove NAME\n"
        "faults clear\n"
        "faults presets        rules to start from\n"
        "faults release NAME   lets go whoever a hold holds\n"
        "faults verify         fails when a rule never fired with effect",
    .details =
        "Try:\n"
        "  fickledb faults add '{\"preset\":\"throttle-twice\"}'\n"
        "  fickledb faults add "
        "'{\"when\":{\"operation\":\"PutItem\"},\"schedule\":{\"times\":1},\"effect\":{\"throttle\":{}}}'",
    .flags = {},
    .run = faults};

}  // namespace fickle::cli
