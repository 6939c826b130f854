// ExportTableToPointInTime, DescribeExport, ListExports: into the folder that stands in for S3. Source: API_ExportTableToPointInTime,
// developer guide "DynamoDB data export to Amazon S3"; behaviour reference 12.3; errors: tests/cases/ExportTableToPointInTime.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/bucket.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/export_files.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/transfer.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kRegister = "exports";

constexpr std::string_view kTypes = "[FULL_EXPORT, INCREMENTAL_EXPORT]";
constexpr Field kTableArn{
    .name = "TableArn", .required = true, .min_length = 1, .max_length = 1024, .arn_allowed = true};
constexpr Field kIncrementalMembers[] = {
    {.name = "ExportFromTime", .shape = Shape::timestamp},
    {.name = "ExportToTime", .shape = Shape::timestamp},
    {.name = "ExportViewType", .enum_set = "[NEW_IMAGE, NEW_AND_OLD_IMAGES]"},
};
constexpr Field kIncremental{.name = "IncrementalExportSpecification",
                             .shape = Shape::structure,
                             .type_name = "com.amazonaws.dynamodb.v20120810.IncrementalExportSpecification",
                             .members = kIncrementalMembers};
constexpr Field kExportFields[] = {
    kTableArn,
    {.name = "ExportTime", .shape = Shape::timestamp},
    {.name = "ClientToken", .pattern = R"(^[^\$]+$)"},
    {.name = "S3Bucket", .required = true, .max_length = 255, .pattern = R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"},
    {.name = "S3BucketOwner", .pattern = "[0-9]{12}"},
    {.name = "S3Prefix", .max_length = 1024},
    {.name = "S3SseAlgorithm", .enum_set = "[AES256, KMS]"},
    {.name = "S3SseKmsKeyId", .min_length = 1, .max_length = 2048},
    {.name = "ExportFormat", .enum_set = "[DYNAMODB_JSON, ION]"},
    {.name = "ExportType", .enum_set = kTypes},
    kIncremental,
    fields::filter_specification,
};
constexpr std::string_view kStatuses = "[IN_PROGRESS, COMPLETED, FAILED]";
constexpr Field kDescriptionMembers[] = {
    {.name = "ExportArn"},
    {.name = "ExportStatus", .enum_set = kStatuses},
    {.name = "StartTime", .shape = Shape::timestamp},
    {.name = "EndTime", .shape = Shape::timestamp},
    {.name = "ExportManifest"},
    {.name = "TableArn"},
    {.name = "TableId"},
    {.name = "ExportTime", .shape = Shape::timestamp},
    {.name = "ClientToken"},
    {.name = "S3Bucket"},
    {.name = "S3BucketOwner"},
    {.name = "S3Prefix"},
    {.name = "S3SseAlgorithm", .enum_set = "[AES256, KMS]"},
    {.name = "S3SseKmsKeyId"},
    {.name = "FailureCode"},
    {.name = "FailureMessage"},
    {.name = "ExportFormat", .enum_set = "[DYNAMODB_JSON, ION]"},
    {.name = "BilledSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    {.name = "ExportType", .enum_set = kTypes},
    kIncremental,
    fields::filter_specification,
};
constexpr Field kDescribeReply[] = {
    {.name = "ExportDescription", .shape = Shape::structure, .members = kDescriptionMembers}};
constexpr Field kDescribeFields[] = {{.name = "ExportArn", .required = true, .min_length = 37, .max_length = 1024}};
constexpr Field kListFields[] = {
    {.name = "TableArn", .min_length = 1, .max_length = 1024, .arn_allowed = true},
    {.name = "MaxResults", .shape = Shape::integer, .min_value = 1, .max_value = 25},
    {.name = "NextToken"},
};
constexpr Field kSummaryMembers[] = {
    {.name = "ExportArn"}, {.name = "ExportStatus", .enum_set = kStatuses}, {.name = "ExportType", .enum_set = kTypes}};
constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
constexpr Field kListReply[] = {{.name = "ExportSummaries", .shape = Shape::list, .element = &kSummary},
                                fields::next_token};

struct Wanted {
  std::string arn, table;
  json::object body;
  ExportFilter filter;
};

constexpr Duration kWindowMin = std::chrono::minutes(15);
constexpr Duration kWindowMax = std::chrono::hours(24);
constexpr std::ptrdiff_t kExportsMax = 300;  // at a time: developer guide, "Service, account, and table quotas"

void check_export_time(const Recovery& recovery, Instant at, Instant now) {
  if (at >= recovery.earliest(now) && at <= now) return;
  throw ApiError("InvalidExportTimeException", "");
}

ExportWindow read_window(const json::object& body, const Recovery& recovery, Instant now) {
  const json::object none;
  const json::object* given = read_object(body, "IncrementalExportSpecification");
  const json::object& members = given == nullptr ? none : *given;
  ExportWindow window;
  const auto end = read_instant(members, "ExportToTime");
  window.to = end.value_or(now);
  window.to_present = !end;
  window.from =
      read_instant(members, "ExportFromTime").value_or(std::max(recovery.earliest(now), window.to - kWindowMax));
  window.old_images = read_string(members, "ExportViewType") != "NEW_IMAGE";
  window.history_since = recovery.enabled;
  if (window.from >= window.to) {
    throw_validation(
        "Incremental export period from time should not be greater or equal to incremental export period to time");
  }
  if (window.to - window.from < kWindowMin)
    throw_validation("Difference between export period start time and end time is less than 15 minutes");
  if (window.to - window.from > kWindowMax)
    throw_validation("Difference between export period start time and end time is greater than 24 hours");
  check_export_time(recovery, window.from, now);
  check_export_time(recovery, window.to, now);
  return window;
}

json::object window_json(const ExportWindow& window) {
  return {{"ExportFromTime", epoch_seconds(window.from)},
          {"ExportToTime", epoch_seconds(window.to)},
          {"ExportViewType", window.old_images ? "NEW_AND_OLD_IMAGES" : "NEW_IMAGE"}};
}

json::object started(Session& session, const Table& table, const Wanted& wanted, const std::string& id) {
  json::object description{{"ExportArn", wanted.arn + "/export/" + id},
                           {"ExportStatus", "IN_PROGRESS"},
                           {"StartTime", epoch_seconds(session.now())},
                           {"TableArn", table.settings.arn},
                           {"TableId", table.settings.id}};
  const bool incremental = read_string(wanted.body, "ExportType") == "INCREMENTAL_EXPORT";
  if (!incremental)
    description["ExportTime"] = epoch_seconds(read_instant(wanted.body, "ExportTime").value_or(session.now()));
  for (const std::string_view name : {"ClientToken", "S3Bucket", "S3BucketOwner", "S3Prefix", "S3SseAlgorithm",
                                      "S3SseKmsKeyId", "FilterSpecification"}) {
    if (const json::value* value = find_member(wanted.body, name)) description[name] = *value;
  }
  description["ExportFormat"] = read_string(wanted.body, "ExportFormat").value_or("DYNAMODB_JSON");
  description["ExportType"] = read_string(wanted.body, "ExportType").value_or("FULL_EXPORT");
  return description;
}

// How the export will have ended: the data are those of now, so its files are written now.
json::object end_of(Session& session, json::object description, const ExportData& data, const std::string& id) {
  description["BilledSizeBytes"] = data.bytes;
  description["ItemCount"] = data.items;
  description["EndTime"] = epoch_seconds(session.now() + session.universe().models.lifecycle_create);
  const auto bucket = Bucket::open(session.universe().export_directory,
                                   read_string(description, "S3Bucket").value_or(""), Bucket::Missing::make);
  const auto manifest = bucket ? write_export(*bucket, description, data, id) : std::nullopt;
  if (manifest) {
    description["ExportStatus"] = "COMPLETED";
    description["ExportManifest"] = *manifest;
  } else {
    description["ExportStatus"] = "FAILED";
    description["FailureCode"] = bucket ? "S3AccessDenied" : "S3NoSuchBucket";
    description["FailureMessage"] = bucket ? "Access Denied" : "The specified bucket does not exist";
  }
  return description;
}

Answer run(Session& session, const Wanted& wanted) {
  Universe& universe = session.universe();
  Table* table = universe.find_table(wanted.table);
  if (table == nullptr || table->settings.arn != wanted.arn) throw_backup_table_not_found(wanted.arn);
  const auto recovery = recovery_of(*table);
  if (!recovery) {
    throw ApiError("PointInTimeRecoveryUnavailableException",
                   "Point in time recovery is not enabled for table '" + wanted.table + "'");
  }
  Transfers transfers(universe, kRegister, "ExportConflictException");
  if (const auto* again = transfers.replay(session, wanted.body)) return document({{"ExportDescription", *again}});
  transfers.check_room("ExportStatus", kExportsMax);
  const auto at = read_instant(wanted.body, "ExportTime");
  if (at) check_export_time(*recovery, *at, session.now());
  const bool incremental = read_string(wanted.body, "ExportType") == "INCREMENTAL_EXPORT";
  const auto format = read_string(wanted.body, "ExportFormat") == "ION" ? ExportFormat::ion : ExportFormat::json;
  const auto window = incremental ? std::optional(read_window(wanted.body, *recovery, session.now())) : std::nullopt;
  const ExportSelection selection(wanted.filter, *table);
  const ExportData data = window ? incremental_export(*table, *window, format, selection)
                                 : full_export(*table, at ? recovery->view(*at) : ReadView{}, format, selection);
  const std::string id = transfers.new_id(session);
  json::object description = started(session, *table, wanted, id);
  if (window) description["IncrementalExportSpecification"] = window_json(*window);
  const std::string arn(description.at("ExportArn").as_string());
  transfers.keep(session, wanted.body, arn, description);
  const Duration wait = universe.models.lifecycle_create;
  after(session, wait, [arn, ended = end_of(session, description, data, id)](Universe& owner, Instant) {
    owner.registers[std::string(kRegister)][arn] = ended;
  });
  note_change(session);
  return document({{"ExportDescription", description}});
}

Prepared prepare(const json::object& body) {
  Wanted wanted{
      .arn = read_string(body, "TableArn").value_or(""), .table = {}, .body = body, .filter = read_export_filter(body)};
  wanted.table = plain_table_name(wanted.arn);
  return on_table(wanted.table, Access::write, [wanted](Session& session) { return run(session, wanted); });
}

Prepared prepare_describe(const json::object& body) {
  return on_account([arn = read_string(body, "ExportArn").value_or("")](Session& session) {
    const json::value* found = session.universe().registers[std::string(kRegister)].if_contains(arn);
    if (found == nullptr) {
      if (const auto parsed = parse_table_arn(arn)) check_account(session, *parsed);
      throw ApiError("ExportNotFoundException", "Export not found: " + arn);
    }
    return document({{"ExportDescription", *found}});
  });
}

Prepared prepare_list(const json::object& body) {
  const std::string table = read_string(body, "TableArn").value_or("");
  const auto size = static_cast<std::size_t>(read_integer(body, "MaxResults").value_or(25));
  return on_account([table, size, start = read_page_token(body)](Session& session) {
    json::array all;
    for (const auto& one : session.universe().registers[std::string(kRegister)]) {
      const json::object& description = one.value().as_object();
      if (!table.empty() && description.at("TableArn").as_string() != table) continue;
      all.push_back(json::object{{"ExportArn", description.at("ExportArn")},
                                 {"ExportStatus", description.at("ExportStatus")},
                                 {"ExportType", description.at("ExportType")}});
    }
    return page_of(std::move(all), "ExportSummaries", start, size);
  });
}

}  // namespace

constinit const Operation export_table_to_point_in_time{
    .name = "ExportTableToPointInTime",
    .groups = static_cast<unsigned>(Group::control),
    .fields = kExportFields,
    .reply = kDescribeReply,
    .prepare = prepare,
    .simplified = "into a folder per bucket under --export-directory, which is made when missing; one data file"};
constinit const Operation describe_export{.name = "DescribeExport",
                                          .groups = static_cast<unsigned>(Group::control),
                                          .fields = kDescribeFields,
                                          .reply = kDescribeReply,
                                          .prepare = prepare_describe};
constinit const Operation list_exports{.name = "ListExports",
                                       .groups = static_cast<unsigned>(Group::control),
                                       .fields = kListFields,
                                       .reply = kListReply,
                                       .prepare = prepare_list};

}  // namespace fickle
