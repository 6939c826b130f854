// GetRecords - what happened, from an iterator on. Source: API_streams_GetRecords; behaviour reference 10; errors:
// tests/cases/GetRecords.
#include <algorithm>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/streams.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::int64_t kRecordsMax = 1000;
constexpr std::uint64_t kPageBytes = 1024 * 1024;

constexpr Field kFields[] = {
    {.name = "ShardIterator", .required = true, .min_length = 1, .max_length = 2048},
    {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = kRecordsMax},
};

constexpr Field kIdentityMembers[] = {{.name = "PrincipalId"}, {.name = "Type"}};
constexpr Field kStreamRecordMembers[] = {
    {.name = "ApproximateCreationDateTime", .shape = Shape::timestamp},
    {.name = "Keys", .shape = Shape::attribute_map},
    {.name = "NewImage", .shape = Shape::attribute_map},
    {.name = "OldImage", .shape = Shape::attribute_map},
    {.name = "SequenceNumber"},
    {.name = "SizeBytes", .shape = Shape::long_integer},
    {.name = "StreamViewType", .enum_set = "[NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]"},
};
constexpr Field kRecordMembers[] = {
    {.name = "eventID"},
    {.name = "eventName", .enum_set = "[INSERT, MODIFY, REMOVE]"},
    {.name = "eventVersion"},
    {.name = "eventSource"},
    {.name = "awsRegion"},
    {.name = "dynamodb", .shape = Shape::structure, .members = kStreamRecordMembers},
    {.name = "userIdentity", .shape = Shape::structure, .members = kIdentityMembers},
};
constexpr Field kRecord{.shape = Shape::structure, .members = kRecordMembers};
constexpr Field kReply[] = {
    {.name = "Records", .shape = Shape::list, .element = &kRecord},
    {.name = "NextShardIterator"},
};

// What a record of this view shows.
struct Images {
  ItemPtr fresh, old;
};
Images images_of(const StreamRecord& record, StreamView view) {
  const bool shows_new = view == StreamView::new_image || view == StreamView::new_and_old_images;
  const bool shows_old = view == StreamView::old_image || view == StreamView::new_and_old_images;
  return {shows_new ? record.after : nullptr, shows_old ? record.before : nullptr};
}

std::uint64_t size_of_record(const StreamRecord& record, StreamView view) {
  const Images images = images_of(record, view);
  std::uint64_t size = size_of(record.keys).count;
  if (images.fresh) size += size_of(*images.fresh).count;
  if (images.old) size += size_of(*images.old).count;
  return size;
}

void print(JsonText& out, const StreamRecord& record, StreamView view, const std::string& region) {
  const Images images = images_of(record, view);
  out.begin_object()
      .member("eventID", record.event_id)
      .member("eventName", !record.before ? "INSERT"
                           : record.after ? "MODIFY"
                                          : "REMOVE")
      .member("eventVersion", "1.1")
      .member("eventSource", "aws:dynamodb")
      .member("awsRegion", region)
      .key("dynamodb")
      .begin_object()
      .member_timestamp("ApproximateCreationDateTime", std::chrono::floor<std::chrono::seconds>(record.at))
      .member("Keys", record.keys);
  if (images.fresh) out.member("NewImage", *images.fresh);
  if (images.old) out.member("OldImage", *images.old);
  out.member("SequenceNumber", sequence_text(record.sequence))
      .member_integer("SizeBytes", static_cast<std::int64_t>(size_of_record(record, view)))
      .member("StreamViewType", stream_view_name(view))
      .end_object();
  if (record.cause == WriteCause::expiry) {
    out.key("userIdentity")
        .begin_object()
        .member("PrincipalId", "dynamodb.amazonaws.com")
        .member("Type", "Service")
        .end_object();
  }
  out.end_object();
}

void check_iterator(Session& session, const ShardPosition& position) {
  const Instant now = std::chrono::floor<std::chrono::milliseconds>(session.now());  // iterators know milliseconds
  if (now - position.made > kIteratorLife) throw ApiError("ExpiredIteratorException", "");
}

// The records from `position` on that can be read now, and where to go on; nothing to go on with at a closed shard's end.
struct Page {
  std::vector<StreamRecord> records;
  std::optional<std::uint64_t> next;
};
Page read_page(const StreamLog& log, const StreamShard& shard, const ShardPosition& position, Instant now,
               std::size_t limit) {
  Page page{.records = {}, .next = position.next};
  std::uint64_t bytes = 0;
  auto record = std::lower_bound(shard.records.begin(), shard.records.end(), position.next,
                                 [](const StreamRecord& one, std::uint64_t wanted) { return one.sequence < wanted; });
  for (; record != shard.records.end() && page.records.size() < limit && record->visible_from <= now; ++record) {
    const std::uint64_t size = size_of_record(*record, log.view);
    if (!page.records.empty() && bytes + size > kPageBytes) break;
    bytes += size;
    page.next = record->sequence + 1;
    page.records.push_back(*record);
  }
  if (shard.closed && record == shard.records.end()) page.next.reset();
  return page;
}

Answer run(Session& session, ShardPosition position, std::size_t limit) {
  check_iterator(session, position);
  const StreamLog& log = find_stream(session, position.stream);
  const StreamShard* shard = find_shard(log, position.shard);
  if (shard == nullptr || (position.next != 0 && position.next < log.trimmed_before)) throw_trimmed();
  Page page = read_page(log, *shard, position, session.now(), limit);
  std::string next;
  if (page.next) {
    position.next = *page.next;
    position.made = session.now();
    next = print_iterator(position);
  }
  return [records = std::move(page.records), next = std::move(next), view = log.view,
          region = parse_table_arn(position.stream).value().region](JsonText& out) {
    out.begin_object().key("Records").begin_array();
    for (const StreamRecord& record : records) print(out, record, view, region);
    out.end_array();
    if (!next.empty()) out.member("NextShardIterator", next);
    out.end_object();
  };
}

Prepared prepare(const json::object& body) {
  const auto position = parse_iterator(read_string(body, "ShardIterator").value_or(""));
  if (!position) throw_validation("Invalid ShardIterator");
  const auto limit = static_cast<std::size_t>(read_integer(body, "Limit").value_or(kRecordsMax));
  return on_table(table_of_stream(position->stream), Access::read,
                  [position = *position, limit](Session& session) { return run(session, position, limit); });
}

}  // namespace

constinit const Operation get_records{.name = "GetRecords",
                                      .groups = static_cast<unsigned>(Group::stream),
                                      .fields = kFields,
                                      .reply = kReply,
                                      .prepare = prepare,
                                      .streams = true};

}  // namespace fickle
