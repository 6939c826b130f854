// /faults and /presets.
#include "faults/routes.hh"

#include "faults/presets.hh"

namespace fickle {
namespace {

// 429 when the limit is reached, else 404.
[[noreturn]] void no_universe(std::string_view name, bool make) {
  if (make) refuse("", "no room for the universe " + std::string(name) + ": raise --max-universes", 429);
  refuse("", "there is no universe " + std::string(name), 404);
}

[[noreturn]] void no_rule(std::string_view name) {
  refuse("", "there is no rule named " + std::string(name), 404);
}

json::object list_of(const RuleSet& rules) {
  return {{"faults", rules.show()}};
}

ControlReply list(const FaultRoutes& parts, const ControlRequest& request) {
  ControlReply reply;
  parts.with_rules(request.universe, false, [&reply](RuleSet& rules, Instant) { reply.body = list_of(rules); });
  return reply;
}

// One rule is answered with itself, several with their list.
ControlReply add(const FaultRoutes& parts, const ControlRequest& request) {
  const auto parsed = parse_rules({request.body, ""}, parts.operations);
  const bool single = request.body.is_object() && !request.body.get_object().contains("faults");
  ControlReply reply;
  parts.with_rules(request.universe, true, [&](RuleSet& rules, Instant now) {
    json::array added;
    for (const std::string& name : rules.add(parsed, now)) added.push_back(*rules.show(name));
    if (single) {
      reply.body = std::move(added.front());
    } else {
      reply.body = json::object{{"faults", std::move(added)}};
    }
  });
  return reply;
}

ControlReply clear(const FaultRoutes& parts, const ControlRequest& request) {
  ControlReply reply;
  parts.with_rules(request.universe, false, [&reply](RuleSet& rules, Instant) {
    rules.clear();
    reply.body = list_of(rules);
  });
  return reply;
}

ControlReply show(const FaultRoutes& parts, const ControlRequest& request) {
  const std::string& name = request.segments.find("name")->second;
  ControlReply reply;
  parts.with_rules(request.universe, false, [&](RuleSet& rules, Instant) {
    auto rule = rules.show(name);
    if (!rule) no_rule(name);
    reply.body = *std::move(rule);
  });
  return reply;
}

ControlReply put(const FaultRoutes& parts, const ControlRequest& request) {
  const std::string& name = request.segments.find("name")->second;
  if (!request.body.is_object()) refuse("", "a rule is an object");
  json::value document = request.body;
  json::object& object = document.get_object();
  if (!object.contains("name")) object["name"] = name;
  auto rule = std::make_shared<Rule>(parse_rule({document, ""}, parts.operations));
  if (rule->name != name) refuse("/name", "the path says " + name);
  check_feasible(*rule, "", parts.operations);
  ControlReply reply;
  parts.with_rules(request.universe, true, [&](RuleSet& rules, Instant now) {
    rules.put(rule, now);
    reply.body = *rules.show(name);
  });
  return reply;
}

ControlReply remove(const FaultRoutes& parts, const ControlRequest& request) {
  const std::string& name = request.segments.find("name")->second;
  ControlReply reply;
  parts.with_rules(request.universe, false, [&](RuleSet& rules, Instant) {
    auto rule = rules.show(name);
    if (!rule || !rules.remove(name)) no_rule(name);
    reply.body = *std::move(rule);  // as it stood last
  });
  return reply;
}

ControlReply release(const FaultRoutes& parts, const ControlRequest& request) {
  const std::string& name = request.segments.find("name")->second;
  ControlReply reply;
  parts.with_rules(request.universe, false, [&](RuleSet& rules, Instant) {
    const auto count = rules.release(name);
    if (!count) no_rule(name);
    reply.body = json::object{{"name", name}, {"released", *count}};
  });
  return reply;
}

ControlReply show_presets(const ControlRequest&) {
  json::array list;
  for (const Preset& preset : presets()) {
    list.push_back(
        json::object{{"name", preset.name}, {"description", preset.description}, {"rule", preset_rule(preset)}});
  }
  ControlReply reply;
  reply.body = json::object{{"presets", std::move(list)}};
  return reply;
}

}  // namespace

void FaultRoutes::with_rules(std::string_view universe, bool make,
                             const std::function<void(RuleSet&, Instant)>& work) const {
  const bool found = models.with(universe, make, [&](Models& its_models, Dice&, Instant now) {
    const auto rules = engine.rules(universe);
    work(*rules, now);
    engine.changed(universe, its_models);
  });
  if (!found) no_universe(universe, make);
}

void FaultRoutes::with_models(std::string_view universe, bool make,
                              const std::function<void(Models&, Dice&)>& work) const {
  const bool found =
      models.with(universe, make, [&](Models& its_models, Dice& dice, Instant) { work(its_models, dice); });
  if (!found) no_universe(universe, make);
}

std::vector<Route> fault_routes(const FaultRoutes& parts) {
  const auto with = [parts](ControlReply (*handle)(const FaultRoutes&, const ControlRequest&)) {
    return [parts, handle](const ControlRequest& request) { return handle(parts, request); };
  };
  return {
      {"GET", "/faults", "The fault rules in their order, with their counters.", with(list)},
      {"POST", "/faults", "Adds one rule or an array of rules, all or none.", with(add)},
      {"DELETE", "/faults", "Removes all rules and lets go whoever is held.", with(clear)},
      {"GET", "/faults/{name}", "One rule.", with(show)},
      {"PUT", "/faults/{name}", "Replaces a rule in its place, counters zero; or adds it.", with(put)},
      {"DELETE", "/faults/{name}", "Removes a rule.", with(remove)},
      {"POST", "/faults/{name}/release", "Lets go whoever the rule's hold holds.", with(release)},
      {"GET", "/presets", "Rules to start from, by name.", show_presets},
  };
}

}  // namespace fickle
