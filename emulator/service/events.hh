// Events: what a watcher of GET /_fickle/events is told - requests, firings, clock moves, resets. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emulator/core/units.hh"

namespace fickle {

struct Notice {
  std::string kind;  // request, fault, clock, reset
  std::string universe;
  std::string data;  // one line of JSON
};

class Events {
 public:
  class Subscription {
   public:
    // The next event, or nothing when `patience` (real time) has passed or the server ends.
    [[nodiscard]] std::optional<Notice> next(Duration patience);
    [[nodiscard]] bool ended() const { return ended_; }

   private:
    friend class Events;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Notice> queue_;  // bounded: the oldest go
    bool ended_ = false;
  };

  [[nodiscard]] std::shared_ptr<Subscription> subscribe();
  void unsubscribe(const std::shared_ptr<Subscription>& subscription);
  // Cheap when nobody listens: ask first, then build the text.
  [[nodiscard]] bool watched() const { return watchers_.load(std::memory_order_relaxed) > 0; }
  void publish(const Notice& event);
  void end();  // wakes every watcher for good

 private:
  std::mutex mutex_;
  std::atomic<int> watchers_{0};
  std::set<std::shared_ptr<Subscription>> subscriptions_;
  bool ended_ = false;
};

}  // namespace fickle
