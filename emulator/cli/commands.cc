#include "emulator/cli/commands.hh"

#include <array>
#include <fstream>
#include <iostream>
#include <iterator>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/help.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace cli {
namespace {

using Environment = std::function<std::optional<std::string>(std::string_view)>;

constinit const std::array kCommands = {
    &load_command,      &export_command,      &reset_command,      &snapshot_command,  &truncate_command,
    &universes_command, &faults_command,      &simulation_command, &decisions_command, &clock_command,
    &requests_command,  &invocations_command, &verify_command,     &marker_command,    &sweep_command,
    &health_command,    &healthcheck_command, &wait_command,
};

const Command* find_command(std::string_view name) {
  for (const Command* command : kCommands) {
    if (command->name == name) return command;
  }
  return nullptr;
}

std::vector<std::string> look_up_host(std::string_view name) {
  std::ifstream file("/etc/hosts");
  return find_host(std::string(std::istreambuf_iterator<char>(file), {}), name);
}

// Flag before variable before default; beside a server that FICKLEDB_PORT moved, that port is the default.
Endpoint endpoint_of(const Arguments& arguments, const Environment& environment) {
  auto given = arguments.get("endpoint");
  if (!given) given = environment("FICKLEDB_ENDPOINT");
  if (!given || given->empty()) {
    const auto port = parse_integer(environment("FICKLEDB_PORT").value_or(""));
    return default_endpoint(port && *port > 0 && *port < 65536 ? static_cast<std::uint16_t>(*port) : kDefaultPort);
  }
  auto endpoint = parse_endpoint(*given, look_up_host);
  if (!endpoint) throw Failure{endpoint.error(), kExitUsage};
  return std::move(endpoint).value();
}

// Header values must not break out of their line.
std::string clean(const std::optional<std::string>& value, std::string_view flag) {
  if (!value) return {};
  if (one_line(*value) != *value) throw Failure{"--" + std::string(flag) + ": control characters", kExitUsage};
  return *value;
}

int run(const Command& command, const std::vector<std::string>& words, const Environment& environment) {
  const auto flags = flags_of(command);
  Arguments arguments = Arguments::parse(command.name, words, flags);
  if (arguments.has("help")) {
    std::cout << help_of(command);
    return 0;
  }
  if (!command.runs_command)
    arguments.words.insert(arguments.words.end(), arguments.verbatim.begin(), arguments.verbatim.end());
  auto token = arguments.get("token");
  if (!token) token = environment("FICKLEDB_CONTROL_TOKEN");
  const Control control(endpoint_of(arguments, environment), clean(arguments.get("universe"), "universe"),
                        clean(token, "token"));
  const int code = command.run({command.name, arguments, control, std::cout});
  std::cout.flush();
  if (!std::cout) throw Failure{"the output could not be written"};
  return code;
}

}  // namespace
}  // namespace cli

bool is_command(std::string_view word) {
  return cli::find_command(word) != nullptr;
}

int run_command(const std::vector<std::string>& arguments,
                const std::function<std::optional<std::string>(std::string_view)>& environment) {
  const cli::Command* command = cli::find_command(arguments.empty() ? std::string_view() : arguments.front());
  if (command == nullptr) return cli::kExitUsage;
  try {
    return cli::run(*command, {arguments.begin() + 1, arguments.end()}, environment);
  } catch (const cli::Failure& failure) {
    std::cout.flush();
    std::cerr << "fickledb: " << failure.line << "\n";
    return failure.code;
  } catch (const std::exception& bug) {
    std::cerr << "fickledb: " << bug.what() << "\n";
    return cli::kExitFailed;
  }
}

}  // namespace fickle
