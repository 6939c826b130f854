// The help of a command: usage, flags, details. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "emulator/cli/command.hh"

namespace fickle::cli {

// The command's own flags and those of every command.
[[nodiscard]] std::vector<Flag> flags_of(const Command& command);
[[nodiscard]] std::string help_of(const Command& command);

}  // namespace fickle::cli
