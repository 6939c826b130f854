#include "emulator/engine/arn_scope.hh"

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"

namespace fickle {

namespace {

namespace json = boost::json;

bool is_arn(std::string_view text) {
  return text.starts_with("arn:");
}

// Members of a transaction are granted each by itself, the others by the operation's name.
std::string action_inside(const Field& field, const std::string& outside) {
  constexpr std::string_view kActions[] = {"Get", "Put", "Update", "Delete", "ConditionCheck"};
  for (const std::string_view action : kActions) {
    if (field.name == action) return std::string(action) + "Item";
  }
  return outside;
}

void collect(const json::value& value, const Field& field, const std::string& action, std::vector<ArnUse>& found) {
  switch (field.shape) {
    case Shape::string:
      if (field.arn_allowed && is_arn(value.as_string())) found.push_back({std::string(value.as_string()), action});
      return;
    case Shape::structure:
      for (const Field& member : field.members) {
        if (const json::value* inside = find_member(value.as_object(), member.name))
          collect(*inside, member, action_inside(member, action), found);
      }
      return;
    case Shape::list:
      for (const json::value& element : value.as_array()) collect(element, *field.element, action, found);
      return;
    case Shape::map:
      if (field.key == nullptr || !field.key->arn_allowed) return;
      for (const auto& entry : value.as_object()) {
        if (is_arn(entry.key())) found.push_back({std::string(entry.key()), action});
      }
      return;
    case Shape::boolean:
    case Shape::integer:
    case Shape::long_integer:
    case Shape::double_number:
    case Shape::timestamp:
    case Shape::blob:
    case Shape::attribute_value:
    case Shape::attribute_map: return;
  }
}

std::string caller_of(Session& session) {
  const std::string& key = session.call().access_key;
  return key.empty() ? "anonymous" : "arn:aws:iam::" + session.universe().account + ":user/" + key;
}

}  // namespace

std::vector<ArnUse> arns_in(const json::object& body, std::span<const Field> fields) {
  std::vector<ArnUse> found;
  for (const Field& field : fields) {
    // Few members can hold a table's name: everything else is passed over without a look.
    const bool holds_names = field.arn_allowed || field.shape == Shape::structure ||
                             (field.key != nullptr && field.key->arn_allowed) ||
                             (field.shape == Shape::list && field.element->shape == Shape::structure);
    if (!holds_names) continue;
    if (const json::value* value = find_member(body, field.name)) collect(*value, field, {}, found);
  }
  return found;
}

bool is_home_region(Session& session, const TableArn& arn) {
  if (arn.region == session.call().region) return true;
  const Table* table = session.universe().find_table(arn.table);
  return table != nullptr && table->settings.region == arn.region;
}

void check_account(Session& session, const TableArn& arn, std::string_view action) {
  if (arn.account == session.universe().account) return;
  const std::string wanted = "dynamodb:" + (action.empty() ? session.call().operation : std::string(action));
  throw ApiError("AccessDeniedException", "User: " + caller_of(session) + " is not authorized to perform: " + wanted +
                                              " on resource: " + print_table_arn(arn) +
                                              " because no resource-based policy allows the " + wanted + " action");
}

void check_table_arn(Session& session, const ArnUse& use) {
  const auto arn = parse_table_arn(use.arn);
  if (!arn) return;
  if (!is_home_region(session, *arn))
    throw_validation("1 validation error detected: Invalid AWS region in '" + use.arn + "'");
  check_account(session, *arn, use.action);
}

}  // namespace fickle
