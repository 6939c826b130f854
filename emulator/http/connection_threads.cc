#include "emulator/http/connection_threads.hh"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <utility>

namespace fickle {
namespace {

// Nothing a request can nest is deep enough for more. Only what is used of it takes memory.
constexpr std::size_t kStackSize = 512 * 1024;
// How many connections above the limit get an answer that says so.
constexpr std::size_t kTurnedAwayMax = 64;
// What stop() leaves for answers under way.
constexpr std::chrono::milliseconds kGrace{300};

class ThreadAttributes {
 public:
  ThreadAttributes() {
    ::pthread_attr_init(&attributes_);
    ::pthread_attr_setstacksize(&attributes_, kStackSize);
    ::pthread_attr_setdetachstate(&attributes_, PTHREAD_CREATE_DETACHED);
  }
  ThreadAttributes(const ThreadAttributes&) = delete;
  ThreadAttributes& operator=(const ThreadAttributes&) = delete;
  ~ThreadAttributes() { ::pthread_attr_destroy(&attributes_); }
  [[nodiscard]] const pthread_attr_t* get() const { return &attributes_; }

 private:
  pthread_attr_t attributes_{};
};

}  // namespace

struct ConnectionThreads::Task {
  ConnectionThreads& owner;
  int socket;
  Admission admission;
};

ConnectionThreads::ConnectionThreads(std::size_t max, Serve serve) : max_(max), serve_(std::move(serve)) {}

ConnectionThreads::~ConnectionThreads() {
  stop();
  wait();
}

void ConnectionThreads::start(int socket) {
  Admission admission = Admission::served;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || open_.size() - served_ >= kTurnedAwayMax) {
      ::close(socket);
      return;
    }
    if (served_ >= max_) admission = Admission::turned_away;
    if (admission == Admission::served) ++served_;
    open_.insert(socket);
  }
  auto task = std::make_unique<Task>(Task{*this, socket, admission});
  const ThreadAttributes attributes;
  pthread_t thread{};
  if (::pthread_create(&thread, attributes.get(), &ConnectionThreads::run, task.get()) != 0) {
    end(socket, admission);  // the machine has no thread left: closed without an answer
    return;
  }
  (void)task.release();  // run() owns it
}

void* ConnectionThreads::run(void* raw) noexcept {
  const std::unique_ptr<Task> task(static_cast<Task*>(raw));
  task->owner.serve_(task->socket, task->admission);
  task->owner.end(task->socket, task->admission);
  return nullptr;
}

void ConnectionThreads::end(int socket, Admission admission) {
  const std::lock_guard lock(mutex_);
  open_.erase(socket);
  if (admission == Admission::served) --served_;
  ::close(socket);
  one_ended_.notify_all();  // under the lock: after it, this object may be gone
}

void ConnectionThreads::shut_all(int how) {
  for (const int socket : open_) ::shutdown(socket, how);
}

void ConnectionThreads::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  shut_all(SHUT_RD);
  one_ended_.wait_for(lock, kGrace, [this] { return open_.empty(); });
  shut_all(SHUT_RDWR);
}

void ConnectionThreads::wait() {
  std::unique_lock lock(mutex_);
  one_ended_.wait(lock, [this] { return open_.empty(); });
}

}  // namespace fickle
