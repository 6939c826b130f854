#include "emulator/ops/reply_room.hh"

#include <span>

namespace fickle {

namespace {

constexpr Bytes kReplyMax{16ULL * 1024 * 1024};
constexpr Bytes kPartitionMax{1024ULL * 1024};

bool is_too_much(Bytes taken, Bytes more, Bytes max) {
  return taken.count > 0 && taken + more > max;
}

}  // namespace

bool ReplyRoom::fits(const Table& table, const Item& key, Bytes size) {
  full_ = full_ || is_too_much(all_, size, kReplyMax);
  if (full_ || !table.schema.has_range()) return !full_;
  Partition& partition = partition_of(table, key);
  partition.full = partition.full || is_too_much(partition.size, size, kPartitionMax);
  return !partition.full;
}

void ReplyRoom::take(const Table& table, const Item& key, Bytes size) {
  all_ += size;
  if (table.schema.has_range()) partition_of(table, key).size += size;
}

ReplyRoom::Partition& ReplyRoom::partition_of(const Table& table, const Item& key) {
  const Value* hash = key.find(table.schema.key.hash.front().name);
  return partitions_[{&table, encode_partition(std::span(&hash, 1))}];
}

}  // namespace fickle
