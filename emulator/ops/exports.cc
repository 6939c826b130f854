// ExportTableToPointInTime, DescribeExport, ListExports: into the folder that stands in for S3, done at once. Source:
// API_ExportTableToPointInTime, developer guide "DynamoDB table export output format"; behaviour reference 12.3; errors:
// tests/cases/ExportTableToPointInTime.
#include <algorithm>

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/gzip.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/sha256.hh"
#include "emulator/core/timetext.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/bucket.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/item_files.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/transfer.hh"
#include "emulator/value/value_json.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kRegister = "exports";

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
    {.name = "ExportType", .enum_set = "[FULL_EXPORT, INCREMENTAL_EXPORT]"},
    kIncremental,
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
    {.name = "S3SseAlgorithm"},
    {.name = "S3SseKmsKeyId"},
    {.name = "FailureCode"},
    {.name = "FailureMessage"},
    {.name = "ExportFormat"},
    {.name = "BilledSizeBytes", .shape = Shape::long_integer},
    {.name = "ItemCount", .shape = Shape::long_integer},
    {.name = "ExportType"},
    kIncremental,
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
    {.name = "ExportArn"}, {.name = "ExportStatus", .enum_set = kStatuses}, {.name = "ExportType"}};
constexpr Field kSummary{.shape = Shape::structure, .members = kSummaryMembers};
constexpr Field kListReply[] = {{.name = "ExportSummaries", .shape = Shape::list, .element = &kSummary},
                                fields::next_token};

// The lines of the data file.
struct Data {
  std::string lines;
  std::int64_t items = 0;
};

Data full(const Table& table, ReadView view, bool ion) {
  Data data;
  for (const ItemPtr& item : items_of(table, view)) {
    data.lines += ion ? ion_line(*item) : json_line(*item);
    ++data.items;
  }
  return data;
}

// What changed between two instants, each item once: its state before and after.
Data incremental(const Table& table, Instant from, Instant to, bool old_images) {
  std::map<RowKey, std::pair<ItemPtr, ItemPtr>> rows;
  const auto scan = [&](Instant at, bool after) {
    table.rows.scan({}, {}, Direction::forward, ReadView{.as_of = at}, [&](const RowKey& key, const ItemPtr& item) {
      (after ? rows[key].second : rows[key].first) = item;
      return true;
    });
  };
  scan(from, false);
  scan(to, true);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(to.time_since_epoch()).count();
  Data data;
  for (const auto& [key, images] : rows) {
    const auto& [before, after] = images;
    if (before == after || (before && after && *before == *after)) continue;
    data.lines += R"({"Metadata":{"WriteTimestampMicros":{"N":")" + std::to_string(micros) + R"("}},"Keys":)";
    append_json(data.lines, key_attributes_of(table.schema.key, after ? *after : *before));
    const auto image = [&data](std::string_view name, const ItemPtr& item) {
      if (!item) return;
      data.lines.append(",\"").append(name).append("\":");
      append_json(data.lines, *item);
    };
    if (old_images) image("OldImage", before);
    image("NewImage", after);
    data.lines += "}\n";
    ++data.items;
  }
  return data;
}

// Data, list of data files and summary, as the service lays them out. The key of the summary; nullopt when a file cannot be written.
std::optional<std::string> write_files(const Bucket& bucket, const json::object& description, const Data& data,
                                       const std::string& id, bool ion) {
  const std::string prefix = read_string(description, "S3Prefix").value_or("");
  const auto at = [&](const std::string& rest) { return under_prefix(prefix, "AWSDynamoDB/" + id + "/" + rest); };
  const std::string content = gzip(data.lines);
  const std::string checksum = base64_encode(md5(content));
  const std::string data_key = at("data/" + sha256_hex(id).substr(0, 26) + (ion ? ".ion.gz" : ".json.gz"));
  const json::object file{{"itemCount", data.items},
                          {"md5Checksum", checksum},
                          {"etag", md5_hex(content) + "-1"},
                          {"dataFileS3Key", data_key}};
  json::object summary{{"version", "2020-06-30"}};
  const auto member = [&](std::string_view name, std::string_view from) {
    const json::value* value = description.if_contains(from);
    summary[name] = value == nullptr ? json::value(nullptr) : *value;
  };
  const auto time = [&](std::string_view name, std::string_view from) {
    if (const auto instant = read_instant(description, from)) summary[name] = format_instant(*instant);
  };
  member("exportArn", "ExportArn");
  time("startTime", "StartTime");
  time("endTime", "StartTime");
  member("tableArn", "TableArn");
  member("tableId", "TableId");
  time("exportTime", "ExportTime");
  member("s3Bucket", "S3Bucket");
  member("s3Prefix", "S3Prefix");
  member("s3SseAlgorithm", "S3SseAlgorithm");
  member("s3SseKmsKeyId", "S3SseKmsKeyId");
  summary["manifestFilesS3Key"] = at("manifest-files.json");
  summary["billedSizeBytes"] = description.at("BilledSizeBytes");
  summary["itemCount"] = data.items;
  member("outputFormat", "ExportFormat");
  member("exportType", "ExportType");
  const std::string files_text = json_text(file) + "\n";
  const std::string summary_text = json_text(summary) + "\n";
  const bool written = bucket.write(at("_started"), "") && bucket.write(data_key, content) &&
                       bucket.write(at("manifest-files.json"), files_text) &&
                       bucket.write(at("manifest-files.md5"), base64_encode(md5(files_text))) &&
                       bucket.write(at("manifest-summary.json"), summary_text) &&
                       bucket.write(at("manifest-summary.md5"), base64_encode(md5(summary_text)));
  return written ? std::optional(at("manifest-summary.json")) : std::nullopt;
}

struct Wanted {
  std::string arn, table;
  json::object body;
};

std::pair<Instant, Instant> window(const json::object& body, const Recovery& recovery, Instant now) {
  const json::object* given = read_object(body, "IncrementalExportSpecification");
  const json::object none;
  const json::object& members = given == nullptr ? none : *given;
  const Instant to = read_instant(members, "ExportToTime").value_or(now);
  const Instant from = read_instant(members, "ExportFromTime").value_or(recovery.earliest(now));
  if (from >= to) throw_validation("Invalid Request: ExportFromTime must be before ExportToTime");
  return {from, to};
}

json::object started(Session& session, const Table& table, const Wanted& wanted, const std::string& id) {
  json::object description{{"ExportArn", wanted.arn + "/export/" + id},
                           {"ExportStatus", "IN_PROGRESS"},
                           {"StartTime", epoch_seconds(session.now())},
                           {"TableArn", table.settings.arn},
                           {"TableId", table.settings.id}};
  description["ExportTime"] = epoch_seconds(read_instant(wanted.body, "ExportTime").value_or(session.now()));
  for (const std::string_view name : {"ClientToken", "S3Bucket", "S3BucketOwner", "S3Prefix", "S3SseAlgorithm",
                                      "S3SseKmsKeyId", "IncrementalExportSpecification"}) {
    if (const json::value* value = find_member(wanted.body, name)) description[name] = *value;
  }
  description["ExportFormat"] = read_string(wanted.body, "ExportFormat").value_or("DYNAMODB_JSON");
  description["ExportType"] = read_string(wanted.body, "ExportType").value_or("FULL_EXPORT");
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
  const auto at = read_instant(wanted.body, "ExportTime");
  if (at &&
      (*at > session.now() || *at < std::chrono::floor<std::chrono::milliseconds>(recovery->earliest(session.now())))) {
    throw ApiError("InvalidExportTimeException", "");
  }
  const std::string id = transfers.new_id(session);
  json::object description = started(session, *table, wanted, id);
  const json::object answered = description;
  const bool ion = description.at("ExportFormat").as_string() == "ION";
  Data data;
  if (description.at("ExportType").as_string() == "INCREMENTAL_EXPORT") {
    const auto [from, to] = window(wanted.body, *recovery, session.now());
    const json::object* given = read_object(wanted.body, "IncrementalExportSpecification");
    const bool old_images = given == nullptr || read_string(*given, "ExportViewType") != "NEW_IMAGE";
    data = incremental(*table, from, to, old_images);
  } else {
    data = full(*table, at ? ReadView{.as_of = *at} : ReadView{}, ion);
  }
  description["BilledSizeBytes"] = table->size.count;
  description["ItemCount"] = data.items;
  description["EndTime"] = epoch_seconds(session.now());
  const auto bucket =
      Bucket::open(universe.export_directory, read_string(wanted.body, "S3Bucket").value_or(""), Bucket::Missing::make);
  const auto manifest = bucket ? write_files(*bucket, description, data, id, ion) : std::nullopt;
  if (manifest) {
    description["ExportStatus"] = "COMPLETED";
    description["ExportManifest"] = *manifest;
  } else {
    description["ExportStatus"] = "FAILED";
    description["FailureCode"] = bucket ? "S3AccessDenied" : "S3NoSuchBucket";
    description["FailureMessage"] = bucket ? "Access Denied" : "The specified bucket does not exist";
  }
  transfers.keep(session, wanted.body, std::string(description.at("ExportArn").as_string()), description);
  note_change(session);
  return document({{"ExportDescription", answered}});
}

Prepared prepare(const json::object& body) {
  Wanted wanted{.arn = read_string(body, "TableArn").value_or(""), .table = {}, .body = body};
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
    .simplified =
        "done at once, into a folder per bucket under --export-directory, which is made when missing; one data file; "
        "Ion as text"};
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
