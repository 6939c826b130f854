// Backups and transfers through the operations: what is restored, exported and imported are the data. Source: behaviour reference 12.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "emulator/core/gzip.hh"
#include "tests/support/transfer.hh"

namespace fickle::test {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::string_view kTable =
    R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[)"
    R"({"AttributeName":"id","AttributeType":"S"},{"AttributeName":"size","AttributeType":"N"}],"BillingMode":)"
    R"("PAY_PER_REQUEST","GlobalSecondaryIndexes":[{"IndexName":"by-size","KeySchema":[{"AttributeName":"size",)"
    R"("KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]})";
constexpr std::string_view kArn = "arn:aws:dynamodb:us-east-1:000000000000:table/widgets";

void put(Emulator& emulator, const std::string& id, int size) {
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":")" + id + R"("},"size":{"N":")" +
                             std::to_string(size) + R"("},"tags":{"SS":["x","y"]},"raw":{"B":"aGk="}}})");
}

std::int64_t indexed(Emulator& emulator, const std::string& table) {
  const json::object described = emulator.ok("DescribeTable", R"({"TableName":")" + table + R"("})");
  return described.at("Table").at("GlobalSecondaryIndexes").at(0).at("ItemCount").to_number<std::int64_t>();
}

void enable_recovery(Emulator& emulator) {
  emulator.ok("UpdateContinuousBackups",
              R"({"TableName":"widgets","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}})");
}

// Exports as `format` and imports what came out; the import's description.
json::object round_trip(Emulator& emulator, const std::string& format) {
  const json::object started = emulator.ok(
      "ExportTableToPointInTime", R"({"TableArn":")" + std::string(kArn) + R"(","S3Bucket":"exports","S3Prefix":")" +
                                      format + R"(","ExportFormat":")" + format + R"("})");
  const std::string arn = text(started.at("ExportDescription").as_object(), "ExportArn");
  const json::object done = emulator.ok("DescribeExport", R"({"ExportArn":")" + arn + R"("})");
  REQUIRE(text(done.at("ExportDescription").as_object(), "ExportStatus") == "COMPLETED");
  const std::string manifest = text(done.at("ExportDescription").as_object(), "ExportManifest");
  const std::string data = manifest.substr(0, manifest.rfind('/')) + "/data/";
  const json::object importing = emulator.ok(
      "ImportTable", R"({"S3BucketSource":{"S3Bucket":"exports","S3KeyPrefix":")" + data + R"("},"InputFormat":")" +
                         format + R"(","InputCompressionType":"GZIP","TableCreationParameters":{"TableName":"copy-)" +
                         format + R"(","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":)" +
                         R"([{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}})");
  const std::string import_arn = text(importing.at("ImportTableDescription").as_object(), "ImportArn");
  return emulator.ok("DescribeImport", R"({"ImportArn":")" + import_arn + R"("})")
      .at("ImportTableDescription")
      .as_object();
}

// The lines of an incremental export of the first 25 minutes, sorted.
std::vector<std::string> exported_lines(Emulator& emulator, const Folder& folder, const std::string& format,
                                        const std::string& more) {
  emulator.ok("ExportTableToPointInTime",
              R"({"TableArn":")" + std::string(kArn) + R"(","S3Bucket":"exports","S3Prefix":")" + format +
                  R"(","ExportType":"INCREMENTAL_EXPORT","ExportFormat":")" + format +
                  R"(","IncrementalExportSpecification":{"ExportFromTime":1767225600,"ExportToTime":1767227100)" +
                  more + "}}");
  std::vector<std::string> lines;
  for (const auto& entry : fs::directory_iterator(folder.path / "exports" / format / "AWSDynamoDB" / "data")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string packed{std::istreambuf_iterator<char>(file), {}};
    std::istringstream content(gunzip(packed, std::size_t{1} << 20).value());
    for (std::string line; std::getline(content, line);) lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("A backup keeps the data of its moment, beyond the table itself") {
  Emulator emulator;
  emulator.ok("CreateTable", kTable);
  put(emulator, "a", 1);
  put(emulator, "b", 2);
  const json::object made = emulator.ok("CreateBackup", R"({"TableName":"widgets","BackupName":"first"})");
  const std::string arn = text(made.at("BackupDetails").as_object(), "BackupArn");
  put(emulator, "c", 3);
  emulator.ok("DeleteTable", R"({"TableName":"widgets"})");
  emulator.ok("RestoreTableFromBackup", R"({"TargetTableName":"again","BackupArn":")" + arn + R"("})");
  CHECK(has(emulator, "again", "a"));
  CHECK(has(emulator, "again", "b"));
  CHECK_FALSE(has(emulator, "again", "c"));
  CHECK(indexed(emulator, "again") == 2);
  emulator.ok("RestoreTableFromBackup",
              R"({"TargetTableName":"bare","BackupArn":")" + arn + R"(","GlobalSecondaryIndexOverride":[]})");
  const json::object bare = emulator.ok("DescribeTable", R"({"TableName":"bare"})");
  CHECK_FALSE(bare.at("Table").as_object().contains("GlobalSecondaryIndexes"));
  CHECK(bare.at("Table").at("AttributeDefinitions").as_array().size() == 1);
  CHECK(text(bare.at("Table").at("RestoreSummary").as_object(), "SourceBackupArn") == arn);
  CHECK(emulator.refused("RestoreTableFromBackup", R"({"TargetTableName":"bare","BackupArn":")" + arn + R"("})") ==
        "TableAlreadyExistsException: Table already exists: bare");
  const json::object gone = emulator.ok("DeleteBackup", R"({"BackupArn":")" + arn + R"("})");
  CHECK(text(gone.at("BackupDescription").at("BackupDetails").as_object(), "BackupStatus") == "DELETED");
  CHECK(emulator.refused("DescribeBackup", R"({"BackupArn":")" + arn + R"("})") ==
        "BackupNotFoundException: Backup not found: " + arn);
}

TEST_CASE("What is exported can be imported, as DynamoDB JSON and as Ion") {
  const Folder folder;
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  enable_recovery(emulator);
  put(emulator, "a", 1);
  put(emulator, "b", 2);
  for (const std::string format : {"DYNAMODB_JSON", "ION"}) {
    const json::object imported = round_trip(emulator, format);
    CHECK(text(imported, "ImportStatus") == "COMPLETED");
    CHECK(imported.at("ImportedItemCount").to_number<int>() == 2);
    CHECK(imported.at("ErrorCount").to_number<int>() == 0);
    const std::string key = R"(","Key":{"id":{"S":"b"}}})";
    CHECK(emulator.ok("GetItem", R"({"TableName":"widgets)" + key) ==
          emulator.ok("GetItem", R"({"TableName":"copy-)" + format + key));
  }
}

TEST_CASE("An incremental export tells what changed in between") {
  const Folder folder;
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  put(emulator, "a", 1);
  enable_recovery(emulator);
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"1h"})");
  put(emulator, "b", 2);
  const json::object started =
      emulator.ok("ExportTableToPointInTime", R"({"TableArn":")" + std::string(kArn) +
                                                  R"(","S3Bucket":"exports","ExportType":"INCREMENTAL_EXPORT",)"
                                                  R"("IncrementalExportSpecification":{"ExportFromTime":1767225601}})");
  const std::string arn = text(started.at("ExportDescription").as_object(), "ExportArn");
  const json::object done = emulator.ok("DescribeExport", R"({"ExportArn":")" + arn + R"("})");
  CHECK(done.at("ExportDescription").at("ItemCount").to_number<int>() == 1);
}

TEST_CASE("An increment is written as the service writes it, in both formats") {
  const Folder folder;
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"changed"},"size":{"N":"1"}}})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"gone"},"size":{"N":"1"}}})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"still"},"size":{"N":"1"}}})");
  enable_recovery(emulator);
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"10m"})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"changed"},"size":{"N":"2"}}})");
  emulator.ok("DeleteItem", R"({"TableName":"widgets","Key":{"id":{"S":"gone"}}})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"brief"}}})");
  emulator.ok("DeleteItem", R"({"TableName":"widgets","Key":{"id":{"S":"brief"}}})");
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"10m"})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"new"},"tags":{"SS":["x"]}}})");
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"10m"})");
  emulator.ok("PutItem", R"({"TableName":"widgets","Item":{"id":{"S":"later"}}})");

  const std::vector<std::string> json_lines = exported_lines(emulator, folder, "DYNAMODB_JSON", "");
  CHECK(json_lines ==
        std::vector<std::string>{
            R"({"Metadata":{"WriteTimestampMicros":{"N":"1767226200000000"}},"Keys":{"id":{"S":"changed"}},)"
            R"("OldImage":{"id":{"S":"changed"},"size":{"N":"1"}},"NewImage":{"id":{"S":"changed"},"size":{"N":"2"}}})",
            R"({"Metadata":{"WriteTimestampMicros":{"N":"1767226200000000"}},"Keys":{"id":{"S":"gone"}},)"
            R"("OldImage":{"id":{"S":"gone"},"size":{"N":"1"}}})",
            R"({"Metadata":{"WriteTimestampMicros":{"N":"1767226800000000"}},"Keys":{"id":{"S":"new"}},)"
            R"("NewImage":{"id":{"S":"new"},"tags":{"SS":["x"]}}})"});
  const std::vector<std::string> ion_lines =
      exported_lines(emulator, folder, "ION", R"(,"ExportViewType":"NEW_IMAGE")");
  CHECK(ion_lines == std::vector<std::string>{
                         R"($ion_1_0 {Record:{Keys:{"id":"changed"},Metadata:{WriteTimestampMicros:1767226200000000.},)"
                         R"(NewImage:{"id":"changed","size":2.}}})",
                         R"($ion_1_0 {Record:{Keys:{"id":"gone"},Metadata:{WriteTimestampMicros:1767226200000000.}}})",
                         R"($ion_1_0 {Record:{Keys:{"id":"new"},Metadata:{WriteTimestampMicros:1767226800000000.},)"
                         R"(NewImage:{"id":"new","tags":$dynamodb_SS::["x"]}}})"});
}

TEST_CASE("Exports and imports are in progress for as long as the lifecycle says") {
  const Folder folder;
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  enable_recovery(emulator);
  put(emulator, "a", 1);
  emulator.control_ok("PUT", "/_fickle/simulation", R"({"lifecycle":{"create":"8s"}})");
  const json::object started =
      emulator.ok("ExportTableToPointInTime", R"({"TableArn":")" + std::string(kArn) + R"(","S3Bucket":"exports"})");
  const std::string arn = text(started.at("ExportDescription").as_object(), "ExportArn");
  const auto described = [&] {
    return emulator.ok("DescribeExport", R"({"ExportArn":")" + arn + R"("})").at("ExportDescription").as_object();
  };
  CHECK(text(described(), "ExportStatus") == "IN_PROGRESS");
  CHECK_FALSE(described().contains("EndTime"));
  put(emulator, "late", 2);
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"8s"})");
  CHECK(text(described(), "ExportStatus") == "COMPLETED");
  CHECK(described().at("ItemCount").to_number<int>() == 1);
  CHECK(described().at("EndTime").to_number<double>() - described().at("StartTime").to_number<double>() == 8);

  const std::string manifest = text(described(), "ExportManifest");
  const json::object importing = emulator.ok(
      "ImportTable",
      R"({"S3BucketSource":{"S3Bucket":"exports","S3KeyPrefix":")" + manifest.substr(0, manifest.rfind('/')) +
          R"(/data/"},"InputFormat":"DYNAMODB_JSON","InputCompressionType":"GZIP","TableCreationParameters":)"
          R"({"TableName":"copy","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":)"
          R"([{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}})");
  const std::string import_arn = text(importing.at("ImportTableDescription").as_object(), "ImportArn");
  const auto imported = [&] {
    return emulator.ok("DescribeImport", R"({"ImportArn":")" + import_arn + R"("})")
        .at("ImportTableDescription")
        .as_object();
  };
  CHECK(text(imported(), "ImportStatus") == "IN_PROGRESS");
  const json::object creating = emulator.ok("DescribeTable", R"({"TableName":"copy"})");
  CHECK(text(creating.at("Table").as_object(), "TableStatus") == "CREATING");
  CHECK(creating.at("Table").at("ItemCount").to_number<int>() == 0);
  CHECK(emulator.ok("ListImports", "{}").at("ImportSummaryList").as_array().size() == 1);
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"8s"})");
  CHECK(text(imported(), "ImportStatus") == "COMPLETED");
  CHECK(has(emulator, "copy", "a"));
}

TEST_CASE("Comma-separated values become items; what breaks a rule is counted") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  std::ofstream(folder.path / "in" / "items.csv")
      << "id,size,name\r\na,1,\"Smith, \"\"Jo\"\"\"\r\nb,two,x\r\n,3,no key\r\nc,3,\r\n";
  Emulator emulator(with_exports(folder));
  const json::object importing = emulator.ok(
      "ImportTable", R"({"S3BucketSource":{"S3Bucket":"in"},"InputFormat":"CSV","TableCreationParameters":)" +
                         std::string(kTable) + "}");
  const std::string arn = text(importing.at("ImportTableDescription").as_object(), "ImportArn");
  const json::object done = emulator.ok("DescribeImport", R"({"ImportArn":")" + arn + R"("})");
  const json::object& description = done.at("ImportTableDescription").as_object();
  CHECK(description.at("ImportedItemCount").to_number<int>() == 2);
  CHECK(description.at("ErrorCount").to_number<int>() == 2);
  const json::object item = emulator.ok("GetItem", R"({"TableName":"widgets","Key":{"id":{"S":"a"}}})");
  CHECK(item.at("Item").at("name").at("S").as_string() == "Smith, \"Jo\"");
  CHECK(item.at("Item").at("size").at("N").as_string() == "1");
  CHECK(indexed(emulator, "widgets") == 2);
}

TEST_CASE("Input may be compressed with zstd; what is not compressed as said fails the import") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  const std::string line = "{\"Item\":{\"id\":{\"S\":\"a\"}}}\n";
  const auto size = static_cast<char>(line.size());
  // A frame of one raw block: its size, and the block's with the mark of the last one.
  const std::string frame = std::string("\x28\xb5\x2f\xfd\x20", 5) + size + static_cast<char>(line.size() << 3U | 1U) +
                            std::string(2, '\0') + line;
  std::ofstream(folder.path / "in" / "items.json.zst", std::ios::binary) << frame;
  Emulator emulator(with_exports(folder));
  const auto import = [&](const std::string& table, const std::string& compression) {
    const json::object importing = emulator.ok(
        "ImportTable", R"({"S3BucketSource":{"S3Bucket":"in"},"InputFormat":"DYNAMODB_JSON","InputCompressionType":")" +
                           compression + R"(","TableCreationParameters":{"TableName":")" + table +
                           R"(","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":)" +
                           R"([{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}})");
    const std::string arn = text(importing.at("ImportTableDescription").as_object(), "ImportArn");
    return text(
        emulator.ok("DescribeImport", R"({"ImportArn":")" + arn + R"("})").at("ImportTableDescription").as_object(),
        "ImportStatus");
  };
  CHECK(import("packed", "ZSTD") == "COMPLETED");
  CHECK(has(emulator, "packed", "a"));
  CHECK(import("misread", "GZIP") == "FAILED");
}

TEST_CASE("Exports stay inside their folder") {
  const Folder folder;
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  enable_recovery(emulator);
  const json::object started =
      emulator.ok("ExportTableToPointInTime",
                  R"({"TableArn":")" + std::string(kArn) + R"(","S3Bucket":"exports","S3Prefix":"../../escaped"})");
  const std::string arn = text(started.at("ExportDescription").as_object(), "ExportArn");
  const json::object done = emulator.ok("DescribeExport", R"({"ExportArn":")" + arn + R"("})");
  CHECK(text(done.at("ExportDescription").as_object(), "ExportStatus") == "FAILED");
  CHECK_FALSE(fs::exists(folder.path.parent_path() / "escaped"));
}

}  // namespace fickle::test
