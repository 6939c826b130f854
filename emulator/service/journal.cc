#include "emulator/service/journal.hh"

#include <algorithm>

namespace fickle {

namespace {
constexpr std::size_t kFailuresWithBodies = 20;
}

std::uint64_t Journal::add(std::unique_ptr<JournalEntry> entry) {
  std::unique_ptr<JournalEntry> evicted;  // dies after the lock is released
  const std::lock_guard lock(mutex_);
  const std::uint64_t id = next_id_++;
  entry->id = id;
  if (capacity_ == 0) {
    ++dropped_;
    return id;
  }
  const bool failed = entry->status >= 400;
  if (!keep_bodies_ && !failed) {
    entry->request_body.clear();
    entry->response_body.clear();
  }
  if (entries_.size() >= capacity_) {
    evicted = std::move(entries_.front());
    entries_.pop_front();
    ++dropped_;
  }
  entries_.push_back(std::move(entry));
  if (failed && !keep_bodies_) {
    failures_.push_back(id);
    if (failures_.size() > kFailuresWithBodies) {
      forget_bodies(failures_.front());
      failures_.pop_front();
    }
  }
  return id;
}

void Journal::forget_bodies(std::uint64_t id) {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), id,
                                      [](const auto& entry, std::uint64_t wanted) { return entry->id < wanted; });
  if (found == entries_.end() || (*found)->id != id) return;
  (*found)->request_body = {};
  (*found)->response_body = {};
}

void Journal::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  failures_.clear();
  dropped_ = 0;
  next_id_ = 1;
}

std::uint64_t Journal::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

std::vector<JournalEntry> Journal::select(const std::function<bool(const JournalEntry&)>& wanted,
                                          std::optional<std::size_t> limit) const {
  std::vector<JournalEntry> found;
  const std::lock_guard lock(mutex_);
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (limit && found.size() >= *limit) break;
    if (wanted(**entry)) found.push_back(**entry);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace fickle
