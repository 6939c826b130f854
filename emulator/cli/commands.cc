#include "emulator/cli/commands.hh"

namespace fickle {

bool is_command(std::string_view) {
  return false;
}
int run_command(const std::vector<std::string>&, const std::function<std::optional<std::string>(std::string_view)>&) {
  return 2;
}

}  // namespace fickle
