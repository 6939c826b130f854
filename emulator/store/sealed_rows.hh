// SealedRows: an immutable, ordered set of rows with a fast search. Shared by universes; thread-safe once built.
// Invariant: sorted by key, keys unique, no item is null; hashes_[i] is the first 8 bytes of rows_[i].key (big-endian).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "emulator/value/key_codec.hh"
#include "emulator/value/value.hh"

namespace fickle {

struct SealedRow {
  RowKey key;
  ItemPtr item;  // never null
};

class SealedRows {
 public:
  SealedRows() = default;
  explicit SealedRows(std::vector<SealedRow> sorted);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] const SealedRow& operator[](std::size_t i) const { return rows_[i]; }
  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }

  // The first row whose key is not below `key`. Partition hashes are spread evenly, so the search starts where `key` should be.
  [[nodiscard]] std::size_t lower_bound(std::string_view key) const;
  [[nodiscard]] const ItemPtr* find(std::string_view key) const;  // nullptr when absent

 private:
  std::vector<SealedRow> rows_;
  std::vector<std::uint64_t> hashes_;
};
using SealedRowsPtr = std::shared_ptr<const SealedRows>;

// Sorts by key; of rows with equal keys the last given stays.
void sort_rows(std::vector<SealedRow>& rows);

}  // namespace fickle
