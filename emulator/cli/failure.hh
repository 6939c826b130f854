// Failure: why a command did not work, in one line for stderr, and the exit code that says so. Thrown anywhere below a command, caught in
// one place, run_command.
#pragma once

#include <string>

namespace fickle::cli {

inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInterrupted = 130;

struct Failure {
  std::string line;
  int code = kExitFailed;
};

}  // namespace fickle::cli
