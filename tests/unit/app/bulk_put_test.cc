// Bulk puts: from a folder that stands in for S3 into a table. What goes over the wire is in tests/cases/StartBulkPutItems.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "emulator/ops/bulk_put.hh"
#include "tests/support/transfer.hh"

namespace fickle::test {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::string_view kTable =
    R"({"TableName":"widgets","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[)"
    R"({"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"})";

// Puts the files of the folder "in" into the table, errors into "out"; the operation's description when it has ended.
json::object put_from_folder(Emulator& emulator) {
  const json::object started =
      emulator.ok("StartBulkPutItems",
                  R"({"TableName":"widgets","InputS3Configuration":{"S3Bucket":"in","InputFormat":"DYNAMODB_JSON"},)"
                  R"("OutputS3Configuration":{"S3Bucket":"out","OutputType":["ERROR"]}})");
  const std::string arn = text(started.at("BulkOperationDescription").as_object(), "BulkOperationArn");
  const json::object done = emulator.ok("DescribeBulkOperation", R"({"BulkOperationArn":")" + arn + R"("})");
  return done.at("BulkOperationDescription").as_object();
}

}  // namespace

TEST_CASE("A bulk operation puts items into a table and tells of those it could not") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  std::ofstream(folder.path / "in" / "items.json") << R"({"Item":{"id":{"S":"a"}}})"
                                                   << "\n"
                                                   << R"({"Item":{"id":{"N":"1"}}})"
                                                   << "\n"
                                                   << "no json\n";
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  const json::object description = put_from_folder(emulator);
  CHECK(text(description, "BulkOperationStatus") == "COMPLETED_WITH_ERRORS");
  CHECK(description.at("ProcessedItemCount").to_number<int>() == 3);
  CHECK(description.at("FailedItemCount").to_number<int>() == 2);
  CHECK(has(emulator, "widgets", "a"));
  CHECK(fs::exists(folder.path / "out" / "AWSDynamoDB"));
  const json::object listed = emulator.ok("ListBulkOperations", "{}");
  CHECK(listed.at("BulkOperationsSummaryList").as_array().size() == 1);
  emulator.ok("CancelBulkOperation", R"({"BulkOperationArn":")" + text(description, "BulkOperationArn") + R"("})");
}

TEST_CASE("A bulk operation on its way can be cancelled; one that has ended stays as it is") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  std::ofstream(folder.path / "in" / "items.json") << R"({"Item":{"id":{"S":"a"}}})"
                                                   << "\n";
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  emulator.control_ok("PUT", "/_fickle/simulation", R"({"lifecycle":{"update":"5s"}})");
  const auto start = [&] {
    const json::object started =
        emulator.ok("StartBulkPutItems",
                    R"({"TableName":"widgets","InputS3Configuration":{"S3Bucket":"in","InputFormat":"DYNAMODB_JSON"},)"
                    R"("OutputS3Configuration":{"S3Bucket":"out","OutputType":["ERROR"]}})");
    return text(started.at("BulkOperationDescription").as_object(), "BulkOperationArn");
  };
  const auto status = [&](const std::string& arn) {
    const json::object done = emulator.ok("DescribeBulkOperation", R"({"BulkOperationArn":")" + arn + R"("})");
    return text(done.at("BulkOperationDescription").as_object(), "BulkOperationStatus");
  };
  const auto cancel = [&](const std::string& arn) {
    return text(emulator.ok("CancelBulkOperation", R"({"BulkOperationArn":")" + arn + R"("})"), "BulkOperationStatus");
  };
  const std::string cancelled = start();
  CHECK(status(cancelled) == "IN_PROGRESS");
  CHECK(cancel(cancelled) == "CANCELLING");
  CHECK(status(cancelled) == "CANCELLED");
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"5s"})");
  CHECK(status(cancelled) == "CANCELLED");
  CHECK_FALSE(has(emulator, "widgets", "a"));

  const std::string done = start();
  emulator.ok("ListBulkOperations", "{}");
  CHECK_FALSE(has(emulator, "widgets", "a"));
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"5s"})");
  CHECK(status(done) == "COMPLETED");
  CHECK(cancel(done) == "COMPLETED");
  CHECK(has(emulator, "widgets", "a"));

  const std::string orphaned = start();
  emulator.ok("DeleteTable", R"({"TableName":"widgets"})");
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":"5s"})");
  CHECK(status(orphaned) == "FAILED");
}

TEST_CASE("The report of a bulk operation has what it was asked for") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  std::ofstream(folder.path / "in" / "items.json")
      << R"({"Item":{"id":{"S":"a"},"size":{"N":"1"}}})"
      << "\n"
      << R"~({"Item":{"id":{"S":"a"},"size":{"N":"2"}},"ConditionExpression":"attribute_not_exists(id)"})~"
      << "\n"
      << R"~({"Item":{"id":{"S":"b"}},"ConditionExpression":"attribute_exists(id)"})~"
      << "\n"
      << R"({"Item":{"id":{"S":"c"}},"ConditionExpression":"id"})"
      << "\n";
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  const auto report = [&](const std::string& bucket, const std::string& types, const std::string& file) {
    const json::object started =
        emulator.ok("StartBulkPutItems",
                    R"({"TableName":"widgets","InputS3Configuration":{"S3Bucket":"in","InputFormat":"DYNAMODB_JSON"},)"
                    R"("OutputS3Configuration":{"S3Bucket":")" +
                        bucket + R"(","OutputType":[)" + types + "]}}");
    const std::string arn = text(started.at("BulkOperationDescription").as_object(), "BulkOperationArn");
    std::ifstream in(folder.path / bucket / "AWSDynamoDB" / arn.substr(arn.rfind('/') + 1) / file);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  constexpr std::string_view kErrors = "errors.txt", kRefused = "condition-check-failures.json";
  CHECK(report("out1", R"("CONDITION_CHECK_FAILURE")", std::string(kRefused)) ==
        R"({"Item":{"id":{"S":"a"},"size":{"N":"2"}},"ExistingItem":{"id":{"S":"a"},"size":{"N":"1"}}})"
        "\n"
        R"({"Item":{"id":{"S":"b"}}})"
        "\n");
  CHECK(report("out2", R"("CONDITION_CHECK_FAILURE")", std::string(kErrors)).empty());
  CHECK(report("out3", R"("ERROR")", std::string(kRefused)).empty());
  CHECK(report("out4", R"("ERROR","CONDITION_CHECK_FAILURE")", std::string(kErrors)).find("ConditionExpression") !=
        std::string::npos);
}

TEST_CASE("A bulk operation takes 50,000 objects of 5 GB each") {
  std::vector<Bucket::Object> objects(kBulkObjectsMax, Bucket::Object{.key = "k", .size = 1});
  objects.front().size = kBulkObjectSizeMax;
  CHECK_FALSE(check_bulk_objects(objects));
  objects.front().size = kBulkObjectSizeMax + 1;
  CHECK(check_bulk_objects(objects)->code == "InputObjectSizeExceeded");
  objects.front().size = 1;
  objects.push_back(objects.front());
  CHECK(check_bulk_objects(objects)->code == "InputObjectCountExceeded");
}

TEST_CASE("An object that is too large fails a bulk operation before anything is read") {
  const Folder folder;
  fs::create_directories(folder.path / "in");
  std::ofstream(folder.path / "in" / "a.json") << R"({"Item":{"id":{"S":"a"}}})";
  std::ofstream(folder.path / "in" / "b.json").close();
  fs::resize_file(folder.path / "in" / "b.json", kBulkObjectSizeMax + 1);  // sparse
  Emulator emulator(with_exports(folder));
  emulator.ok("CreateTable", kTable);
  const json::object description = put_from_folder(emulator);
  CHECK(text(description, "BulkOperationStatus") == "FAILED");
  CHECK(text(description, "FailureCode") == "InputObjectSizeExceeded");
  CHECK_FALSE(has(emulator, "widgets", "a"));
}

}  // namespace fickle::test
