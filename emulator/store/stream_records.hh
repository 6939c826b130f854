// StreamRecords: the records of one shard, oldest first; used like a deque. The part that a picture sealed is shared by universes.
// Thread-safety: guarded by the universe's mutex; the sealed part is immutable. Invariant: a copy is sealed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/value/value.hh"

namespace fickle {

enum class WriteCause { request, expiry, fixture };

struct StreamRecord {
  std::string event_id;        // 32 hex
  std::uint64_t sequence = 0;  // printed as a 21 digit decimal, see stream_log.cc
  Instant at{};                // commit time
  Instant visible_from{};      // at + stream lag; never before the previous record's
  Item keys;
  ItemPtr before, after;  // at most one is null
  WriteCause cause = WriteCause::request;
};

class StreamRecords {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = StreamRecord;
    using difference_type = std::ptrdiff_t;
    using pointer = const StreamRecord*;
    using reference = const StreamRecord&;

    Iterator() = default;
    Iterator(const StreamRecords* records, std::size_t index) : records_(records), index_(index) {}
    reference operator*() const { return (*records_)[index_]; }
    pointer operator->() const { return &(*records_)[index_]; }
    reference operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) {
      const Iterator old = *this;
      *this += 1;
      return old;
    }
    Iterator operator--(int) {
      const Iterator old = *this;
      *this += -1;
      return old;
    }
    Iterator& operator+=(difference_type n) {
      index_ = static_cast<std::size_t>(static_cast<difference_type>(index_) + n);
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) {
      return static_cast<difference_type>(a.index_) - static_cast<difference_type>(b.index_);
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.index_ <=> b.index_; }

   private:
    const StreamRecords* records_ = nullptr;
    std::size_t index_ = 0;
  };

  StreamRecords() = default;
  StreamRecords(const StreamRecords& other) : sealed_(other.seal()) {}
  StreamRecords& operator=(const StreamRecords& other) {
    if (this != &other) *this = StreamRecords(other);
    return *this;
  }
  StreamRecords(StreamRecords&&) = default;
  StreamRecords& operator=(StreamRecords&&) = default;
  ~StreamRecords() = default;

  [[nodiscard]] std::size_t size() const { return sealed_size() - skipped_ + own_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const StreamRecord& operator[](std::size_t i) const;
  [[nodiscard]] const StreamRecord& front() const { return (*this)[0]; }
  [[nodiscard]] const StreamRecord& back() const { return (*this)[size() - 1]; }
  [[nodiscard]] Iterator begin() const { return {this, 0}; }
  [[nodiscard]] Iterator end() const { return {this, size()}; }

  void push_back(StreamRecord record) { own_.push_back(std::move(record)); }
  void pop_front();
  // The universe's clock was set back: what still hides stays hidden for as long as before.
  void shift_hiding(Instant was_now, Duration by);

 private:
  using Sealed = std::vector<StreamRecord>;
  [[nodiscard]] std::size_t sealed_size() const { return sealed_ ? sealed_->size() : 0; }
  // Records of a picture no longer hide: whoever goes back to it finds them.
  [[nodiscard]] std::shared_ptr<const Sealed> seal() const;

  std::shared_ptr<const Sealed> sealed_;  // may be null: empty
  std::size_t skipped_ = 0;               // of sealed_, trimmed here
  std::deque<StreamRecord> own_;
};

}  // namespace fickle
