#include "emulator/store/expiry_queue.hh"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fickle {

void ExpiryQueue::settle() {
  while (sealed_ && next_ < sealed_->size() && !alive((*sealed_)[next_])) ++next_;
}

void ExpiryQueue::put(ExpiryEntry entry) {
  erase(entry.key);
  RowKey key = entry.key;
  changed_[std::move(key)] = &*own_.insert(std::move(entry)).first;
  settle();
}

void ExpiryQueue::erase(const RowKey& key) {
  const auto changed = changed_.find(key);
  if (changed == changed_.end()) {
    if (!sealed_ || next_ == sealed_->size()) return;
    changed_.emplace(key, nullptr);
    settle();
    return;
  }
  if (const ExpiryEntry* own = std::exchange(changed->second, nullptr)) own_.erase(own_.find(*own));
  if (!sealed_ || next_ == sealed_->size()) changed_.erase(changed);
}

const ExpiryEntry* ExpiryQueue::first() const {
  const ExpiryEntry* sealed = sealed_ && next_ < sealed_->size() ? &(*sealed_)[next_] : nullptr;
  const ExpiryEntry* own = own_.empty() ? nullptr : &*own_.begin();
  if (!sealed || !own) return sealed ? sealed : own;
  return *own < *sealed ? own : sealed;
}

SealedExpiriesPtr ExpiryQueue::seal() const {
  if (next_ == 0 && changed_.empty()) return sealed_;
  SealedExpiries live;
  if (sealed_) {
    std::copy_if(sealed_->begin() + static_cast<std::ptrdiff_t>(next_), sealed_->end(), std::back_inserter(live),
                 [this](const ExpiryEntry& entry) { return alive(entry); });
  }
  SealedExpiries all;
  all.reserve(live.size() + own_.size());
  std::merge(std::make_move_iterator(live.begin()), std::make_move_iterator(live.end()), own_.begin(), own_.end(),
             std::back_inserter(all));
  return std::make_shared<const SealedExpiries>(std::move(all));
}

}  // namespace fickle
