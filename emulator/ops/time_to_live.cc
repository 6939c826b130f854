// UpdateTimeToLive, DescribeTimeToLive. Source: API_UpdateTimeToLive, API_DescribeTimeToLive; behaviour reference 11; errors:
// tests/cases/UpdateTimeToLive.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

// How long a change takes at most, and nobody may change it again, when lifecycle times are on.
constexpr Duration kChangeTime = std::chrono::hours(1);
constexpr std::string_view kWas = "timeToLiveWas";  // in TableSettings::more: the attribute while DISABLING

constexpr Field kSpecificationMembers[] = {
    {.name = "Enabled", .shape = Shape::boolean, .required = true},
    {.name = "AttributeName", .required = true, .min_length = 1, .max_length = 255},
};
constexpr Field kSpecification{.name = "TimeToLiveSpecification",
                               .shape = Shape::structure,
                               .required = true,
                               .type_name = "com.amazonaws.dynamodb.v20120810.TimeToLiveSpecification",
                               .members = kSpecificationMembers};
constexpr Field kUpdateFields[] = {fields::control_table_name, kSpecification};
constexpr Field kUpdateReply[] = {kSpecification};

constexpr Field kDescribeFields[] = {fields::control_table_name};
constexpr Field kDescriptionMembers[] = {
    {.name = "TimeToLiveStatus", .required = true, .enum_set = "[ENABLING, DISABLING, ENABLED, DISABLED]"},
    {.name = "AttributeName"},
};
constexpr Field kDescribeReply[] = {
    {.name = "TimeToLiveDescription", .shape = Shape::structure, .required = true, .members = kDescriptionMembers}};

bool is_changing(const Session& session, const Universe& universe, const Table& table) {
  return universe.models.lifecycle_update > Duration{0} && table.ttl.changed_at &&
         session.now() < *table.ttl.changed_at + kChangeTime;
}

void check_change(const Table& table, const std::string& attribute, bool enable) {
  const TimeToLive& ttl = table.ttl;
  if (!ttl.enabled && !enable) throw_validation("TimeToLive is already disabled");
  if (!ttl.enabled) return;
  if (attribute != ttl.attribute) {
    throw_validation("TimeToLive is active on a different AttributeName: current AttributeName is " +
                     ttl.attribute.value_or(""));
  }
  if (enable) throw_validation("TimeToLive is already enabled");
}

Answer update(Session& session, const std::string& name, const std::string& attribute, bool enable) {
  Universe& universe = session.universe();
  Table& table = session.control_table(name);
  check_active(table);
  check_change(table, attribute, enable);
  if (is_changing(session, universe, table)) {
    throw_validation("Time to live has been modified multiple times within a fixed interval");
  }
  check_concurrency(session);
  if (enable) {
    store::enable_time_to_live(universe, table, attribute);
  } else {
    store::disable_time_to_live(universe, table);
    table.settings.more[kWas] = attribute;
  }
  note_change(session);
  return document({{"TimeToLiveSpecification", json::object{{"AttributeName", attribute}, {"Enabled", enable}}}});
}

Prepared prepare_update(const json::object& body) {
  const json::object& specification = *read_object(body, "TimeToLiveSpecification");
  return on_table(table_name_of(body), Access::write,
                  [name = table_name_of(body), attribute = read_string(specification, "AttributeName").value_or(""),
                   enable = read_bool(specification, "Enabled").value_or(false)](Session& session) {
                    return update(session, name, attribute, enable);
                  });
}

Answer describe(Session& session, const std::string& name) {
  const Table& table = session.control_table(name);
  if (table.status == TableStatus::creating || table.status == TableStatus::deleting) {
    const std::string state(status_name(table.status));
    throw_validation("Cannot describe time to live while table is in " + state + " state: Current table state is " +
                     state);
  }
  const bool changing = is_changing(session, session.universe(), table);
  json::object description;
  if (table.ttl.enabled) {
    description["TimeToLiveStatus"] = changing ? "ENABLING" : "ENABLED";
    description["AttributeName"] = *table.ttl.attribute;
  } else {
    const json::value* was = table.settings.more.if_contains(kWas);
    const bool disabling = changing && was != nullptr;
    description["TimeToLiveStatus"] = disabling ? "DISABLING" : "DISABLED";
    if (disabling) description["AttributeName"] = *was;
  }
  return document({{"TimeToLiveDescription", std::move(description)}});
}

Prepared prepare_describe(const json::object& body) {
  return on_table(table_name_of(body), Access::read,
                  [name = table_name_of(body)](Session& session) { return describe(session, name); });
}

}  // namespace

constinit const Operation update_time_to_live{.name = "UpdateTimeToLive",
                                              .groups = static_cast<unsigned>(Group::control),
                                              .fields = kUpdateFields,
                                              .reply = kUpdateReply,
                                              .prepare = prepare_update};
constinit const Operation describe_time_to_live{.name = "DescribeTimeToLive",
                                                .groups = static_cast<unsigned>(Group::control),
                                                .fields = kDescribeFields,
                                                .reply = kDescribeReply,
                                                .prepare = prepare_describe};

}  // namespace fickle
