#include "emulator/cli/help.hh"

#include <algorithm>

#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

constexpr Flag kCommonFlags[] = {
    {"endpoint", "URL", "the server (FICKLEDB_ENDPOINT; default http://127.0.0.1:8000, then [::1])"},
    {"universe", "NAME", "the universe it is about (default: the server's default)"},
    {"token", "TOKEN", "what the server's --control-token says (FICKLEDB_CONTROL_TOKEN)"},
    {"json", "", "the server's answer as it came, for programs"},
    {"help", "", "this text (-h)"},
};

void add_lines(std::string& out, std::string_view text, std::string_view before) {
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) out += std::string(before) + std::string(line);
    out += "\n";
  }
}

}  // namespace

std::vector<Flag> flags_of(const Command& command) {
  std::vector<Flag> flags(command.flags.begin(), command.flags.end());
  for (const Flag& flag : kCommonFlags) {
    if (flag.name != "json" || !command.own_json) flags.push_back(flag);
  }
  return flags;
}

std::string help_of(const Command& command) {
  std::string out = "fickledb " + std::string(command.name) + " - " + std::string(command.summary) + "\n\n";
  add_lines(out, command.usage, "  fickledb ");
  out += "\n";
  if (!command.details.empty()) {
    add_lines(out, command.details, "");
    out += "\n";
  }
  const std::vector<Flag> flags = flags_of(command);
  std::size_t width = 0;
  const auto left = [](const Flag& flag) {
    return "  --" + std::string(flag.name) + (flag.value.empty() ? "" : " " + std::string(flag.value));
  };
  for (const Flag& flag : flags) width = std::max(width, left(flag).size() + 2);
  for (const Flag& flag : flags) {
    std::string line = left(flag);
    line.resize(width, ' ');
    out += line + std::string(flag.help) + "\n";
  }
  return out;
}

}  // namespace fickle::cli
