// UpdateContinuousBackups, DescribeContinuousBackups. Source: API_UpdateContinuousBackups; behaviour reference 12.2; errors:
// tests/cases/UpdateContinuousBackups.
#include "emulator/api/reader.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::int64_t kDaysMax = 35;

constexpr Field kSpecificationMembers[] = {
    {.name = "PointInTimeRecoveryEnabled", .shape = Shape::boolean, .required = true},
    {.name = "RecoveryPeriodInDays", .shape = Shape::integer, .min_value = 1, .max_value = kDaysMax},
};
constexpr Field kUpdateFields[] = {
    fields::control_table_name,
    {.name = "PointInTimeRecoverySpecification",
     .shape = Shape::structure,
     .required = true,
     .type_name = "com.amazonaws.dynamodb.v20120810.PointInTimeRecoverySpecification",
     .members = kSpecificationMembers},
};
constexpr Field kDescribeFields[] = {fields::control_table_name};
constexpr Field kRecoveryMembers[] = {
    {.name = "PointInTimeRecoveryStatus", .enum_set = "[ENABLED, DISABLED]"},
    {.name = "RecoveryPeriodInDays", .shape = Shape::integer},
    {.name = "EarliestRestorableDateTime", .shape = Shape::timestamp},
    {.name = "LatestRestorableDateTime", .shape = Shape::timestamp},
};
constexpr Field kDescriptionMembers[] = {
    {.name = "ContinuousBackupsStatus", .required = true, .enum_set = "[ENABLED, DISABLED]"},
    {.name = "PointInTimeRecoveryDescription", .shape = Shape::structure, .members = kRecoveryMembers},
};
constexpr Field kReply[] = {
    {.name = "ContinuousBackupsDescription", .shape = Shape::structure, .members = kDescriptionMembers}};

Answer describe(const Session& session, const Table& table) {
  json::object recovery;
  if (const auto enabled = recovery_of(table)) {
    recovery["EarliestRestorableDateTime"] = epoch_seconds(enabled->earliest(session.now()));
    recovery["LatestRestorableDateTime"] = epoch_seconds(enabled->latest(session.now()));
    recovery["PointInTimeRecoveryStatus"] = "ENABLED";
    recovery["RecoveryPeriodInDays"] = enabled->days;
  } else {
    recovery["PointInTimeRecoveryStatus"] = "DISABLED";
  }
  return document({{"ContinuousBackupsDescription", json::object{{"ContinuousBackupsStatus", "ENABLED"},
                                                                 {"PointInTimeRecoveryDescription", recovery}}}});
}

Prepared prepare_update(const json::object& body) {
  const json::object& specification = *read_object(body, "PointInTimeRecoverySpecification");
  const bool enable = read_bool(specification, "PointInTimeRecoveryEnabled").value_or(false);
  const auto days = read_integer(specification, "RecoveryPeriodInDays");
  if (!enable && days) {
    throw_validation("Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.");
  }
  return on_table(table_name_of(body), Access::write, [name = table_name_of(body), enable, days](Session& session) {
    Table& table = backup_table(session, name);
    if (table.status == TableStatus::creating) {
      throw ApiError("ContinuousBackupsUnavailableException",
                     "Backups are being enabled for the table: " + name + ". Please retry later");
    }
    if (enable) {
      const auto present = recovery_of(table);
      // What a shorter period has dropped does not come back with a longer one.
      table.history_since = present ? std::max(present->enabled, session.now() - table.history_period) : session.now();
      const std::int64_t kept = days.value_or(present ? present->days : kDaysMax);
      table.history_period = std::chrono::hours(24 * kept);
      table.settings.more["recovery"] = json::object{{"days", kept}};
    } else {
      table.history_since.reset();
      table.settings.more.erase("recovery");
    }
    note_change(session);
    return describe(session, table);
  });
}

Prepared prepare_describe(const json::object& body) {
  return on_table(table_name_of(body), Access::read, [name = table_name_of(body)](Session& session) {
    return describe(session, backup_table(session, name));
  });
}

}  // namespace

constinit const Operation update_continuous_backups{.name = "UpdateContinuousBackups",
                                                    .groups = static_cast<unsigned>(Group::control),
                                                    .fields = kUpdateFields,
                                                    .reply = kReply,
                                                    .prepare = prepare_update};
constinit const Operation describe_continuous_backups{.name = "DescribeContinuousBackups",
                                                      .groups = static_cast<unsigned>(Group::control),
                                                      .fields = kDescribeFields,
                                                      .reply = kReply,
                                                      .prepare = prepare_describe};

}  // namespace fickle
