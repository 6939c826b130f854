// /_localstack/chaos/faults: GET shows the list, POST sets it, PATCH adds to it, DELETE takes the entries of its body away, or all.
// The entries live on as rules named localstack-1, localstack-2 ...
// /_localstack/chaos/effects: GET shows the latency of all calls, POST sets it. It lives on as the rule localstack-latency.
#include "faults/localstack.hh"
#include "faults/routes.hh"

namespace fickle {
namespace {

constexpr std::string_view kPath = "/_localstack/chaos/faults";
constexpr std::string_view kEffectsPath = "/_localstack/chaos/effects";
constexpr std::string_view kPrefix = "localstack-";
constexpr std::string_view kLatencyRule = "localstack-latency";

// Rules of ours; one that somebody has replaced by another kind of rule is none any more.
std::vector<std::string> names_in(const RuleSet& rules) {
  std::vector<std::string> names;
  for (const json::value& rule : rules.show()) {
    const std::string name(rule.at("name").get_string());
    const json::object& effect = rule.at("effect").get_object();
    const json::value* error = effect.if_contains("error");
    const bool is_ours = error != nullptr && error->is_object() && error->get_object().contains("status");
    if (name.starts_with(kPrefix) && is_ours) names.push_back(name);
  }
  return names;
}

json::array shown(const RuleSet& rules) {
  json::array list;
  for (const std::string& name : names_in(rules)) list.push_back(chaos_of_rule(*rules.show(name)));
  return list;
}

std::vector<ParsedRule> parse(const FaultRoutes& parts, const json::value& body) {
  std::vector<ParsedRule> rules;
  for (const Node& entry : Node{body, ""}.elements()) {
    const auto rule = rule_of_chaos(entry, "unnamed", parts.operations);
    if (!rule) continue;
    const json::value document(*rule);
    auto parsed = parse_rule({document, entry.pointer}, parts.operations);
    parsed.name.clear();
    rules.push_back({std::make_shared<const Rule>(std::move(parsed)), entry.pointer});
  }
  return rules;
}

void append(RuleSet& set, const std::vector<ParsedRule>& rules, Instant now) {
  std::uint64_t number = 1;
  std::vector<ParsedRule> named;
  for (const ParsedRule& parsed : rules) {
    auto rule = std::make_shared<Rule>(*parsed.rule);
    do {
      rule->name = std::string(kPrefix) + std::to_string(number++);
    } while (set.find(rule->name) != nullptr);
    rule->document["name"] = rule->name;
    named.push_back({rule, parsed.pointer});
  }
  (void)set.add(named, now);
}

ControlReply answer(const FaultRoutes& parts, const ControlRequest& request,
                    const std::function<void(RuleSet&, Instant)>& change) {
  ControlReply reply;
  parts.with_rules(request.universe, true, [&](RuleSet& rules, Instant now) {
    change(rules, now);
    reply.body = shown(rules);
  });
  return reply;
}

ControlReply set(const FaultRoutes& parts, const ControlRequest& request) {
  const auto fresh = parse(parts, request.body);
  return answer(parts, request, [&fresh](RuleSet& rules, Instant now) {
    for (const std::string& name : names_in(rules)) (void)rules.remove(name);
    append(rules, fresh, now);
  });
}

ControlReply extend(const FaultRoutes& parts, const ControlRequest& request) {
  const auto fresh = parse(parts, request.body);
  return answer(parts, request, [&fresh](RuleSet& rules, Instant now) { append(rules, fresh, now); });
}

ControlReply remove(const FaultRoutes& parts, const ControlRequest& request) {
  json::array unwanted;
  const bool all = !request.body.is_array();
  if (!all) {
    for (const ParsedRule& parsed : parse(parts, request.body))
      unwanted.push_back(chaos_of_rule(parsed.rule->document));
  }
  return answer(parts, request, [&](RuleSet& rules, Instant) {
    for (const std::string& name : names_in(rules)) {
      const json::value entry = chaos_of_rule(*rules.show(name));
      if (all || std::find(unwanted.begin(), unwanted.end(), entry) != unwanted.end()) (void)rules.remove(name);
    }
  });
}

// Shows the network effects after `change`.
ControlReply answer_effects(const FaultRoutes& parts, const ControlRequest& request,
                            const std::function<void(RuleSet&, Instant)>& change) {
  ControlReply reply;
  parts.with_rules(request.universe, true, [&](RuleSet& rules, Instant now) {
    change(rules, now);
    reply.body = effects_of_rule(rules.show(kLatencyRule));
  });
  return reply;
}

ControlReply set_effects(const FaultRoutes& parts, const ControlRequest& request) {
  std::vector<ParsedRule> fresh;
  if (const auto rule = rule_of_effects({request.body, ""}, std::string(kLatencyRule))) {
    const json::value document(*rule);
    fresh.push_back({std::make_shared<const Rule>(parse_rule({document, ""}, parts.operations)), ""});
  }
  return answer_effects(parts, request, [&fresh](RuleSet& rules, Instant now) {
    (void)rules.remove(kLatencyRule);
    if (!fresh.empty()) (void)rules.add(fresh, now);
  });
}

}  // namespace

std::vector<Route> localstack_routes(const FaultRoutes& parts) {
  const std::string path(kPath);
  const std::string effects(kEffectsPath);
  return {
      {"GET", path, "LocalStack's list of faults.",
       [parts](const ControlRequest& request) { return answer(parts, request, [](RuleSet&, Instant) {}); }},
      {"POST", path, "Sets LocalStack's list of faults.",
       [parts](const ControlRequest& request) { return set(parts, request); }},
      {"PATCH", path, "Adds to LocalStack's list of faults.",
       [parts](const ControlRequest& request) { return extend(parts, request); }},
      {"DELETE", path, "Takes entries off LocalStack's list of faults, or all.",
       [parts](const ControlRequest& request) { return remove(parts, request); }},
      {"GET", effects, "LocalStack's network effects.",
       [parts](const ControlRequest& request) { return answer_effects(parts, request, [](RuleSet&, Instant) {}); }},
      {"POST", effects, "Sets LocalStack's network effects.",
       [parts](const ControlRequest& request) { return set_effects(parts, request); }},
  };
}

}  // namespace fickle
