#include "faults/rule.hh"

#include "faults/presets.hh"

namespace fickle {
namespace {

constexpr std::size_t kNameMax = 200;
// What GET adds to a rule, so that its answer can be sent back.
constexpr std::string_view kReadOnly[] = {"matched", "fired", "remaining", "waiting"};

std::string parse_name(const Node& node) {
  std::string name = node.text();
  if (name.size() > kNameMax) node.fail("is longer than " + std::to_string(kNameMax) + " bytes");
  // The name travels in headers (X-Fickle-Fired, a list) and paths.
  for (const char c : name) {
    if (c <= ' ' || c == ',' || c == '/' || c == 0x7f)
      node.fail("must be printable, without blanks, commas and slashes");
  }
  return name;
}

void parse_effect(Rule& rule, const Node& node, const PreparePort& operations) {
  if (!node.value.is_object()) node.fail("an object with one effect is needed, e.g. {\"throttle\": {}}");
  const json::object& members = node.value.get_object();
  if (members.empty()) node.fail("an effect is needed, e.g. {\"throttle\": {}}");
  for (const auto& member : members) {
    const std::string pointer = child_pointer(node.pointer, std::string_view(member.key()));
    const EffectKind* kind = find_effect_kind(std::string_view(member.key()));
    if (kind == nullptr) refuse(pointer, "there is no effect " + std::string(member.key()));
    if (rule.kind != nullptr) refuse(pointer, "a rule has one effect; write another rule for the second");
    rule.kind = kind;
    rule.effect = kind->parse({member.value(), pointer}, operations);
  }
}

// The rule with its preset's members under its own.
json::object resolve_preset(const json::object& own, const Node& node) {
  const json::value* preset = own.if_contains("preset");
  if (preset == nullptr || preset->is_null()) return own;
  const Node name{*preset, child_pointer(node.pointer, "preset")};
  const Preset* found = find_preset(name.text());
  if (found == nullptr) name.fail("there is no preset " + name.text());
  json::object merged = preset_rule(*found);
  for (const auto& member : own) merged.insert_or_assign(member.key(), member.value());
  return merged;
}

void forget_read_only(json::object& document) {
  for (const std::string_view name : kReadOnly) document.erase(name);
}

}  // namespace

bool Rule::concerns(std::string_view operation) const {
  return operations.empty() || std::find(operations.begin(), operations.end(), operation) != operations.end();
}

Rule parse_rule(const Node& node, const PreparePort& operations) {
  if (!node.value.is_object()) node.fail("a rule is an object");
  Rule rule;
  rule.document = resolve_preset(node.value.get_object(), node);
  const json::value merged(rule.document);
  Document document({merged, node.pointer}, "a rule");
  if (const auto name = document.take("name")) rule.name = parse_name(*name);
  document.ignore("preset");
  if (const auto enabled = document.take("enabled")) rule.enabled = enabled->boolean();
  if (const auto when = document.take("when")) rule.when = Matcher::parse(*when, operations);
  if (const auto schedule = document.take("schedule")) rule.schedule = Schedule::parse(*schedule);
  if (const auto at = document.take("at")) {
    rule.at = at->word({"beforeCommit", "afterCommit"}) == 0 ? At::before_commit : At::after_commit;
    rule.at_given = true;
  }
  if (const auto force = document.take("force")) rule.force = force->boolean();
  const auto effect = document.take("effect");
  for (const std::string_view name : kReadOnly) document.ignore(name);
  document.finish();
  if (!effect) refuse(child_pointer(node.pointer, "effect"), "a rule needs an effect");
  parse_effect(rule, *effect, operations);
  forget_read_only(rule.document);
  return rule;
}

void check_feasible(Rule& rule, const std::string& pointer, const PreparePort& operations) {
  const std::string effect_pointer = pointer + "/effect/" + std::string(rule.kind->name);
  if (rule.at == At::after_commit) {
    const AfterCommit allowed = rule.effect->after_commit();
    if (allowed == AfterCommit::refused) {
      refuse(pointer + "/at", std::string(rule.kind->name) + " cannot come after the commit");
    }
    if (allowed == AfterCommit::forced && !rule.force) {
      refuse(pointer + "/at", "this error says that nothing was done; after the commit it takes \"force\": true");
    }
  }
  std::size_t admitted = 0;
  std::vector<std::string_view> able;
  for (const OperationFacts& operation : operations.all()) {
    if (!rule.when.admits(operation)) continue;
    ++admitted;
    if (rule.effect->can_show({operation.name, rule.when.admitted_groups(operation)}, rule.when))
      able.push_back(operation.name);
  }
  if (rule.force) return;
  if (admitted == 0) refuse(pointer + "/when", "no operation can meet all of these conditions");
  if (able.empty()) {
    refuse(effect_pointer + rule.effect->culprit(),
           "no operation that `when` admits can show this; \"force\": true does it all the same");
  }
  if (able.size() < admitted) rule.operations = std::move(able);
}

std::vector<ParsedRule> parse_rules(const Node& node, const PreparePort& operations) {
  std::vector<Node> nodes;
  if (node.value.is_array()) {
    nodes = node.elements();
  } else if (node.value.is_object() && node.value.get_object().size() == 1 &&
             node.value.get_object().contains("faults")) {
    nodes = Node{node.value.get_object().at("faults"), node.pointer + "/faults"}.elements();
  } else {
    nodes.push_back(node);
  }
  std::vector<std::shared_ptr<Rule>> rules;
  for (const Node& entry : nodes) rules.push_back(std::make_shared<Rule>(parse_rule(entry, operations)));
  std::vector<ParsedRule> parsed;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    check_feasible(*rules[i], nodes[i].pointer, operations);
    parsed.push_back({rules[i], nodes[i].pointer});
  }
  return parsed;
}

void check_names(const std::vector<ParsedRule>& rules) {
  std::vector<std::string_view> names;
  for (const ParsedRule& parsed : rules) {
    const std::string& name = parsed.rule->name;
    if (!name.empty() && std::find(names.begin(), names.end(), name) != names.end()) {
      refuse(parsed.pointer + "/name", "there is a rule named " + name + " already", 409);
    }
    names.push_back(name);
  }
}

RulePtr parse_one_off(const Node& node, const PreparePort& operations) {
  if (!node.value.is_object()) node.fail("an effect such as {\"throttle\":{}} or the name of a parked rule is needed");
  auto rule = std::make_shared<Rule>();
  if (node.value.get_object().contains("effect")) {
    Document document(node, kOneOffName);
    parse_effect(*rule, document.need("effect"), operations);
    if (const auto at = document.take("at")) {
      rule->at = at->word({"beforeCommit", "afterCommit"}) == 0 ? At::before_commit : At::after_commit;
    }
    if (const auto force = document.take("force")) rule->force = force->boolean();
    document.finish();
  } else {
    parse_effect(*rule, node, operations);
  }
  rule->name = kOneOffName;
  check_feasible(*rule, node.pointer, operations);
  return rule;
}

}  // namespace fickle
