// /sweep: the handshake of `fickledb sweep`. PUT {"rules": [...]} begins a run: its rules decide before all others, the list of calls is
// empty. GET shows both, DELETE ends it. The rules are in no list but this one, and neither a reset nor DELETE /faults takes them away.
#include "faults/routes.hh"
#include "faults/sweep_watch.hh"

namespace fickle {
namespace {

[[noreturn]] void no_sweep(const std::string& universe) {
  refuse("", "no sweep is under way in the universe " + universe, 404);
}

ControlReply begin(const FaultRoutes& parts, const ControlRequest& request) {
  Document document({request.body, ""}, "a sweep");
  const auto given = document.take("rules");
  document.finish();
  std::vector<ParsedRule> rules;
  if (given) rules = parse_rules({given->value, given->pointer}, parts.operations);
  check_names(rules);
  ControlReply reply;
  parts.with_rules(request.universe, true, [&](RuleSet&, Instant now) {
    const auto watch = std::make_shared<SweepWatch>(rules, now);
    parts.engine.set_sweep(request.universe, watch);
    reply.body = watch->show();
  });
  return reply;
}

ControlReply show(const FaultRoutes& parts, const ControlRequest& request) {
  const auto watch = parts.engine.sweep(request.universe);
  if (watch == nullptr) no_sweep(request.universe);
  return {200, watch->show(), "", "", {}};
}

ControlReply end(const FaultRoutes& parts, const ControlRequest& request) {
  ControlReply reply;
  parts.with_rules(request.universe, false, [&](RuleSet&, Instant) {
    const auto watch = parts.engine.sweep(request.universe);
    if (watch == nullptr) no_sweep(request.universe);
    watch->release_all();
    parts.engine.set_sweep(request.universe, nullptr);
    reply.body = watch->show();
  });
  return reply;
}

}  // namespace

std::vector<Route> sweep_routes(const FaultRoutes& parts) {
  return {
      {"GET", "/sweep", "The rules and the calls of the run that a sweep makes.",
       [parts](const ControlRequest& request) { return show(parts, request); }},
      {"PUT", "/sweep", "Begins a run of a sweep: rules before all others, which no reset takes away.",
       [parts](const ControlRequest& request) { return begin(parts, request); }},
      {"DELETE", "/sweep", "Ends the sweep.", [parts](const ControlRequest& request) { return end(parts, request); }},
  };
}

}  // namespace fickle
