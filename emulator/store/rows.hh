// Rows: an ordered map of row keys to item versions = a sealed, shared, immutable baseline plus an overlay of what changed since.
// Thread-safety: guarded by the universe's mutex.
// Invariants: 1. an overlay chain is sorted by time, newest last; 2. a key found in the overlay hides the baseline's for times at or
// after its oldest version, and before it as well once versions have been forgotten; 3. dropping the overlay gives back the baseline;
// 4. a copy holds the newest versions, sealed, without history: O(1) when nothing changed since the baseline.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/store/sealed_rows.hh"

namespace fickle {

struct RowVersion {
  Instant at{};  // when it became visible; in the future for an index entry that lags
  ItemPtr item;  // nullptr: deleted
};

// Which moment a read sees. Always an instant: the newest version visible at or before it. The default, the end of time, is the newest
// committed version, lagging index entries included: what writes, conditions and consistent reads of tables and local indexes want. Reads
// of a global index say `now` or earlier.
struct ReadView {
  Instant as_of = Instant::max();
  int versions_back = 0;  // when positive decides alone: n committed versions before the newest (staleRead)
  [[nodiscard]] bool newest() const { return as_of == Instant::max() && versions_back <= 0; }
};

enum class Direction { forward, backward };

class Rows {
 public:
  Rows() = default;
  explicit Rows(SealedRowsPtr baseline) : baseline_(std::move(baseline)) {}
  Rows(const Rows& other) : baseline_(other.seal()) {}
  Rows& operator=(const Rows& other) {
    if (this != &other) *this = Rows(other);
    return *this;
  }
  Rows(Rows&&) = default;
  Rows& operator=(Rows&&) = default;
  ~Rows() = default;

  [[nodiscard]] ItemPtr find(std::string_view key, ReadView view = {}) const;  // nullptr when absent
  // The version `n` committed versions before the newest (1 = the one before); the oldest known when there are fewer. A deletion is a
  // version, and so is the absence before the first put.
  struct Past {
    ItemPtr item;
    bool older_exists = false;  // false: nothing older than now is known; item is the newest
  };
  [[nodiscard]] Past find_versions_back(std::string_view key, int n) const;

  // When the version that `view` sees (a deletion too) became visible; nullopt when it is older than what is remembered.
  [[nodiscard]] std::optional<Instant> written_at(std::string_view key, ReadView view) const;

  // Makes `item` (nullptr: deletion) the newest version, visible from `at`. Versions that a read as of `keep_since` or later can see are
  // kept, and at least `keep_versions` older ones. Precondition: `at` is not before the newest version's time (it is moved up to it
  // otherwise).
  void put(const RowKey& key, ItemPtr item, Instant at, Instant keep_since, int keep_versions);

  // Visits visible rows in key order (or backward) within [low, high) - `high` empty: unbounded - until `visit` returns false. `visit`
  // must not change these rows.
  void scan(std::string_view low, std::string_view high, Direction direction, ReadView view,
            const std::function<bool(const RowKey& key, const ItemPtr& item)>& visit) const;
  // Whether such a scan would see anything but the newest: did a lag have an effect? O(changed keys in the range).
  [[nodiscard]] bool differs_from_newest(std::string_view low, std::string_view high, ReadView view) const;

  // The newest versions as a new baseline. O(rows); the present baseline itself when nothing changed. May be null: empty.
  [[nodiscard]] SealedRowsPtr seal() const;
  // Replaces the baseline by `sealed` and forgets the overlay.
  void reset_to(SealedRowsPtr sealed);
  void drop_overlay() { reset_to(baseline_); }
  // The universe's clock was set back: moves every version's time by `by`, so that ages stay as they were. O(changed keys).
  void shift_times(Duration by);

  [[nodiscard]] const SealedRowsPtr& baseline() const { return baseline_; }
  [[nodiscard]] bool changed() const { return !overlay_.empty(); }
  [[nodiscard]] std::size_t overlay_size() const { return overlay_.size(); }

 private:
  struct Chain {
    RowVersion newest;
    std::unique_ptr<std::vector<RowVersion>> older;  // oldest first; absent when there is no history
    bool forgotten = false;                          // versions between the baseline and the oldest here were dropped
  };
  using Overlay = std::map<RowKey, Chain, std::less<>>;

  [[nodiscard]] ItemPtr visible(const Chain& chain, std::string_view key, ReadView view) const;
  [[nodiscard]] ItemPtr before_oldest(const Chain& chain, std::string_view key) const;
  [[nodiscard]] ItemPtr baseline_item(std::string_view key) const;
  [[nodiscard]] bool is_trace(const Chain& chain, std::string_view key) const;
  void purge(Instant keep_since, int keep_versions);
  void scan_forward(std::string_view low, std::string_view high, ReadView view,
                    const std::function<bool(const RowKey&, const ItemPtr&)>& visit) const;
  void scan_backward(std::string_view low, std::string_view high, ReadView view,
                     const std::function<bool(const RowKey&, const ItemPtr&)>& visit) const;

  SealedRowsPtr baseline_;  // may be null: empty
  Overlay overlay_;
  std::size_t history_puts_ = 0;  // since the last purge, of puts that kept history
};

}  // namespace fickle
