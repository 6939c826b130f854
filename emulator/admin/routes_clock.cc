// /clock: freeze, set, advance and resume the virtual clock of a universe; whatever falls due happens before the answer.
#include "emulator/admin/routes.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/timetext.hh"

namespace fickle {

namespace {

boost::json::object describe(const VirtualClock& clock) {
  return {{"now", format_instant(clock.now())},
          {"mode", clock.frozen() ? "frozen" : "running"},
          {"offsetSeconds", std::chrono::duration<double>(clock.offset()).count()}};
}

struct Move {
  std::optional<Duration> advance;
  std::optional<Instant> set;
  bool freeze = false, resume = false;
};

bool read_flag(const boost::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value == nullptr) return false;
  if (!value->is_bool())
    throw ControlError{400, "Not a boolean", "'" + std::string(name) + "' is true or false", "/" + std::string(name)};
  return value->as_bool();
}

Move read_move(const boost::json::object& body) {
  Move move;
  if (const auto* advance = body.if_contains("advance")) {
    std::optional<Duration> by;
    if (advance->is_string()) by = parse_duration(advance->as_string());
    if (advance->is_int64() && advance->as_int64() == 0) by = Duration{0};
    if (!by)
      throw ControlError{400, "Not a duration", "'advance' is a duration such as \"2h\", not negative", "/advance"};
    move.advance = by;
  }
  if (const auto* set = body.if_contains("set")) {
    if (set->is_string()) move.set = parse_instant(set->as_string());
    if (!move.set)
      throw ControlError{400, "Not an instant", "'set' is an RFC 3339 instant such as \"2026-01-01T00:00:00Z\"",
                         "/set"};
  }
  move.freeze = read_flag(body, "freeze");
  move.resume = read_flag(body, "resume");
  return move;
}

ControlReply move_clock(const ControlParts& parts, const ControlRequest& request) {
  const Move move = read_move(object_body(request, {"advance", "set", "freeze", "resume"}));
  const auto entry = universe_for(parts, request, Unknown::make);
  ControlReply reply;
  Universes::with(*entry, [&](Universe& universe) {
    if (move.freeze) universe.clock.freeze();  // first, so that it stands exactly where it is moved to
    if (move.advance) universe.clock.advance(*move.advance);
    if (move.set) universe.clock.set(*move.set);
    if (move.resume) universe.clock.resume();
    run_due(universe);
    reply.body = describe(universe.clock);
  });
  if (parts.events.watched()) parts.events.publish({"clock", request.universe, json_text(reply.body)});
  return reply;
}

}  // namespace

void add_clock_routes(Router& router, Sections& sections, const ControlParts& parts) {
  router.add({"GET", "/clock", "The virtual clock: now, mode, offset.", [parts](const ControlRequest& request) {
                const auto entry = universe_for(parts, request, Unknown::refuse);
                ControlReply reply;
                Universes::with(*entry, [&](Universe& universe) { reply.body = describe(universe.clock); });
                return reply;
              }});
  router.add({"POST", "/clock",
              "advance, set, freeze, resume - in that order; whatever falls due happens before the answer.",
              [parts](const ControlRequest& request) { return move_clock(parts, request); }});
  sections.add({.name = "clock",
                .check =
                    [](const boost::json::value& section) {
                      if (!section.is_string() || !parse_instant(section.as_string())) {
                        throw ControlError{400, "Not an instant",
                                           "'clock' is an RFC 3339 instant such as \"2026-01-01T00:00:00Z\"", ""};
                      }
                    },
                .apply =
                    [parts](const std::string& name, const boost::json::value& section) {
                      const auto entry = parts.universes.open(name);
                      if (entry == nullptr) return;
                      Universes::with(*entry, [&](Universe& universe) {
                        universe.clock.set(*parse_instant(section.as_string()));
                        keep_clock_in_baseline(universe);
                      });
                    }});
}

}  // namespace fickle
