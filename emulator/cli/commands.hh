// The command line client: `fickledb load`, `health`, `faults`, ... drive a running server over HTTP.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fickle {

// Whether the word is one of the client's commands (everything but `serve`).
[[nodiscard]] bool is_command(std::string_view word);
// Runs it: 0 only when it worked; says in one line on stderr why not. arguments[0] is the command.
[[nodiscard]] int run_command(const std::vector<std::string>& arguments,
                              const std::function<std::optional<std::string>(std::string_view)>& environment);

}  // namespace fickle
