#include "emulator/cli/arguments.hh"

#include <algorithm>
#include <boost/program_options.hpp>

#include "emulator/cli/failure.hh"

namespace fickle::cli {

namespace po = boost::program_options;

Arguments Arguments::parse(std::string_view command, const std::vector<std::string>& given,
                           std::span<const Flag> flags) {
  po::options_description described;
  for (const Flag& flag : flags) {
    // A letter for the ones that everybody knows by it.
    const std::string name = std::string(flag.name) + (flag.name == "help" ? ",h" : flag.name == "output" ? ",o" : "");
    if (flag.value.empty()) {
      described.add_options()(name.c_str(), "");
    } else {
      described.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing(), "");
    }
  }
  Arguments arguments;
  const auto end = std::find(given.begin(), given.end(), "--");
  if (end != given.end()) arguments.verbatim.assign(end + 1, given.end());
  const std::vector<std::string> before(given.begin(), end);
  namespace style = po::command_line_style;
  constexpr int kStyle = style::unix_style & ~(style::allow_guessing | style::allow_sticky);
  try {
    const auto parsed = po::command_line_parser(before).options(described).style(kStyle).run();
    for (const auto& option : parsed.options) {
      if (option.string_key.empty()) {
        arguments.words.insert(arguments.words.end(), option.value.begin(), option.value.end());
        continue;
      }
      auto& values = arguments.flags_[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  } catch (const po::error& error) {
    throw Failure{std::string(error.what()) + " (see fickledb " + std::string(command) + " --help)", kExitUsage};
  }
  return arguments;
}

std::optional<std::string> Arguments::get(std::string_view flag) const {
  const auto found = flags_.find(flag);
  if (found == flags_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view flag) const {
  const auto found = flags_.find(flag);
  return found == flags_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace fickle::cli
