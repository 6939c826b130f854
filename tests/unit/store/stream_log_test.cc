// Sequence numbers, shards, and records that pictures share.
#include "emulator/store/stream_log.hh"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "tests/unit/store/world.hh"

namespace fickle {
namespace {

TEST_CASE("Sequence numbers are texts of 21 digits that order like the numbers") {
  CHECK(sequence_text(7).size() == 21);
  CHECK(sequence_text(9) < sequence_text(10));
  for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{7}, std::numeric_limits<std::uint64_t>::max()}) {
    CHECK(sequence_of_text(sequence_text(n)) == n);
  }
  CHECK(sequence_of_text("000" + sequence_text(5)) == 5);
  CHECK(sequence_of_text("5") == 0);
  CHECK(sequence_of_text("0") == 0);
  CHECK(sequence_of_text(std::string(30, '9')) == std::numeric_limits<std::uint64_t>::max());
  CHECK(sequence_of_text("1" + std::string(20, '9')) == std::numeric_limits<std::uint64_t>::max());
  CHECK_FALSE(sequence_of_text(""));
  CHECK_FALSE(sequence_of_text("12a"));
  CHECK_FALSE(sequence_of_text("-1"));
}

TEST_CASE("Stream views have names") {
  for (const auto view :
       {StreamView::keys_only, StreamView::new_image, StreamView::old_image, StreamView::new_and_old_images}) {
    CHECK(stream_view_of_name(stream_view_name(view)) == view);
  }
  CHECK(stream_view_name(StreamView::new_and_old_images) == "NEW_AND_OLD_IMAGES");
  CHECK_FALSE(stream_view_of_name("ALL"));
}

TEST_CASE("A shard's id is as long as DynamoDB's and says when it was opened") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  const StreamLog& log = *world.table().stream;
  CHECK(log.shards[0].id.size() >= 28);
  CHECK(log.shards[0].id.starts_with("shardId-00000001767225600000-"));
  CHECK(log.label == "2026-01-01T00:00:00.000");
  CHECK(log.arn == world.table().settings.arn + "/stream/" + log.label);
}

TEST_CASE("A stream that is being enabled has no shard, and one that is being disabled records no more") {
  World world;
  world.universe.clock.freeze();
  const Duration wait = std::chrono::seconds(5);
  store::enable_stream(world.universe, world.table(), StreamView::keys_only, wait);
  CHECK(world.table().stream->status == StreamStatus::enabling);
  CHECK(world.table().stream->shards.empty());
  world.universe.clock.advance(wait);
  run_due(world.universe);
  REQUIRE(world.table().stream->status == StreamStatus::enabled);
  CHECK(world.table().stream->shards.size() == 1);
  store::disable_stream(world.universe, world.table(), wait);
  const auto log = world.table().past_streams.at(0);
  CHECK(log->status == StreamStatus::disabling);
  CHECK_FALSE(log->shards[0].closed);
  SECTION("until its time has come") {
    world.universe.clock.advance(wait);
    run_due(world.universe);
    CHECK(log->status == StreamStatus::disabled);
    CHECK(log->disabled_at == world.universe.clock.now());
    CHECK(log->shards[0].closed);
  }
  SECTION("or its table is dropped") {
    store::drop_table(world.universe, "actions");
    CHECK(log->status == StreamStatus::disabled);
    CHECK(log->disabled_at);
  }
}

TEST_CASE("Streams of one moment have names of their own, also after the table was made anew") {
  World world;
  world.universe.clock.freeze();
  std::vector<std::string> arns;
  for (int n = 0; n < 4; ++n) {
    store::enable_stream(world.universe, world.table(), StreamView::keys_only);
    const std::string& arn = world.table().stream->arn;
    CHECK(std::find(arns.begin(), arns.end(), arn) == arns.end());
    arns.push_back(arn);
    store::disable_stream(world.universe, world.table());
    if (n == 1) {
      store::drop_table(world.universe, "actions");
      world.universe.tables.emplace("actions", actions_table());
    }
  }
  CHECK(world.universe.orphan_streams.size() == 2);
  CHECK(world.table().past_streams.size() == 2);
}

TEST_CASE("A shard without records closes with a sequence number of its own") {
  World world;
  store::enable_stream(world.universe, world.table(), StreamView::keys_only);
  store::disable_stream(world.universe, world.table());
  const StreamLog& log = *world.table().past_streams[0];
  CHECK(log.shards[0].last_sequence >= log.shards[0].first_sequence);
  CHECK(log.next_sequence > *log.shards[0].last_sequence);
  CHECK(log.disabled_at);
  CHECK_FALSE(world.table().stream);
}

TEST_CASE("Copies of records share what is sealed and go on by themselves") {
  StreamRecords records;
  const auto numbered = [](std::uint64_t n) {
    StreamRecord record;
    record.sequence = n;
    return record;
  };
  for (std::uint64_t n = 0; n < 5; ++n) records.push_back(numbered(n));
  records.pop_front();
  const StreamRecords picture(records);
  StreamRecords left(picture);
  left.pop_front();
  left.push_back(numbered(9));
  records.push_back(numbered(5));
  const auto sequences = [](const StreamRecords& all) {
    std::string text;
    for (const StreamRecord& record : all) text += std::to_string(record.sequence);
    return text;
  };
  CHECK(sequences(picture) == "1234");
  CHECK(sequences(left) == "2349");
  CHECK(sequences(records) == "12345");
  CHECK(left.front().sequence == 2);
  CHECK(left.back().sequence == 9);
  CHECK(sequences(StreamRecords(left)) == "2349");
  CHECK(&picture[0] == &StreamRecords(picture)[0]);
  const auto found = std::lower_bound(left.begin(), left.end(), 4U,
                                      [](const StreamRecord& record, std::uint64_t n) { return record.sequence < n; });
  CHECK(found - left.begin() == 2);
}

}  // namespace
}  // namespace fickle
