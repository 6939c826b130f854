// ReplyRoom: what still fits into the reply of a batch - 16 MB in all, 1 MB of one partition. Something always does. Once an item of a
// partition was too much, its later ones are left too. Lives as long as the request. Source: API_BatchGetItem; behaviour reference 8.1.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "emulator/core/units.hh"
#include "emulator/store/table.hh"

namespace fickle {

class ReplyRoom {
 public:
  [[nodiscard]] bool is_full() const { return full_; }
  // `key` are the table's key attributes, checked.
  [[nodiscard]] bool fits(const Table& table, const Item& key, Bytes size);
  void take(const Table& table, const Item& key, Bytes size);

 private:
  struct Partition {
    Bytes size;
    bool full = false;
  };
  Partition& partition_of(const Table& table, const Item& key);

  Bytes all_;
  bool full_ = false;
  std::map<std::pair<const Table*, std::string>, Partition>
      partitions_;  // of tables with a sort key: others hold one item each
};

}  // namespace fickle
