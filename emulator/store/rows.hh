// Rows: an ordered map of row keys to item versions = a sealed, shared, immutable baseline plus an overlay of what changed since.
// Thread-safety: SealedRows is immutable; Rows is guarded by the universe's mutex.
// Invariants: 1. an overlay chain is sorted by time, newest last; 2. a key found in the overlay hides the baseline's for times at or after
// its oldest version; 3. dropping the overlay gives back the baseline.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/value/key_codec.hh"
#include "emulator/value/value.hh"

namespace fickle {

struct SealedRow {
  RowKey key;
  ItemPtr item;  // never null
};
using SealedRows = std::vector<SealedRow>;  // sorted by key
using SealedRowsPtr = std::shared_ptr<const SealedRows>;

struct RowVersion {
  Instant at{};  // when it became visible
  ItemPtr item;  // nullptr: deleted
};

// Which moment a read sees: the newest version, or the newest at or before an instant.
struct ReadView {
  std::optional<Instant> as_of;  // absent: now
};

enum class Direction { forward, backward };

class Rows {
 public:
  Rows() = default;
  explicit Rows(SealedRowsPtr baseline) : baseline_(std::move(baseline)) {}

  [[nodiscard]] ItemPtr find(std::string_view key, ReadView view = {}) const;  // nullptr when absent
  // The version `n` committed versions before the newest (1 = the one before); the oldest kept when there are fewer. A deletion is a version.
  struct Past {
    ItemPtr item;
    bool older_exists = false;  // false: nothing older than now is known; item is the newest
  };
  [[nodiscard]] Past find_versions_back(std::string_view key, int n) const;

  // Makes `item` (nullptr: deletion) the newest version, visible from `at`. Older versions are kept back to `keep_since` and at least
  // `keep_versions` of them. Precondition: `at` is not before the newest version's time (it is moved up to it otherwise).
  void put(const RowKey& key, ItemPtr item, Instant at, Instant keep_since, int keep_versions);

  // Visits visible rows in key order (or backward) within [low, high) - `high` empty: unbounded - until `visit` returns false.
  void scan(std::string_view low, std::string_view high, Direction direction, ReadView view,
            const std::function<bool(const RowKey& key, const ItemPtr& item)>& visit) const;

  // Everything visible now, as a new baseline. O(n); the present baseline itself when nothing changed.
  [[nodiscard]] SealedRowsPtr seal() const;
  void drop_overlay() { overlay_.clear(); }
  [[nodiscard]] const SealedRowsPtr& baseline() const { return baseline_; }
  [[nodiscard]] bool changed() const { return !overlay_.empty(); }
  [[nodiscard]] std::size_t overlay_size() const { return overlay_.size(); }

 private:
  struct Chain {
    RowVersion newest;
    std::unique_ptr<std::vector<RowVersion>> older;  // oldest first; absent when there is no history
  };
  [[nodiscard]] ItemPtr visible(const Chain& chain, std::string_view key, ReadView view) const;
  [[nodiscard]] ItemPtr baseline_item(std::string_view key) const;

  SealedRowsPtr baseline_;  // may be null: empty
  std::map<RowKey, Chain, std::less<>> overlay_;
};

}  // namespace fickle
