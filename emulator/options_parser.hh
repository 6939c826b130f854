// The command line of `fickledb serve` and its FICKLEDB_* variables -> Options. Pure: the environment is handed in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/options.hh"

namespace fickle {

struct ParsedOptions {
  Options options;
  bool help = false;
  bool version = false;
};
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// `arguments` without the program's name and the word `serve`. The error is one line.
[[nodiscard]] Result<ParsedOptions, std::string> parse_options(std::vector<std::string> arguments,
                                                               const Environment& environment);
[[nodiscard]] std::string help_text();

}  // namespace fickle
