// hold: the request waits before it is evaluated, until POST /faults/{name}/release, the end of the rule, of the universe or of the
// server, or `atMost` of real time. Thread-safety: a HoldRoom has a lock of its own; requests wait outside every other lock.
#include <condition_variable>
#include <mutex>

#include "faults/effects/effects.hh"

namespace fickle {
namespace {

// Whoever waits remembers the generation it came in with; release opens the door for all up to now.
class HoldRoom {
 public:
  [[nodiscard]] std::uint64_t enter() {
    const std::lock_guard lock(mutex_);
    ++waiting_;
    return generation_;
  }
  void leave(std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    if (generation == generation_) --waiting_;
  }
  void wait(std::uint64_t generation, Duration at_most, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    released_.wait_for(lock, stop, at_most, [this, generation] { return generation != generation_; });
  }
  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }
  std::size_t release() {
    std::size_t count = 0;
    {
      const std::lock_guard lock(mutex_);
      ++generation_;
      count = std::exchange(waiting_, 0);
    }
    released_.notify_all();
    return count;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any released_;
  std::uint64_t generation_ = 0;
  std::size_t waiting_ = 0;  // of the current generation
};

// One request's place in the room, from the moment the rule fires: a release between that and the wait is not missed.
class Place final : public HoldGate {
 public:
  explicit Place(std::shared_ptr<HoldRoom> room) : room_(std::move(room)), generation_(room_->enter()) {}
  ~Place() override { leave(); }
  void wait(Duration at_most, std::stop_token stop) override {
    room_->wait(generation_, at_most, stop);
    leave();
  }

 private:
  void leave() {
    if (!std::exchange(left_, true)) room_->leave(generation_);
  }
  std::shared_ptr<HoldRoom> room_;
  std::uint64_t generation_;
  bool left_ = false;
};

// The rule's handle to its room: when the rule goes, everybody is let go, though requests still share the room.
class HoldState final : public EffectState {
 public:
  ~HoldState() override { room->release(); }
  [[nodiscard]] std::size_t waiting() const override { return room->waiting(); }
  std::size_t release() override { return room->release(); }
  std::shared_ptr<HoldRoom> room = std::make_shared<HoldRoom>();
};

class HoldEffect final : public Effect {
 public:
  explicit HoldEffect(const Node& node) {
    if (node.value.is_bool() && node.value.get_bool()) return;
    Document document(node, "hold");
    if (const auto at_most = document.take("atMost")) at_most_ = at_most->duration();
    document.finish();
  }

  void apply(FaultPlan& plan, const Firing& firing) const override {
    auto* state = static_cast<HoldState*>(firing.state);
    auto& holds = firing.at == At::before_commit ? plan.holds_before : plan.holds_after;
    holds.push_back({std::make_shared<Place>(state->room), at_most_});
  }
  [[nodiscard]] bool waits() const override { return true; }
  [[nodiscard]] bool can_show(const OperationFacts&, const Matcher&) const override { return true; }
  [[nodiscard]] AfterCommit after_commit() const override { return AfterCommit::allowed; }
  [[nodiscard]] std::shared_ptr<EffectState> make_state() const override { return std::make_shared<HoldState>(); }

 private:
  Duration at_most_ = std::chrono::seconds(30);
};

std::shared_ptr<const Effect> parse(const Node& node, const PreparePort&) {
  return std::make_shared<HoldEffect>(node);
}

}  // namespace

constinit const EffectKind hold_effect{"hold", "waits before evaluation until released", parse};

}  // namespace fickle
