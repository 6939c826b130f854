// RestoreTableFromBackup, RestoreTableToPointInTime: new tables with the data of old ones. Source: API_RestoreTableFromBackup,
// API_RestoreTableToPointInTime; behaviour reference 12.2; errors: tests/cases/RestoreTableFromBackup.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/make_table.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Field kTarget{
    .name = "TargetTableName", .required = true, .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern};
constexpr Field kBackupFields[] = {
    kTarget,
    fields::backup_arn,
    fields::renamed(fields::billing_mode, "BillingModeOverride"),
    fields::renamed(fields::global_secondary_indexes, "GlobalSecondaryIndexOverride"),
    fields::renamed(fields::local_secondary_indexes, "LocalSecondaryIndexOverride"),
    fields::renamed(fields::provisioned_throughput, "ProvisionedThroughputOverride"),
    fields::renamed(fields::on_demand_throughput, "OnDemandThroughputOverride"),
    fields::renamed(fields::sse_specification, "SSESpecificationOverride"),
    fields::renamed(fields::vector_indexes, "VectorIndexOverride"),
};
constexpr Field kTimeFields[] = {
    {.name = "SourceTableArn", .min_length = 1, .max_length = 1024, .arn_allowed = true},
    {.name = "SourceTableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
    kTarget,
    {.name = "UseLatestRestorableTime", .shape = Shape::boolean},
    {.name = "RestoreDateTime", .shape = Shape::timestamp},
    fields::renamed(fields::billing_mode, "BillingModeOverride"),
    fields::renamed(fields::global_secondary_indexes, "GlobalSecondaryIndexOverride"),
    fields::renamed(fields::local_secondary_indexes, "LocalSecondaryIndexOverride"),
    fields::renamed(fields::provisioned_throughput, "ProvisionedThroughputOverride"),
    fields::renamed(fields::on_demand_throughput, "OnDemandThroughputOverride"),
    fields::renamed(fields::sse_specification, "SSESpecificationOverride"),
    fields::renamed(fields::vector_indexes, "VectorIndexOverride"),
};
constexpr Field kBackupReply[] = {fields::table_of_backup};
constexpr Field kTimeReply[] = {fields::table_of_time};

// What the request says of an index: absent list, every index comes along; otherwise only those named.
const json::object* override_of(const json::object& body, const IndexSchema& index, bool& kept) {
  const bool global = index.kind == IndexSchema::Kind::global;
  const json::array* list = read_array(body, global ? "GlobalSecondaryIndexOverride" : "LocalSecondaryIndexOverride");
  kept = list == nullptr;
  if (list == nullptr) return nullptr;
  for (const auto& element : *list) {
    if (read_string(element.as_object(), "IndexName") != index.name) continue;
    kept = true;
    return &element.as_object();
  }
  return nullptr;
}

void check_overrides(const json::object& body, const Table& source) {
  for (const std::string_view member : {"GlobalSecondaryIndexOverride", "LocalSecondaryIndexOverride"}) {
    const json::array* list = read_array(body, member);
    if (list == nullptr) continue;
    for (const auto& element : *list) {
      const std::string name = read_string(element.as_object(), "IndexName").value_or("");
      const Index* index = source.find_index(name);
      const auto kind = member.front() == 'G' ? IndexSchema::Kind::global : IndexSchema::Kind::local;
      if (index == nullptr || index->schema.kind != kind)
        throw_validation("Invalid Request: " + std::string(member) +
                         " contains an index that the source table does not have: " + name);
    }
  }
  for (const VectorIndexChange& wanted : read_vector_indexes(body, "VectorIndexOverride")) {
    if (find_vector_index(source, wanted.name) == nullptr)
      throw_validation("Invalid Request: VectorIndexOverride contains an index that the source table does not have: " +
                       wanted.name);
  }
}

// Those of the source, or of them those that the request names.
std::vector<VectorIndexChange> vectors_of(const Table& source, const json::object& body) {
  if (read_array(body, "VectorIndexOverride") != nullptr) return read_vector_indexes(body, "VectorIndexOverride");
  return read_vector_indexes(json::object{{"VectorIndexes", vector_indexes_as_asked(source)}});
}

std::optional<Throughput> throughput_override(const json::object& body, std::string_view member) {
  const json::object* given = read_object(body, member);
  if (given == nullptr) return std::nullopt;
  return read_throughput(json::object{{"ProvisionedThroughput", *given}});
}

TableSpec spec_of(const Table& source, const RestoreRequest& request) {
  const json::object& body = request.body;
  const TableSettings& settings = source.settings;
  TableSpec spec;
  spec.name = request.target;
  spec.schema = source.schema;
  spec.schema.name = request.target;
  spec.attribute_definitions = settings.attribute_definitions;
  spec.billing = settings.billing;
  spec.billing_mode_given = settings.billing_mode_given;
  if (const auto mode = read_string(body, "BillingModeOverride")) {
    spec.billing = *mode == "PAY_PER_REQUEST" ? BillingMode::pay_per_request : BillingMode::provisioned;
    spec.billing_mode_given = true;
  }
  spec.throughput = throughput_override(body, "ProvisionedThroughputOverride");
  if (spec.billing == BillingMode::provisioned && !spec.throughput) {
    if (settings.billing == BillingMode::pay_per_request) {
      throw_parameter_invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }
    spec.throughput = Throughput{
        .read = settings.throughput.read, .write = settings.throughput.write, .last_increase = {}, .last_decrease = {}};
  }
  if (spec.billing == BillingMode::pay_per_request) {
    if (spec.throughput) {
      throw_parameter_invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }
    spec.on_demand = settings.on_demand;
    const UnitLimits limits =
        read_unit_limits(body, "OnDemandThroughputOverride", "MaxReadRequestUnits", "MaxWriteRequestUnits");
    if (limits.read || limits.write) spec.on_demand = limits;
  }
  spec.table_class = settings.table_class;
  if (const json::object* encryption = read_object(body, "SSESpecificationOverride"))
    spec.encryption = read_encryption(json::object{{"SSESpecification", *encryption}});
  for (const Index& index : source.indexes) {
    bool kept = false;
    const json::object* changed = override_of(body, index.schema, kept);
    if (!kept) continue;
    IndexSpec one{.schema = index.schema, .throughput = {}, .on_demand = index.on_demand, .warm = {}};
    if (spec.billing == BillingMode::provisioned) {
      one.throughput = changed != nullptr ? read_throughput(*changed) : std::nullopt;
      if (!one.throughput) one.throughput = index.throughput.read > 0 ? index.throughput : *spec.throughput;
    }
    spec.indexes.push_back(std::move(one));
  }
  spec.vectors = vectors_of(source, body);
  return spec;
}

// Definitions that no key uses any more, because their index did not come along.
void prune_definitions(TableSpec& spec) {
  std::erase_if(spec.attribute_definitions, [&spec](const KeyAttribute& attribute) {
    return spec.schema.key.find(attribute.name) == nullptr &&
           std::none_of(spec.indexes.begin(), spec.indexes.end(),
                        [&](const IndexSpec& index) { return index.schema.key.find(attribute.name) != nullptr; });
  });
}

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
  check_overrides(request.body, source);
  TableSpec spec = spec_of(source, request);
  prune_definitions(spec);
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
