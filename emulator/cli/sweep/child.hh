// Child: one run of the command, in a process group of its own, with a time limit; what it prints is kept. Not for use beside other
// threads: while a Signals lives, the signals that end the sweep or announce a child are taken by it.
#pragma once

#include <signal.h>

#include <string>
#include <utility>
#include <vector>

#include "emulator/core/units.hh"

namespace fickle::cli {

class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  Signals(Signals&&) = delete;
  Signals& operator=(Signals&&) = delete;

  // The next one, or 0 when `patience` is over.
  [[nodiscard]] int next(Duration patience) const;
  // For the child: as it was before.
  void restore() const;

 private:
  sigset_t taken_{}, before_{};
};

struct ChildEnd {
  enum class Kind { exited, killed, timed_out, interrupted, not_started };
  Kind kind = Kind::exited;
  int code = 0;  // exit code, signal, or errno
  Duration lasted{0};
  std::string output;  // the end of it: at most 16 KiB
  [[nodiscard]] bool passed() const { return kind == Kind::exited && code == 0; }
  [[nodiscard]] std::string text() const;  // "passed", "exit 1", "signal 11", "timed out"
};

struct ChildCommand {
  std::vector<std::string> words;                                // not empty
  std::vector<std::pair<std::string, std::string>> environment;  // added to our own
  std::vector<std::string> removed;                              // variables it must not see
};

// Whatever the command leaves running in its group is killed.
[[nodiscard]] ChildEnd run_child(const ChildCommand& command, Duration limit, const Signals& signals);

// The last line with anything on it.
[[nodiscard]] std::string last_line(std::string_view output);

}  // namespace fickle::cli
