// A thread for each open connection, and the list of open sockets that lets stop() wake them all.
// Thread-safety: start() from the listeners' threads, stop() and wait() from any; wait() once, before destruction.
// Invariants: 1. A socket is closed exactly once, here, after it left the list: stop() never touches a number that was reused.
//             2. An idle connection holds one thread and nothing else, so it delays nobody.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_set>

namespace fickle {

enum class Admission { served, turned_away };

class ConnectionThreads {
 public:
  // Called on the connection's thread; must not throw. The socket is closed when it returns.
  using Serve = std::function<void(int socket, Admission admission)>;

  // Up to `max` connections are served; some more are turned away politely; beyond these they are just closed.
  ConnectionThreads(std::size_t max, Serve serve);
  ConnectionThreads(const ConnectionThreads&) = delete;
  ConnectionThreads& operator=(const ConnectionThreads&) = delete;
  ~ConnectionThreads();

  void start(int socket);  // takes the socket over
  // No connection starts any more. Those that wait for a request end at once, answers under way have a moment to leave, then
  // every socket is shut down. Does not wait for handlers.
  void stop();
  void wait();  // until all threads have ended

 private:
  struct Task;
  static void* run(void* task) noexcept;
  void end(int socket, Admission admission);
  void shut_all(int how);  // with the mutex held

  const std::size_t max_;
  const Serve serve_;
  std::mutex mutex_;
  std::condition_variable one_ended_;
  std::unordered_set<int> open_;
  std::size_t served_ = 0;  // of the open ones; the others are being turned away
  bool stopping_ = false;
};

}  // namespace fickle
