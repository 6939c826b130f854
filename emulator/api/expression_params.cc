#include "emulator/api/expression_params.hh"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "emulator/api/error.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/core/text.hh"
#include "emulator/core/units.hh"
#include "emulator/value/item_size.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

namespace json = boost::json;
using Words = std::vector<std::string>;

constexpr std::string_view kDetected = "1 validation error detected: ";
constexpr std::size_t kLongestPlaceholder = 255;
constexpr Bytes kSubstitutionsLimit{std::uint64_t{2} * 1024 * 1024};  // names and values with their placeholders

[[noreturn]] void refuse(Envelope envelope, std::string_view message) {
  throw_validation(std::string(envelope == Envelope::detected ? kDetected : "").append(message));
}

Words present(const json::object& body, std::span<const std::string_view> members) {
  Words found;
  for (const auto member : members) {
    if (find_member(body, member) != nullptr) found.emplace_back(member);
  }
  return found;
}

// KeyConditions may stand beside FilterExpression and ProjectionExpression; only KeyConditionExpression replaces it.
void check_mixing(const json::object& body, const ExpressionRules& rules, const Words& expressions) {
  if (expressions.empty()) return;
  auto legacy = present(body, rules.legacy);
  if (find_member(body, "KeyConditionExpression") == nullptr) {
    legacy.erase(std::remove(legacy.begin(), legacy.end(), "KeyConditions"), legacy.end());
  }
  if (legacy.empty()) return;
  refuse(rules.envelope,
         "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {" +
             join(legacy, ", ") + "} Expression parameters: {" + join(expressions, ", ") + "}");
}

void check_has_expression(const json::object& body, const ExpressionRules& rules, const Words& expressions) {
  if (expressions.empty() && find_member(body, "ExpressionAttributeNames") != nullptr) {
    throw_validation("ExpressionAttributeNames can only be specified when using expressions");
  }
  if (rules.with_values.empty() || find_member(body, "ExpressionAttributeValues") == nullptr) return;
  if (!present(body, rules.with_values).empty()) return;
  Words missing;
  for (const auto member : rules.with_values) missing.push_back(std::string(member) + " is null");
  refuse(rules.envelope,
         "ExpressionAttributeValues can only be specified when using expressions: " + join(missing, " and "));
}

bool is_placeholder(std::string_view key, char mark) {
  return key.size() > 1 && key[0] == mark && std::all_of(key.begin() + 1, key.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
         });
}

void check_key(std::string_view member, std::string_view key, char mark) {
  const auto refuse_key = [&](std::string_view why) {
    throw_validation(std::string(member).append(" contains invalid key: ").append(why));
  };
  // The documented limit is 255 characters; what the service says beyond it is not known.
  if (key.size() > kLongestPlaceholder || !is_placeholder(key, mark))
    refuse_key("Syntax error; key: \"" + std::string(key) + "\"");
}

void read_names(const json::object& map, ExpressionParams& params) {
  constexpr std::string_view kMember = "ExpressionAttributeNames";
  params.has_names = true;
  if (map.empty()) throw_validation(std::string(kMember) + " must not be empty");
  for (const auto& entry : map) {
    check_key(kMember, entry.key(), '#');
    const std::string_view name = entry.value().as_string();
    if (name.empty()) {
      throw_validation(std::string(kMember) + " contains invalid value: Empty attribute name for key " +
                       std::string(entry.key()));
    }
    params.names.emplace(entry.key(), name);
  }
}

// Which refusals of a value name the member and the key; the others are said as they are for an item.
bool names_the_key(const ValueError& error, Envelope envelope) {
  using Kind = ValueError::Kind;
  switch (error.kind) {
    case Kind::null_false:
    case Kind::too_deep: return false;
    case Kind::empty_string_set:
    case Kind::empty_number_set:
    case Kind::empty_binary_set:
    case Kind::duplicate_strings:
    case Kind::duplicate_numbers:
    case Kind::duplicate_binaries: return envelope == Envelope::bare;
    case Kind::empty:
    case Kind::number:
    case Kind::several_types:
    case Kind::empty_name:
    case Kind::long_name: return true;
  }
  return true;
}

void read_values(const json::object& map, const ExpressionRules& rules, ExpressionParams& params) {
  constexpr std::string_view kMember = "ExpressionAttributeValues";
  params.has_values = true;
  if (map.empty()) refuse(rules.envelope_unused, std::string(kMember) + " must not be empty");
  for (const auto& entry : map) check_key(kMember, entry.key(), ':');
  for (const auto& entry : map) {
    auto value = read_value(entry.value());
    if (value) {
      params.values.emplace(entry.key(), std::move(value).value());
      continue;
    }
    if (!names_the_key(value.error(), rules.envelope)) throw_value_error(value.error(), rules.envelope);
    throw_validation(std::string(kMember) + " contains invalid value: " + words(value.error()) + " for key " +
                     std::string(entry.key()));
  }
}

// The documented limit is for all substitutions of a request together; what the service says beyond it is not known.
void check_size(const ExpressionParams& params) {
  Bytes size;
  for (const auto& [key, name] : params.names) size += Bytes{key.size() + name.size()};
  for (const auto& [key, value] : params.values) size += Bytes{key.size()} + size_of(value);
  if (size > kSubstitutionsLimit) {
    throw_validation("ExpressionAttributeNames and ExpressionAttributeValues are larger than the limit of 2 MB");
  }
}

}  // namespace

const std::string* ExpressionParams::text(std::string_view member) const {
  const auto found = texts.find(member);
  return found == texts.end() ? nullptr : &found->second;
}

void check_expression_presence(const json::object& body, const ExpressionRules& rules) {
  const auto expressions = present(body, rules.expressions);
  check_mixing(body, rules, expressions);
  check_has_expression(body, rules, expressions);
}

ExpressionParams read_expression_params(const json::object& body, const ExpressionRules& rules) {
  check_expression_presence(body, rules);
  const auto expressions = present(body, rules.expressions);
  ExpressionParams params;
  if (const auto* names = read_object(body, "ExpressionAttributeNames")) read_names(*names, params);
  if (!rules.with_values.empty()) {
    if (const auto* values = read_object(body, "ExpressionAttributeValues")) read_values(*values, rules, params);
  }
  check_size(params);
  for (const auto& member : expressions) params.texts.emplace(member, *read_string(body, member));
  return params;
}

}  // namespace fickle
