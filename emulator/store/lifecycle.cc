#include "emulator/store/lifecycle.hh"

#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/core/timetext.hh"

namespace fickle::store {
namespace {

// A stream's label: UTC to the millisecond, without the Z.
std::string label_of(Instant at) {
  std::string text = format_instant(std::chrono::floor<std::chrono::milliseconds>(at));
  if (!text.empty() && text.back() == 'Z') text.pop_back();
  if (text.find('.') == std::string::npos) text += ".000";
  return text;
}

bool is_taken(const Universe& universe, const Table& table, const std::string& arn) {
  const auto has_arn = [&arn](const std::shared_ptr<StreamLog>& log) { return log->arn == arn; };
  return universe.orphan_streams.contains(arn) ||
         std::any_of(table.past_streams.begin(), table.past_streams.end(), has_arn);
}

}  // namespace

void drop_table_at(Universe& universe, std::string_view name, Instant at) {
  const auto found = universe.tables.find(name);
  if (found == universe.tables.end()) return;
  Table& table = *found->second;
  if (table.stream) table.past_streams.push_back(std::move(table.stream));
  for (auto& log : table.past_streams) {
    if (!log->disabled_at) close(*log, at);
    std::string arn = log->arn;
    universe.orphan_streams[std::move(arn)] = std::move(log);
  }
  universe.tables.erase(found);
  ++universe.commits;
}

void drop_table(Universe& universe, std::string_view name) {
  drop_table_at(universe, name, universe.clock.now());
}

void truncate(Universe& universe, Table& table) {
  table.rows = Rows();
  table.item_count = 0;
  table.size = {};
  table.expiries = ExpiryQueue();
  for (Index& index : table.indexes) {
    index.rows = Rows();
    index.item_count = 0;
    index.size = {};
    index.newest_at = {};
  }
  ++universe.commits;
}

void prune_definitions(Table& table) {
  std::erase_if(table.settings.attribute_definitions, [&table](const KeyAttribute& attribute) {
    const auto& searched = table.settings.searched_attributes;
    return std::find(searched.begin(), searched.end(), attribute.name) == searched.end() &&
           table.schema.key.find(attribute.name) == nullptr &&
           std::none_of(table.indexes.begin(), table.indexes.end(),
                        [&attribute](const Index& index) { return index.schema.key.find(attribute.name) != nullptr; });
  });
}

void enable_stream(Universe& universe, Table& table, StreamView view, Duration wait) {
  auto log = std::make_shared<StreamLog>();
  log->created = universe.clock.now();
  // Two streams of one millisecond (a frozen clock) still have names of their own.
  Instant labelled = log->created;
  do {
    log->label = label_of(labelled);
    log->arn = table.settings.arn + "/stream/" + log->label;
    labelled += std::chrono::milliseconds(1);
  } while (is_taken(universe, table, log->arn));
  log->table_name = table.schema.name;
  log->view = view;
  log->key = table.schema.key;
  if (wait > Duration{0}) {
    log->status = StreamStatus::enabling;
    log->status_until = log->created + wait;
  } else {
    open_shard(*log, log->created, universe.dice);
  }
  table.stream = std::move(log);
}

void disable_stream(Universe& universe, Table& table, Duration wait) {
  if (!table.stream) return;
  if (wait > Duration{0}) {
    table.stream->status = StreamStatus::disabling;
    table.stream->status_until = universe.clock.now() + wait;
  } else {
    close(*table.stream, universe.clock.now());
  }
  table.past_streams.push_back(std::move(table.stream));
  table.stream = nullptr;
}

void settle_streams(Universe& universe, Table& table, Instant at) {
  const auto is_due = [at](const StreamLog& log, StreamStatus status) {
    return log.status == status && log.status_until && *log.status_until <= at;
  };
  if (table.stream && is_due(*table.stream, StreamStatus::enabling)) {
    open_shard(*table.stream, at, universe.dice);
    table.stream->status = StreamStatus::enabled;
    table.stream->status_until.reset();
  }
  for (auto& log : table.past_streams) {
    if (is_due(*log, StreamStatus::disabling)) close(*log, at);
  }
}

void enable_time_to_live(Universe& universe, Table& table, std::string attribute) {
  const Instant now = universe.clock.now();
  table.ttl.attribute = std::move(attribute);
  table.ttl.enabled = true;
  table.ttl.changed_at = now;
  SealedExpiries entries;
  table.rows.scan({}, {}, Direction::forward, {}, [&](const RowKey& key, const ItemPtr& item) {
    if (const auto due = expiry_of(table, *item, now)) entries.push_back({*due, key, false});
    return true;
  });
  std::sort(entries.begin(), entries.end());
  table.expiries = ExpiryQueue(std::make_shared<const SealedExpiries>(std::move(entries)));
}

void disable_time_to_live(Universe& universe, Table& table) {
  table.ttl.attribute.reset();
  table.ttl.enabled = false;
  table.ttl.changed_at = universe.clock.now();
  table.expiries = ExpiryQueue();
}

}  // namespace fickle::store
