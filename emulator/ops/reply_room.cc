#include "emulator/ops/reply_room.hh"

#include <algorithm>
#include <limits>

#include "emulator/value/key_codec.hh"

namespace fickle {

namespace {

constexpr Bytes kReplyMax{16ULL * 1024 * 1024};
// 1 MB and the item that crosses it (dynalite's test/batchGetItem.js, to the byte).
constexpr Bytes kPartitionMax{1024ULL * 1024 + 400ULL * 1024 - 3};

// The width of a partition's range of hashes.
std::uint64_t partition_width(const Table& table) {
  if (table.settings.billing == BillingMode::pay_per_request) return 1;
  const Throughput& given = table.settings.throughput;
  const auto thousandths = static_cast<std::uint64_t>(given.read) / 3 + static_cast<std::uint64_t>(given.write);
  return std::numeric_limits<std::uint64_t>::max() / std::max<std::uint64_t>(1, (thousandths + 999) / 1000);
}

}  // namespace

bool ReplyRoom::fits(const Table& table, std::string_view row_key, Bytes size) {
  full_ = full_ || (all_.count > 0 && all_ + size > kReplyMax);
  return !full_ && partition_of(table, row_key) + size <= kPartitionMax;
}

void ReplyRoom::take(const Table& table, std::string_view row_key, Bytes size) {
  all_ += size;
  partition_of(table, row_key) += size;
}

Bytes& ReplyRoom::partition_of(const Table& table, std::string_view row_key) {
  return partitions_[{&table, hash_of_row_key(row_key) / partition_width(table)}];
}

}  // namespace fickle
