// A sequence number is printed as "1" and twenty digits: 21 digits, as DynamoDB's have at least, that order as texts too.
#include "emulator/store/stream_log.hh"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace fickle {
namespace {

constexpr std::size_t kSequenceDigits = 20;
constexpr std::size_t kShardTimeDigits = 20;
constexpr std::string_view kShardPrefix = "shardId-";

constexpr std::array<std::string_view, 4> kStatusNames{"ENABLING", "ENABLED", "DISABLING", "DISABLED"};

constexpr std::array<std::pair<StreamView, std::string_view>, 4> kViewNames{{
    {StreamView::keys_only, "KEYS_ONLY"},
    {StreamView::new_image, "NEW_IMAGE"},
    {StreamView::old_image, "OLD_IMAGE"},
    {StreamView::new_and_old_images, "NEW_AND_OLD_IMAGES"},
}};

std::string padded(std::uint64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

std::string hex(std::uint64_t bits, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t i = digits; i > 0; --i) {
    text[i - 1] = kDigits[bits & 15U];
    bits >>= 4U;
  }
  return text;
}

std::string shard_id(const StreamLog& log, Instant now, Dice& dice) {
  const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(age, 0));
  if (!log.shards.empty()) {  // a child's id follows its parent's even when the clock was set back
    const std::string parent = log.shards.back().id.substr(kShardPrefix.size(), kShardTimeDigits);
    milliseconds = std::max(milliseconds, static_cast<std::uint64_t>(std::stoull(parent)) + 1);
  }
  return std::string(kShardPrefix) + padded(milliseconds, kShardTimeDigits) + "-" + hex(dice.bits("shards"), 8);
}

void close_shard(StreamLog& log, StreamShard& shard, Instant at) {
  // A shard that never had a record ends with a number of its own.
  if (log.next_sequence == shard.first_sequence) ++log.next_sequence;
  shard.last_sequence = log.next_sequence - 1;
  shard.closed = at;
}

bool is_open(const StreamLog& log) {
  return !log.shards.empty() && !log.shards.back().closed;
}

// Follows the open shard with a child when it has lived its time.
void roll_over(StreamLog& log, Instant now, Dice& dice) {
  if (!is_open(log)) return;
  const Duration age = now - log.shards.back().created;
  if (age < kShardLife) return;
  const Instant at = log.shards.back().created + age / kShardLife * kShardLife;
  close_shard(log, log.shards.back(), at);
  open_shard(log, at, dice);
}

Instant newest_visible_from(const StreamLog& log) {
  for (auto shard = log.shards.rbegin(); shard != log.shards.rend(); ++shard) {
    if (!shard->records.empty()) return shard->records.back().visible_from;
  }
  return Instant::min();
}

}  // namespace

std::string_view stream_status_name(StreamStatus status) {
  return kStatusNames.at(static_cast<std::size_t>(status));
}

std::string_view stream_view_name(StreamView view) {
  for (const auto& [value, name] : kViewNames) {
    if (value == view) return name;
  }
  return {};
}

std::optional<StreamView> stream_view_of_name(std::string_view name) {
  for (const auto& [value, text] : kViewNames) {
    if (text == name) return value;
  }
  return std::nullopt;
}

std::string sequence_text(std::uint64_t sequence) {
  return "1" + padded(sequence, kSequenceDigits);
}

std::optional<std::uint64_t> sequence_of_text(std::string_view text) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  if (text.size() <= kSequenceDigits) return 0;
  if (text.size() > kSequenceDigits + 1 || text.front() != '1') return kMost;
  std::uint64_t sequence = 0;
  for (const char digit : text.substr(1)) {
    const auto value = static_cast<std::uint64_t>(digit - '0');
    if (sequence > (kMost - value) / 10) return kMost;
    sequence = sequence * 10 + value;
  }
  return sequence;
}

void open_shard(StreamLog& log, Instant now, Dice& dice) {
  StreamShard shard;
  shard.id = shard_id(log, now, dice);
  if (!log.shards.empty()) shard.parent = log.shards.back().id;
  shard.first_sequence = log.next_sequence;
  shard.created = now;
  log.shards.push_back(std::move(shard));
}

void append(StreamLog& log, StreamRecord record, Dice& dice) {
  roll_over(log, record.at, dice);
  record.sequence = log.next_sequence++;
  record.visible_from = std::max(record.visible_from, newest_visible_from(log));
  record.event_id = hex(dice.bits("events"), 16);
  record.event_id += hex(dice.bits("events"), 16);
  log.shards.back().records.push_back(std::move(record));
}

void close(StreamLog& log, Instant now) {
  if (is_open(log)) close_shard(log, log.shards.back(), now);
  log.status = StreamStatus::disabled;
  log.status_until.reset();
  log.disabled_at = now;
}

Instant upkeep_due(const StreamLog& log) {
  Instant due = is_open(log) ? log.shards.back().created + kShardLife : Instant::max();
  for (const StreamShard& shard : log.shards) {
    if (!shard.records.empty()) return std::min(due, shard.records.front().at + kStreamRetention);
    if (shard.closed) due = std::min(due, *shard.closed + kStreamRetention);
  }
  return due;
}

void trim(StreamLog& log, Instant now) {
  for (StreamShard& shard : log.shards) {
    while (!shard.records.empty() && shard.records.front().at + kStreamRetention <= now) {
      log.trimmed_before = shard.records.front().sequence + 1;
      shard.records.pop_front();
    }
    if (!shard.records.empty()) break;
  }
  const auto is_spent = [now](const StreamShard& shard) {
    return shard.records.empty() && shard.closed && *shard.closed + kStreamRetention <= now;
  };
  log.shards.erase(log.shards.begin(), std::find_if_not(log.shards.begin(), log.shards.end(), is_spent));
}

void keep_up(StreamLog& log, Instant now, Dice& dice) {
  roll_over(log, now, dice);
  trim(log, now);
}

bool is_gone(const StreamLog& log, Instant now) {
  return log.disabled_at && *log.disabled_at + kStreamRetention <= now;
}

}  // namespace fickle
