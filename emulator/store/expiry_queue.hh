// ExpiryQueue: which items expire when, for the TTL sweep. Like rows: a sealed, shared list plus an overlay of what changed since.
// Thread-safety: guarded by the universe's mutex; the sealed part is immutable.
// Invariants: 1. one entry per key; 2. settled: the sealed entry at `next_`, if any, is alive; 3. a copy is sealed: O(1) when nothing
// changed since.
#pragma once

#include <compare>
#include <memory>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/value/key_codec.hh"

namespace fickle {

// Ordered by due time, then key: the order in which the sweep deletes.
struct ExpiryEntry {
  Instant due{};
  RowKey key;
  bool delayed = false;  // a TTL delay has been drawn for it and is part of `due`
  friend auto operator<=>(const ExpiryEntry&, const ExpiryEntry&) = default;
};
using SealedExpiries = std::vector<ExpiryEntry>;  // sorted
using SealedExpiriesPtr = std::shared_ptr<const SealedExpiries>;

class ExpiryQueue {
 public:
  ExpiryQueue() = default;
  explicit ExpiryQueue(SealedExpiriesPtr sealed) : sealed_(std::move(sealed)) {}
  ExpiryQueue(const ExpiryQueue& other) : sealed_(other.seal()) {}
  ExpiryQueue& operator=(const ExpiryQueue& other) {
    if (this != &other) *this = ExpiryQueue(other);
    return *this;
  }
  ExpiryQueue(ExpiryQueue&&) = default;
  ExpiryQueue& operator=(ExpiryQueue&&) = default;
  ~ExpiryQueue() = default;

  void put(ExpiryEntry entry);  // replaces the key's entry
  void erase(const RowKey& key);
  [[nodiscard]] bool empty() const { return first() == nullptr; }
  [[nodiscard]] const ExpiryEntry* first()
      const;  // the next due; nullptr when empty. O(1). Valid until the next change.
  // All entries, sealed. O(n); the present list itself when nothing changed. May be null: empty.
  [[nodiscard]] SealedExpiriesPtr seal() const;

 private:
  void settle();
  [[nodiscard]] bool alive(const ExpiryEntry& sealed_entry) const { return !changed_.contains(sealed_entry.key); }

  SealedExpiriesPtr sealed_;   // may be null: empty
  std::size_t next_ = 0;       // everything sealed before it is dead
  std::set<ExpiryEntry> own_;  // the overlay
  // Keys whose sealed entry (if there is one) is dead, and their entry in own_ (nullptr: none).
  std::unordered_map<RowKey, const ExpiryEntry*> changed_;
};

}  // namespace fickle
