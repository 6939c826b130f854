// ReplyRoom: what still fits into the reply of a batch - 16 MB in all, about 1 MB of one partition. Something always does. Lives as long as
// the request. Source: API_BatchGetItem; behaviour reference 8.1.
//
// The partitions of a provisioned table come from its throughput, 3,000 reads and 1,000 writes a second each: a small table is one
// (dynalite's test/batchGetItem.js, "many unprocessed items if very over the limit"). Those of a table that is paid per request have not been
// observed: there only the items of one partition key are sure to share a partition.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "emulator/core/units.hh"
#include "emulator/store/table.hh"

namespace fickle {

class ReplyRoom {
 public:
  [[nodiscard]] bool is_full() const { return full_; }
  [[nodiscard]] bool fits(const Table& table, std::string_view row_key, Bytes size);
  void take(const Table& table, std::string_view row_key, Bytes size);

 private:
  [[nodiscard]] Bytes& partition_of(const Table& table, std::string_view row_key);

  Bytes all_;
  bool full_ = false;
  std::map<std::pair<const Table*, std::uint64_t>, Bytes> partitions_;
};

}  // namespace fickle
