// CreateBackup, DescribeBackup, DeleteBackup, ListBackups. Source: API_CreateBackup and its neighbours; behaviour reference 12.2;
// errors: tests/cases/CreateBackup.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kCreateFields[] = {
    fields::control_table_name,
    {.name = "BackupName", .required = true, .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
};
// On-demand backups do not expire.
constexpr auto kUserBackupMembers = fields::without(fields::kBackupDetailsMembers, {"BackupExpiryDateTime"});
constexpr Field kCreateReply[] = {{.name = "BackupDetails", .shape = Shape::structure, .members = kUserBackupMembers}};

constexpr Field kSourceMembers[] = {
    {.name = "TableName", .required = true},
    {.name = "TableId", .required = true},
    {.name = "TableArn"},
    {.name = "TableSizeBytes", .shape = Shape::long_integer},
    fields::key_schema,
    {.name = "TableCreationDateTime", .shape = Shape::timestamp, .required = true},
    fields::required(fields::provisioned_throughput),
    fields::on_demand_throughput,
    {.name = "ItemCount", .shape = Shape::long_integer},
    fields::billing_mode,
};
constexpr Field kLocalIndexMembers[] = {{.name = "IndexName"}, fields::key_schema, fields::projection};
constexpr Field kLocalIndex{.shape = Shape::structure, .members = kLocalIndexMembers};
constexpr Field kGlobalIndexMembers[] = {{.name = "IndexName"},
                                         fields::key_schema,
                                         fields::projection,
                                         fields::provisioned_throughput,
                                         fields::on_demand_throughput};
constexpr Field kGlobalIndex{.shape = Shape::structure, .members = kGlobalIndexMembers};
constexpr auto kVectorIndexMembers =
    fields::without(fields::kNewVectorIndexMembers, {"IndexStatus", "IndexSizeBytes", "ItemCount", "IndexArn"});
constexpr Field kVectorIndex{.shape = Shape::structure, .members = kVectorIndexMembers};
constexpr Field kTtlMembers[] = {{.name = "TimeToLiveStatus", .enum_set = "[ENABLING, ENABLED, DISABLING]"},
                                 {.name = "AttributeName"}};
constexpr Field kFeatureMembers[] = {
    {.name = "LocalSecondaryIndexes", .shape = Shape::list, .element = &kLocalIndex},
    {.name = "GlobalSecondaryIndexes", .shape = Shape::list, .element = &kGlobalIndex},
    fields::renamed(fields::stream_specification, "StreamDescription"),
    {.name = "TimeToLiveDescription", .shape = Shape::structure, .members = kTtlMembers},
    fields::sse_description,
    {.name = "VectorIndexes", .shape = Shape::list, .element = &kVectorIndex},
};
constexpr Field kBackupMembers[] = {
    fields::backup_details,
    {.name = "SourceTableDetails", .shape = Shape::structure, .members = kSourceMembers},
    {.name = "SourceTableFeatureDetails", .shape = Shape::structure, .members = kFeatureMembers},
};
constexpr Field kArnFields[] = {fields::backup_arn};
constexpr Field kDescribeReply[] = {
    {.name = "BackupDescription", .shape = Shape::structure, .members = kBackupMembers}};

constexpr Field kListFields[] = {
    {.name = "TableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern, .arn_allowed = true},
    {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = 100},
    {.name = "TimeRangeLowerBound", .shape = Shape::timestamp},
    {.name = "TimeRangeUpperBound", .shape = Shape::timestamp},
    {.name = "ExclusiveStartBackupArn", .min_length = 37, .max_length = 1024},
    {.name = "BackupType", .enum_set = "[USER, SYSTEM, AWS_BACKUP, ALL]"},
};
constexpr Field kSummaryMembers[] = {
    {.name = "TableName"},
    {.name = "TableId"},
    {.name = "TableArn"},
    {.name = "BackupArn"},
    {.name = "BackupName"},
    {.name = "BackupCreationDateTime", .shape = Shape::timestamp},
    {.name = "BackupExpiryDateTime", .shape = Shape::timestamp},
    {.name = "BackupStatus", .enum_set = fields::kBackupStatuses},
    {.name = "BackupType", .enum_set = fields::kBackupTypes},
    {.name = "BackupSizeBytes", .shape = Shape::long_integer},
};
constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
constexpr Field kListReply[] = {
    {.name = "BackupSummaries", .shape = Shape::list, .element = &kSummary},
    {.name = "LastEvaluatedBackupArn"},
};

// A table is being made of it.
bool is_being_restored(const Universe& universe, const std::string& arn) {
  return std::any_of(universe.tables.begin(), universe.tables.end(), [&arn](const auto& entry) {
    const json::object* restore = restore_summary_of(*entry.second);
    const json::value* source = restore == nullptr ? nullptr : restore->if_contains("SourceBackupArn");
    return source != nullptr && source->as_string() == arn && restore->at("RestoreInProgress").as_bool();
  });
}

Prepared prepare_create(const json::object& body) {
  const std::string table = table_name_of(body);
  return on_table(table, Access::write, [table, name = read_string(body, "BackupName").value_or("")](Session& session) {
    const Table& source = backup_table(session, table);
    if (source.status == TableStatus::creating || source.status == TableStatus::deleting)
      throw ApiError("TableInUseException", "Table is in use: " + table);
    if (is_being_backed_up(session.universe(), source)) throw_backup_in_use();
    json::object details = make_backup(session, source, name, BackupType::user);
    note_change(session);
    return document({{"BackupDetails", std::move(details)}});
  });
}

Prepared prepare_describe(const json::object& body) {
  const std::string arn = read_string(body, "BackupArn").value_or("");
  return on_table(table_of_backup(arn), Access::read, [arn](Session& session) {
    return document({{"BackupDescription", find_backup(session, arn)}});
  });
}

Prepared prepare_delete(const json::object& body) {
  const std::string arn = read_string(body, "BackupArn").value_or("");
  return on_table(table_of_backup(arn), Access::write, [arn](Session& session) {
    json::object description = find_backup(session, arn);
    if (is_creating(description)) throw_backup_in_use();
    if (is_being_restored(session.universe(), arn)) throw_backup_in_use();
    description["BackupDetails"].as_object()["BackupStatus"] = "DELETED";
    all_backups(session.universe()).erase(arn);
    session.universe().backups.erase(arn);
    note_change(session);
    return document({{"BackupDescription", std::move(description)}});
  });
}

struct Listing {
  std::string table, after, type;
  std::optional<Instant> from, until;
  std::size_t limit = 100;
};

json::object summary(const json::object& backup) {
  json::object out;
  for (const std::string_view member : {"TableName", "TableId", "TableArn"})
    out[member] = backup.at("SourceTableDetails").at(member);
  for (const auto& member : backup.at("BackupDetails").as_object()) out[member.key()] = member.value();
  return out;
}

bool is_wanted(const json::object& one, const Listing& wanted) {
  const auto at = read_instant(one, "BackupCreationDateTime").value_or(Instant{});
  return (wanted.table.empty() || one.at("TableName").as_string() == wanted.table) &&
         (wanted.type == "ALL" || one.at("BackupType").as_string() == wanted.type) &&
         (!wanted.from || at >= *wanted.from) && (!wanted.until || at < *wanted.until);
}

Answer list(Session& session, const Listing& wanted) {
  std::vector<json::object> found;
  for (const auto& backup : all_backups(session.universe())) {
    json::object one = summary(backup.value().as_object());
    if (backup.key() > wanted.after && is_wanted(one, wanted)) found.push_back(std::move(one));
  }
  std::sort(found.begin(), found.end(), [](const json::object& a, const json::object& b) {
    return a.at("BackupArn").as_string() < b.at("BackupArn").as_string();
  });
  json::object reply;
  if (found.size() > wanted.limit) {
    found.resize(wanted.limit);
    reply["LastEvaluatedBackupArn"] = found.back().at("BackupArn");
  }
  json::array summaries;
  for (json::object& one : found) summaries.push_back(std::move(one));
  reply["BackupSummaries"] = std::move(summaries);
  return document(std::move(reply));
}

Prepared prepare_list(const json::object& body) {
  const Listing wanted{.table = table_name_of(body),
                       .after = read_string(body, "ExclusiveStartBackupArn").value_or(""),
                       .type = read_string(body, "BackupType").value_or("USER"),
                       .from = read_instant(body, "TimeRangeLowerBound"),
                       .until = read_instant(body, "TimeRangeUpperBound"),
                       .limit = static_cast<std::size_t>(read_integer(body, "Limit").value_or(100))};
  if (!wanted.after.empty()) static_cast<void>(table_of_backup(wanted.after));
  return on_account([wanted](Session& session) { return list(session, wanted); });
}

}  // namespace

constinit const Operation create_backup{.name = "CreateBackup",
                                        .groups = static_cast<unsigned>(Group::control),
                                        .fields = kCreateFields,
                                        .reply = kCreateReply,
                                        .prepare = prepare_create};
constinit const Operation describe_backup{.name = "DescribeBackup",
                                          .groups = static_cast<unsigned>(Group::control),
                                          .fields = kArnFields,
                                          .reply = kDescribeReply,
                                          .prepare = prepare_describe};
constinit const Operation delete_backup{.name = "DeleteBackup",
                                        .groups = static_cast<unsigned>(Group::control),
                                        .fields = kArnFields,
                                        .reply = kDescribeReply,
                                        .prepare = prepare_delete};
constinit const Operation list_backups{.name = "ListBackups",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kListFields,
                                       .reply = kListReply,
                                       .prepare = prepare_list};

}  // namespace fickle
