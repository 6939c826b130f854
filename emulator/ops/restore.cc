// RestoreTableFromBackup, RestoreTableToPointInTime: new tables with the data of old ones. Source: API_RestoreTableFromBackup,
// API_RestoreTableToPointInTime; behaviour reference 12.2; errors: tests/cases/RestoreTableFromBackup.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/described.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/make_table.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/quotas.hh"
#include "emulator/ops/restore_spec.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kTarget{
    .name = "TargetTableName", .required = true, .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern};
constexpr Field kOverrides[] = {
    fields::renamed(fields::billing_mode, "BillingModeOverride"),
    fields::renamed(fields::global_secondary_indexes, "GlobalSecondaryIndexOverride"),
    fields::renamed(fields::local_secondary_indexes, "LocalSecondaryIndexOverride"),
    fields::renamed(fields::provisioned_throughput, "ProvisionedThroughputOverride"),
    fields::renamed(fields::on_demand_throughput, "OnDemandThroughputOverride"),
    fields::renamed(fields::sse_specification, "SSESpecificationOverride"),
    fields::renamed(fields::vector_indexes, "VectorIndexOverride"),
};
constexpr auto kBackupFields = fields::joined({kTarget, fields::backup_arn}, kOverrides);
constexpr auto kTimeFields = fields::joined(
    {
        {.name = "SourceTableArn", .min_length = 1, .max_length = 1024, .arn_allowed = true},
        {.name = "SourceTableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
        kTarget,
        {.name = "UseLatestRestorableTime", .shape = Shape::boolean},
        {.name = "RestoreDateTime", .shape = Shape::timestamp},
    },
    kOverrides);
constexpr Field kBackupReply[] = {fields::table_of_backup};
constexpr Field kTimeReply[] = {fields::table_of_time};

Answer described(Session& session, const Table& source, std::vector<ItemPtr> items, const RestoreRequest& request) {
  json::object description = restore_table(session, source, std::move(items), request);
  note_change(session);
  return document({{"TableDescription", std::move(description)}});
}

constexpr std::ptrdiff_t kRestoresMax = 50;  // at a time: API_RestoreTableFromBackup

void check_free(Session& session, const std::string& target) {
  const Table* present = session.universe().find_table(target);
  if (present == nullptr) return;
  if (present->status == TableStatus::creating || present->status == TableStatus::deleting)
    throw ApiError("TableInUseException", "Table is in use: " + target);
  throw ApiError("TableAlreadyExistsException", "Table already exists: " + target);
}

void check_restores(const Universe& universe) {
  const auto running = std::count_if(universe.tables.begin(), universe.tables.end(), [](const auto& entry) {
    const json::object* summary = restore_summary_of(*entry.second);
    return summary != nullptr && summary->at("RestoreInProgress").as_bool();
  });
  if (running >= kRestoresMax)
    throw ApiError("LimitExceededException",
                   "Subscriber limit exceeded: Only 50 tables can be restored simultaneously");
}

Prepared prepare_from_backup(const json::object& body) {
  const std::string arn = read_string(body, "BackupArn").value_or("");
  static_cast<void>(table_of_backup(arn));
  const std::string target = read_string(body, "TargetTableName").value_or("");
  return on_table(target, Access::write, [arn, target, body](Session& session) {
    const json::object& backup = find_backup(session, arn);
    if (is_creating(backup)) throw_backup_in_use();
    check_free(session, target);
    check_restores(session.universe());
    const PicturePtr picture = session.universe().backups.at(arn);
    const Table& source = *picture->tables.begin()->second.table;
    const RestoreRequest request{
        .target = target,
        .body = body,
        .summary = {{"SourceBackupArn", arn},
                    {"SourceTableArn", source.settings.arn},
                    {"RestoreDateTime", backup.at("BackupDetails").at("BackupCreationDateTime")}}};
    return described(session, source, items_of(source), request);
  });
}

struct PointInTime {
  std::string source, target;
  std::optional<Instant> at;  // absent: the latest
  json::object body;
};

struct Moment {
  Instant at{};
  ReadView view;
};

// Which state of the table is wanted. The latest one is the present one, as whatever takes the service time is done at once here, unless
// lifecycle times are on: then it is that of five minutes ago.
Moment moment_of(Session& session, const Recovery& recovery, std::optional<Instant> wanted) {
  const Instant now = session.now();
  if (!wanted && session.universe().models.lifecycle_create <= Duration{0}) return {now, {}};
  const Instant at = wanted.value_or(recovery.latest(now));
  if (at < recovery.earliest(now) || at > recovery.latest(now)) throw ApiError("InvalidRestoreTimeException", "");
  return {at, recovery.view(at)};
}

Answer run_point_in_time(Session& session, const PointInTime& wanted) {
  const Table& source = backup_table(session, wanted.source);
  const auto recovery = recovery_of(source);
  if (!recovery) {
    throw ApiError("PointInTimeRecoveryUnavailableException",
                   "Point in time recovery is not enabled for table '" + wanted.source + "'");
  }
  check_free(session, wanted.target);
  check_restores(session.universe());
  const Moment moment = moment_of(session, *recovery, wanted.at);
  const RestoreRequest request{
      .target = wanted.target,
      .body = wanted.body,
      .summary = {{"SourceTableArn", source.settings.arn}, {"RestoreDateTime", epoch_seconds(moment.at)}}};
  return described(session, source, items_of(source, moment.view), request);
}

Prepared prepare_to_point_in_time(const json::object& body) {
  const bool latest = read_bool(body, "UseLatestRestorableTime").value_or(false);
  PointInTime wanted{.source = read_string(body, "SourceTableName").value_or(""),
                     .target = read_string(body, "TargetTableName").value_or(""),
                     .at = read_instant(body, "RestoreDateTime"),
                     .body = body};
  if (latest == wanted.at.has_value()) {
    throw_validation(
        "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both");
  }
  const auto arn = read_string(body, "SourceTableArn");
  if (arn.has_value() == !wanted.source.empty()) {
    throw_validation(
        "Invalid Request: Either one of SourceTableName or SourceTableArn must be specified, but not both");
  }
  if (arn) wanted.source = plain_table_name(*arn);
  return on_table(wanted.target, Access::write,
                  [wanted](Session& session) { return run_point_in_time(session, wanted); });
}

}  // namespace

json::object restore_table(Session& session, const Table& source, std::vector<ItemPtr> items,
                           const RestoreRequest& request) {
  const TableSpec spec = restore_spec(source, request.target, request.body);
  check_new_table(session, spec.indexes.empty() ? Indexed::no : Indexed::yes);
  Table& table = make_table(session, spec);
  store::load(session.universe(), table, std::move(items));
  json::object summary = request.summary;
  summary["RestoreInProgress"] = true;
  described_more(table)["RestoreSummary"] = std::move(summary);
  json::object description = describe_table(table, DescriptionKind::create, session.now());
  after(session, session.universe().models.lifecycle_create,
        [name = table.schema.name, id = table.settings.id](Universe& universe, Instant) {
          if (Table* restored = same_table(universe, name, id))
            described_more(*restored)["RestoreSummary"].as_object()["RestoreInProgress"] = false;
        });
  return description;
}

constinit const Operation restore_table_from_backup{.name = "RestoreTableFromBackup",
                                                    .groups = static_cast<unsigned>(Group::control),
                                                    .fields = kBackupFields,
                                                    .reply = kBackupReply,
                                                    .prepare = prepare_from_backup};
constinit const Operation restore_table_to_point_in_time{.name = "RestoreTableToPointInTime",
                                                         .groups = static_cast<unsigned>(Group::control),
                                                         .fields = kTimeFields,
                                                         .reply = kTimeReply,
                                                         .prepare = prepare_to_point_in_time};

}  // namespace fickle
