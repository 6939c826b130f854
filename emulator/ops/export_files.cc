#include "emulator/ops/export_files.hh"

#include <map>

#include "emulator/api/reader.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/gzip.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/sha256.hh"
#include "emulator/core/timetext.hh"
#include "emulator/ops/backups.hh"
#include "emulator/ops/item_files.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr Duration kJustBefore{1};

bool is_incremental(const json::object& description) {
  return description.at("ExportType").as_string() == "INCREMENTAL_EXPORT";
}

// The members of manifest-summary.json that name a member of the description; absent ones are null.
struct Named {
  std::string_view name, from;
};
constexpr Named kResource[] = {{"tableArn", "TableArn"}, {"tableId", "TableId"}};
constexpr Named kPlace[] = {{"s3Bucket", "S3Bucket"},
                            {"s3Prefix", "S3Prefix"},
                            {"s3SseAlgorithm", "S3SseAlgorithm"},
                            {"s3SseKmsKeyId", "S3SseKmsKeyId"}};

class Summary {
 public:
  explicit Summary(const json::object& description) : description_(description) {}

  void add(std::string_view name, json::value value) { summary_[name] = std::move(value); }
  void add(const Named& member) {
    const json::value* value = description_.if_contains(member.from);
    summary_[member.name] = value == nullptr ? json::value(nullptr) : *value;
  }
  void add_time(std::string_view name, const json::object& of, std::string_view from) {
    if (const auto instant = read_instant(of, from)) summary_[name] = format_instant(*instant);
  }
  [[nodiscard]] std::string text() const { return json_text(summary_) + "\n"; }

 private:
  const json::object& description_;
  json::object summary_;
};

std::string summary_of(const json::object& description, const ExportData& data, const std::string& files_key) {
  const bool incremental = is_incremental(description);
  Summary summary(description);
  summary.add("version", incremental ? "2023-08-01" : "2020-06-30");
  summary.add({"exportArn", "ExportArn"});
  summary.add_time("startTime", description, "StartTime");
  summary.add_time("endTime", description, "EndTime");
  for (const Named& member : kResource) summary.add(member);
  const json::object none;
  const json::object* window = read_object(description, "IncrementalExportSpecification");
  if (incremental) {
    summary.add_time("exportFromTime", window == nullptr ? none : *window, "ExportFromTime");
    summary.add_time("exportToTime", window == nullptr ? none : *window, "ExportToTime");
  } else {
    summary.add_time("exportTime", description, "ExportTime");
  }
  for (const Named& member : kPlace) summary.add(member);
  summary.add("manifestFilesS3Key", json::value(files_key));
  summary.add({"billedSizeBytes", "BilledSizeBytes"});
  summary.add("itemCount", data.items);
  summary.add({"outputFormat", "ExportFormat"});
  if (incremental) {
    const auto view = window == nullptr ? std::nullopt : read_string(*window, "ExportViewType");
    summary.add("outputView", json::value(view.value_or("NEW_AND_OLD_IMAGES")));
  }
  summary.add({"exportType", "ExportType"});
  return summary.text();
}

}  // namespace

ExportData full_export(const Table& table, ReadView view, ExportFormat format, const ExportSelection& selection) {
  ExportData data{.lines = {}, .items = 0, .bytes = static_cast<std::int64_t>(table.size.count), .format = format};
  for (const ItemPtr& item : items_of(table, view)) {
    if (!selection.takes(*item)) continue;
    const Item shown = selection.shown(*item);
    data.lines += format == ExportFormat::ion ? ion_line(shown) : json_line(shown);
    ++data.items;
  }
  return data;
}

ExportData incremental_export(const Table& table, const ExportWindow& window, ExportFormat format,
                              const ExportSelection& selection) {
  std::map<RowKey, std::pair<ItemPtr, ItemPtr>> rows;
  const auto scan = [&](ReadView view, bool after) {
    table.rows.scan({}, {}, Direction::forward, view, [&](const RowKey& key, const ItemPtr& item) {
      (after ? rows[key].second : rows[key].first) = item;
      return true;
    });
  };
  const ReadView then{.as_of = std::max(window.from - kJustBefore, window.history_since)};
  const ReadView now{.as_of = window.to_present ? window.to : window.to - kJustBefore};
  scan(then, false);
  scan(now, true);
  ExportData data{.lines = {}, .items = 0, .bytes = static_cast<std::int64_t>(table.size.count), .format = format};
  for (const auto& [key, images] : rows) {
    const auto& [before, after] = images;
    if (before == after || (before && after && *before == *after)) continue;
    if (!selection.takes(after ? *after : *before)) continue;
    const auto shown = [&selection](const ItemPtr& item) {
      return item ? std::make_shared<const Item>(selection.shown(*item)) : nullptr;
    };
    const ChangeRecord record{.keys = key_attributes_of(table.schema.key, after ? *after : *before),
                              .written = table.rows.written_at(key, now).value_or(window.from),
                              .before = window.old_images ? shown(before) : nullptr,
                              .after = shown(after)};
    data.lines += format == ExportFormat::ion ? ion_line(record) : json_line(record);
    ++data.items;
  }
  return data;
}

std::optional<std::string> write_export(const Bucket& bucket, const json::object& description, const ExportData& data,
                                        const std::string& id) {
  const std::string prefix = read_string(description, "S3Prefix").value_or("");
  const auto at = [&](const std::string& rest) { return under_prefix(prefix, "AWSDynamoDB/" + id + "/" + rest); };
  const std::string content = gzip(data.lines);
  const std::string name =
      "data/" + sha256_hex(id).substr(0, 26) + (data.format == ExportFormat::ion ? ".ion.gz" : ".json.gz");
  // The increments of a table share one data folder.
  const std::string data_key = is_incremental(description) ? under_prefix(prefix, "AWSDynamoDB/" + name) : at(name);
  const std::string files_key = at("manifest-files.json");
  const std::string files = json_text(json::object{{"itemCount", data.items},
                                                   {"md5Checksum", base64_encode(md5(content))},
                                                   {"etag", md5_hex(content) + "-1"},
                                                   {"dataFileS3Key", data_key}}) +
                            "\n";
  const std::string summary = summary_of(description, data, files_key);
  const bool written = bucket.write(at("_started"), "") && bucket.write(data_key, content) &&
                       bucket.write(files_key, files) &&
                       bucket.write(at("manifest-files.md5"), base64_encode(md5(files))) &&
                       bucket.write(at("manifest-summary.json"), summary) &&
                       bucket.write(at("manifest-summary.md5"), base64_encode(md5(summary)));
  return written ? std::optional(at("manifest-summary.json")) : std::nullopt;
}

}  // namespace fickle
