// clock: the virtual clock of a universe.
#include <array>
#include <ostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/timetext.hh"

namespace fickle::cli {
namespace {

int print(const Session& session, const Reply& reply) {
  if (session.print_json(reply)) return 0;
  const json::object& clock = object_in(reply.body);
  session.out << shown(clock, "now") << "  " << shown(clock, "mode");
  const json::value* offset = clock.if_contains("offsetSeconds");
  json::error_code error;
  const double seconds = offset == nullptr ? 0 : offset->to_number<double>(error);
  if (!error && (seconds >= 1 || seconds <= -1)) {
    const auto whole = std::chrono::seconds(static_cast<long long>(seconds < 0 ? -seconds : seconds));
    session.out << ", " << format_duration(whole) << (seconds < 0 ? " behind" : " ahead of") << " the wall clock";
  }
  session.out << "\n";
  return 0;
}

int move(const Session& session, std::string_view what, json::value how) {
  return print(session, session.control.ask("POST", "/clock", json_text(json::object{{what, std::move(how)}})));
}

constexpr std::array kVerbs = {
    Verb{"show", 0, 0,
         [](const Session& session, std::span<const std::string>) {
           return print(session, session.control.ask("GET", "/clock"));
         }},
    Verb{"advance", 1, 1,
         [](const Session& session, std::span<const std::string> words) {
           return move(session, "advance", json::string(words[0]));
         }},
    Verb{"set", 1, 1,
         [](const Session& session, std::span<const std::string> words) {
           return move(session, "set", json::string(words[0]));
         }},
    Verb{"freeze", 0, 0,
         [](const Session& session, std::span<const std::string>) { return move(session, "freeze", true); }},
    Verb{"resume", 0, 0,
         [](const Session& session, std::span<const std::string>) { return move(session, "resume", true); }},
};

int clock(const Session& session) {
  return run_verb(session, kVerbs);
}

}  // namespace

constinit const Command clock_command{
    .name = "clock",
    .summary = "the virtual clock: what expires, refills and lags goes by it",
    .usage = "clock [show]\nclock advance 2h\nclock set 2026-01-01T00:00:00Z\nclock freeze\nclock resume",
    .details =
        "Whatever falls due has happened when the command ends: advance past an item's expiry, and it is deleted.",
    .flags = {},
    .run = clock};

}  // namespace fickle::cli
