// /decisions: every draw of the universe's dice, to be saved and played again.
#include "faults/routes.hh"

namespace fickle {
namespace {

json::object decisions_of(const Dice& dice) {
  json::array list;
  for (const Decision& decision : dice.decisions()) {
    list.push_back(json::object{
        {"source", decision.source}, {"n", decision.n}, {"purpose", decision.purpose}, {"value", decision.value}});
  }
  return {{"decisions", std::move(list)}};
}

std::vector<Decision> parse_script(const Node& node) {
  Document document(node, "decisions");
  const auto list = document.take("decisions");
  document.finish();
  std::vector<Decision> script;
  if (!list) return script;
  for (const Node& entry : list->elements()) {
    Document members(entry, "a decision");
    Decision decision;
    decision.source = members.need("source").text();
    decision.n = static_cast<std::uint64_t>(members.need("n").integer(1, std::numeric_limits<std::int64_t>::max()));
    decision.purpose = members.need("purpose").text();
    const Node value = members.need("value");
    decision.value = value.number(0, 1);
    if (decision.value >= 1) value.fail("a draw lies below 1");
    members.finish();
    script.push_back(std::move(decision));
  }
  return script;
}

ControlReply show(const FaultRoutes& parts, const ControlRequest& request) {
  ControlReply reply;
  parts.with_models(request.universe, false, [&reply](Models&, Dice& dice) { reply.body = decisions_of(dice); });
  return reply;
}

ControlReply put(const FaultRoutes& parts, const ControlRequest& request) {
  auto script = parse_script({request.body, ""});
  ControlReply reply;
  reply.body = json::object{{"following", script.size()}};
  parts.with_models(request.universe, true, [&script](Models&, Dice& dice) { dice.follow(std::move(script)); });
  return reply;
}

}  // namespace

std::vector<Route> decision_routes(const FaultRoutes& parts) {
  return {
      {"GET", "/decisions", "Every draw so far.",
       [parts](const ControlRequest& request) { return show(parts, request); }},
      {"PUT", "/decisions", "Rewinds the draws and follows the script, then the seed.",
       [parts](const ControlRequest& request) { return put(parts, request); }},
  };
}

}  // namespace fickle
