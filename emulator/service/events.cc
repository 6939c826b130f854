#include "emulator/service/events.hh"

namespace fickle {

namespace {
constexpr std::size_t kQueueMax = 10'000;
}

std::optional<Notice> Events::Subscription::next(Duration patience) {
  std::unique_lock lock(mutex_);
  ready_.wait_for(lock, patience, [this] { return ended_ || !queue_.empty(); });
  if (queue_.empty()) return std::nullopt;
  Notice event = std::move(queue_.front());
  queue_.pop_front();
  return event;
}

std::shared_ptr<Events::Subscription> Events::subscribe() {
  auto subscription = std::make_shared<Subscription>();
  const std::lock_guard lock(mutex_);
  subscription->ended_ = ended_;
  subscriptions_.insert(subscription);
  watchers_.fetch_add(1, std::memory_order_relaxed);
  return subscription;
}

void Events::unsubscribe(const std::shared_ptr<Subscription>& subscription) {
  const std::lock_guard lock(mutex_);
  if (subscriptions_.erase(subscription) > 0) watchers_.fetch_sub(1, std::memory_order_relaxed);
}

void Events::publish(const Notice& event) {
  const std::lock_guard lock(mutex_);
  for (const auto& subscription : subscriptions_) {
    const std::lock_guard queue_lock(subscription->mutex_);
    if (subscription->queue_.size() >= kQueueMax) subscription->queue_.pop_front();
    subscription->queue_.push_back(event);
    subscription->ready_.notify_one();
  }
}

void Events::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  for (const auto& subscription : subscriptions_) {
    const std::lock_guard queue_lock(subscription->mutex_);
    subscription->ended_ = true;
    subscription->ready_.notify_all();
  }
}

}  // namespace fickle
