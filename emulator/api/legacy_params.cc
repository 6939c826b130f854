#include "emulator/api/legacy_params.hh"

#include <boost/json.hpp>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/value/value_json.hh"

namespace fickle::legacy {
namespace {

namespace json = boost::json;

Value value_of(const json::value& text, Envelope envelope) {
  auto value = read_value(text);
  if (!value) throw_value_error(value.error(), envelope);
  return std::move(value).value();
}

std::optional<Value> read_one(const json::object& entry, Envelope envelope) {
  const auto* value = find_member(entry, "Value");
  if (value == nullptr) return std::nullopt;
  return value_of(*value, envelope);
}

std::optional<std::vector<Value>> read_list(const json::object& entry, Envelope envelope) {
  const auto* list = read_array(entry, "AttributeValueList");
  if (list == nullptr) return std::nullopt;
  std::vector<Value> values;
  values.reserve(list->size());
  for (const auto& element : *list) values.push_back(value_of(element, envelope));
  return values;
}

// The name of an attribute that an entry is about.
std::string name_of(std::string_view key) {
  if (key.empty()) throw_parameter_invalid("Empty attribute name");
  return std::string(key);
}

AttributeUpdate::Action action_of(const json::object& entry) {
  const auto name = read_string(entry, "Action").value_or("PUT");
  if (name == "ADD") return AttributeUpdate::Action::add;
  return name == "DELETE" ? AttributeUpdate::Action::remove : AttributeUpdate::Action::put;
}

}  // namespace

std::vector<Condition> read_conditions(const json::object& body, std::string_view member, Envelope envelope) {
  std::vector<Condition> conditions;
  const auto* map = read_object(body, member);
  if (map == nullptr) return conditions;
  conditions.reserve(map->size());
  const bool is_expected = member == "Expected";  // the others have no such members: what is there is ignored
  for (const auto& entry : *map) {
    const auto& members = entry.value().as_object();
    conditions.push_back({.attribute = name_of(entry.key()),
                          .comparison = read_string(members, "ComparisonOperator"),
                          .values = read_list(members, envelope),
                          .value = is_expected ? read_one(members, envelope) : std::nullopt,
                          .exists = is_expected ? read_bool(members, "Exists") : std::nullopt});
  }
  return conditions;
}

std::optional<std::vector<AttributeUpdate>> read_attribute_updates(const json::object& body, Envelope envelope) {
  const auto* map = read_object(body, "AttributeUpdates");
  if (map == nullptr) return std::nullopt;
  std::vector<AttributeUpdate> updates;
  updates.reserve(map->size());
  for (const auto& entry : *map) {
    const auto& members = entry.value().as_object();
    updates.push_back(
        {.attribute = name_of(entry.key()), .action = action_of(members), .value = read_one(members, envelope)});
  }
  return updates;
}

Conjunction read_conjunction(const json::object& body, std::size_t conditions) {
  const auto name = read_string(body, "ConditionalOperator");
  if (!name) return Conjunction::all;
  if (conditions == 0) throw_validation("ConditionalOperator cannot be used without Filter or Expected");
  if (conditions == 1) {
    throw_validation("ConditionalOperator can only be used when Filter or Expected has two or more elements");
  }
  return *name == "OR" ? Conjunction::any : Conjunction::all;
}

std::optional<std::vector<std::string>> read_attributes_to_get(const json::object& body) {
  if (read_array(body, "AttributesToGet") == nullptr) return std::nullopt;
  auto names = read_strings(body, "AttributesToGet");
  std::set<std::string_view> seen;
  for (const auto& name : names) {
    if (name.empty()) throw_parameter_invalid("Empty attribute name");
    if (!seen.insert(name).second) throw_parameter_invalid("Duplicate value in attribute name: " + name);
  }
  return names;
}

}  // namespace fickle::legacy
