// Streams read through the operations: views, iterators, lineage, trimming, expiry. Source: behaviour reference 10.
#include <catch2/catch_test_macros.hpp>

#include "tests/support/emulator.hh"

namespace fickle::test {
namespace {

namespace json = boost::json;

constexpr std::string_view kArn =
    "arn:aws:dynamodb:us-east-1:000000000000:table/actions/stream/2026-01-01T00:00:00.000";

void make_table(Emulator& emulator, std::string_view view) {
  emulator.ok(
      "CreateTable",
      R"({"TableName":"actions","KeySchema":[{"AttributeName":"user","KeyType":"HASH"}],"AttributeDefinitions":)"
      R"([{"AttributeName":"user","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST","StreamSpecification":)"
      R"({"StreamEnabled":true,"StreamViewType":")" +
          std::string(view) + R"("}})");
}

void put(Emulator& emulator, std::string_view user, std::string_view page) {
  emulator.ok("PutItem", R"({"TableName":"actions","Item":{"user":{"S":")" + std::string(user) + R"("},"page":{"S":")" +
                             std::string(page) + R"("}}})");
}

void remove(Emulator& emulator, std::string_view user) {
  emulator.ok("DeleteItem", R"({"TableName":"actions","Key":{"user":{"S":")" + std::string(user) + R"("}}})");
}

void advance(Emulator& emulator, std::string_view by) {
  emulator.control_ok("POST", "/_fickle/clock", R"({"advance":")" + std::string(by) + R"("})");
}

json::array shards(Emulator& emulator) {
  const json::object reply = emulator.ok("DescribeStream", R"({"StreamArn":")" + std::string(kArn) + R"("})");
  return reply.at("StreamDescription").at("Shards").as_array();
}

std::string shard_id(Emulator& emulator, std::size_t i = 0) {
  return std::string(shards(emulator).at(i).at("ShardId").as_string());
}

std::string iterator_request(const std::string& shard, std::string_view type, std::string_view sequence) {
  std::string request = R"({"StreamArn":")" + std::string(kArn) + R"(","ShardId":")" + shard +
                        R"(","ShardIteratorType":")" + std::string(type) + "\"";
  if (!sequence.empty()) request += R"(,"SequenceNumber":")" + std::string(sequence) + "\"";
  return request + "}";
}

std::string iterator(Emulator& emulator, std::string_view type, std::string_view sequence = "",
                     const std::string& shard = "") {
  const json::object reply =
      emulator.ok("GetShardIterator", iterator_request(shard.empty() ? shard_id(emulator) : shard, type, sequence));
  return std::string(reply.at("ShardIterator").as_string());
}

std::string records_request(const std::string& iterator) {
  return R"({"ShardIterator":")" + iterator + R"("})";
}

json::object read(Emulator& emulator, const std::string& from) {
  return emulator.ok("GetRecords", records_request(from));
}

std::string names(const json::object& page) {
  std::string text;
  for (const auto& record : page.at("Records").as_array()) {
    if (!text.empty()) text += " ";
    text += std::string(record.at("eventName").as_string());
  }
  return text;
}

const json::object& change(const json::object& page, std::size_t i) {
  return page.at("Records").at(i).at("dynamodb").as_object();
}

std::string text(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("Each view shows its images") {
  struct Row {
    std::string_view view;
    bool shows_new, shows_old;
    std::int64_t modify_size;
  };
  // {user:ada} is 7 bytes, {user:ada,page:home} 15, {user:ada,page:about} 16.
  for (const Row& row : {Row{"KEYS_ONLY", false, false, 7}, Row{"NEW_IMAGE", true, false, 23},
                         Row{"OLD_IMAGE", false, true, 22}, Row{"NEW_AND_OLD_IMAGES", true, true, 38}}) {
    Emulator emulator;
    make_table(emulator, row.view);
    put(emulator, "ada", "home");
    put(emulator, "ada", "home");  // changes nothing: no record
    put(emulator, "ada", "about");
    remove(emulator, "ada");
    remove(emulator, "ada");
    const json::object page = read(emulator, iterator(emulator, "TRIM_HORIZON"));
    REQUIRE(names(page) == "INSERT MODIFY REMOVE");
    CHECK(change(page, 0).contains("NewImage") == row.shows_new);
    CHECK_FALSE(change(page, 0).contains("OldImage"));
    CHECK(change(page, 1).contains("NewImage") == row.shows_new);
    CHECK(change(page, 1).contains("OldImage") == row.shows_old);
    CHECK_FALSE(change(page, 2).contains("NewImage"));
    CHECK(change(page, 2).contains("OldImage") == row.shows_old);
    CHECK(change(page, 1).at("SizeBytes").as_int64() == row.modify_size);
    CHECK(text(change(page, 1), "StreamViewType") == row.view);
    CHECK_FALSE(page.at("Records").at(2).as_object().contains("userIdentity"));
  }
}

TEST_CASE("Iterators start where they say") {
  Emulator emulator;
  make_table(emulator, "KEYS_ONLY");
  const std::string start =
      std::string(shards(emulator).at(0).at("SequenceNumberRange").at("StartingSequenceNumber").as_string());
  for (const std::string_view user : {"a", "b", "c"}) put(emulator, user, "x");
  const json::object all = read(emulator, iterator(emulator, "TRIM_HORIZON"));
  REQUIRE(names(all) == "INSERT INSERT INSERT");
  CHECK(text(change(all, 0), "SequenceNumber") == start);
  const std::string second = text(change(all, 1), "SequenceNumber");
  CHECK(text(change(read(emulator, iterator(emulator, "AT_SEQUENCE_NUMBER", second)), 0), "SequenceNumber") == second);
  CHECK(names(read(emulator, iterator(emulator, "AFTER_SEQUENCE_NUMBER", second))) == "INSERT");
  const std::string latest = iterator(emulator, "LATEST");
  CHECK(names(read(emulator, latest)).empty());
  put(emulator, "d", "x");
  const json::object fresh = read(emulator, latest);
  CHECK(names(fresh) == "INSERT");
  CHECK(names(read(emulator, latest)) == "INSERT");  // an iterator can be used again
  CHECK(names(read(emulator, text(fresh, "NextShardIterator"))).empty());
}

TEST_CASE("Iterators last fifteen minutes, records a day") {
  Emulator emulator;
  make_table(emulator, "KEYS_ONLY");
  put(emulator, "a", "x");
  const std::string parent = shard_id(emulator);
  const std::string first = iterator(emulator, "TRIM_HORIZON");
  advance(emulator, "15m");
  CHECK(names(read(emulator, first)) == "INSERT");
  advance(emulator, "1s");
  CHECK(emulator.refused("GetRecords", records_request(first)).starts_with("ExpiredIteratorException: "));
  advance(emulator, "4h");
  put(emulator, "b", "x");
  const json::array lineage = shards(emulator);
  REQUIRE(lineage.size() == 2);
  CHECK(lineage[1].at("ParentShardId").as_string() == parent);
  CHECK(lineage[0].at("SequenceNumberRange").as_object().contains("EndingSequenceNumber"));
  CHECK_FALSE(lineage[1].at("SequenceNumberRange").as_object().contains("EndingSequenceNumber"));
  CHECK_FALSE(read(emulator, iterator(emulator, "TRIM_HORIZON")).contains("NextShardIterator"));
  CHECK(read(emulator, iterator(emulator, "TRIM_HORIZON", "", shard_id(emulator, 1))).contains("NextShardIterator"));
  const json::object children =
      emulator.ok("DescribeStream", R"({"StreamArn":")" + std::string(kArn) +
                                        R"(","ShardFilter":{"Type":"CHILD_SHARDS","ShardId":")" + parent + R"("}})");
  CHECK(children.at("StreamDescription").at("Shards").as_array().size() == 1);
  const std::string start = std::string(lineage[1].at("SequenceNumberRange").at("StartingSequenceNumber").as_string());
  const std::string child = shard_id(emulator, 1);
  advance(emulator, "24h");
  CHECK(emulator.refused("GetShardIterator", iterator_request(parent, "TRIM_HORIZON", ""))
            .starts_with("ResourceNotFoundException: "));
  CHECK(emulator.refused("GetShardIterator", iterator_request(shard_id(emulator), "AT_SEQUENCE_NUMBER", start))
            .starts_with("TrimmedDataAccessException: "));
}

TEST_CASE("Expiry is a service's doing") {
  Emulator emulator;
  make_table(emulator, "OLD_IMAGE");
  emulator.ok("UpdateTimeToLive",
              R"({"TableName":"actions","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"until"}})");
  emulator.ok("PutItem", R"({"TableName":"actions","Item":{"user":{"S":"ada"},"until":{"N":"1767225601"}}})");
  advance(emulator, "5s");
  const json::object page = read(emulator, iterator(emulator, "TRIM_HORIZON"));
  REQUIRE(names(page) == "INSERT REMOVE");
  const json::object& identity = page.at("Records").at(1).at("userIdentity").as_object();
  CHECK(text(identity, "Type") == "Service");
  CHECK(text(identity, "PrincipalId") == "dynamodb.amazonaws.com");
}

TEST_CASE("Records hide for the stream's lag, and LATEST does not skip them") {
  Emulator emulator;
  make_table(emulator, "KEYS_ONLY");
  Universes::with(*emulator.universes().find("default"),
                  [](Universe& universe) { universe.models.stream_lag = FixedDuration{std::chrono::seconds(1)}; });
  put(emulator, "a", "x");
  const std::string latest = iterator(emulator, "LATEST");
  CHECK(names(read(emulator, latest)).empty());
  advance(emulator, "1s");
  CHECK(names(read(emulator, latest)) == "INSERT");
}

TEST_CASE("A deleted table's stream stays for a day") {
  Emulator emulator;
  make_table(emulator, "KEYS_ONLY");
  put(emulator, "a", "x");
  emulator.ok("DeleteTable", R"({"TableName":"actions"})");
  const json::object page = read(emulator, iterator(emulator, "TRIM_HORIZON"));
  CHECK(names(page) == "INSERT");
  CHECK_FALSE(page.contains("NextShardIterator"));
  const json::object described = emulator.ok("DescribeStream", R"({"StreamArn":")" + std::string(kArn) + R"("})");
  CHECK(described.at("StreamDescription").at("StreamStatus").as_string() == "DISABLED");
  advance(emulator, "24h");
  CHECK(emulator.refused("DescribeStream", R"({"StreamArn":")" + std::string(kArn) + R"("})")
            .starts_with("ResourceNotFoundException: "));
}

TEST_CASE("A page of records holds a megabyte, or a thousand records") {
  Emulator emulator;
  make_table(emulator, "NEW_IMAGE");
  const std::string large(60'000, 'y');
  for (int i = 0; i < 20; ++i) put(emulator, std::to_string(i), large);
  const json::object first = read(emulator, iterator(emulator, "TRIM_HORIZON"));
  CHECK(first.at("Records").as_array().size() == 17);  // 18 of more than 60,000 bytes are more than 1,048,576
  const json::object second = read(emulator, std::string(first.at("NextShardIterator").as_string()));
  CHECK(second.at("Records").as_array().size() == 3);

  for (int i = 0; i < 1001; ++i) put(emulator, "many", std::to_string(i));
  const std::string next(second.at("NextShardIterator").as_string());
  CHECK(read(emulator, next).at("Records").as_array().size() == 1000);
}

}  // namespace fickle::test
