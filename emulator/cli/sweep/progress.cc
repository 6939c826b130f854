#include "emulator/cli/sweep/progress.hh"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "emulator/cli/json_view.hh"

namespace fickle::cli {
namespace {

constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kLineWidth = 80;
constexpr const char* kClearLine = "\r\x1b[K";

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > kBarWidth + 20;
  return known ? size.ws_col : kLineWidth;
}

}  // namespace

std::string progress_line(std::size_t done, std::size_t all, const std::string& what, std::size_t width) {
  const std::size_t full = all == 0 ? kBarWidth : kBarWidth * done / all;
  const std::string line = "[" + std::string(full, '#') + std::string(kBarWidth - full, '-') + "] " +
                           std::to_string(done) + "/" + std::to_string(all) + " " + what;
  return shortened(line, width);
}

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (terminal_) std::cerr << kClearLine << std::flush;
}

void Progress::show(std::size_t done, std::size_t all, const std::string& what) const {
  if (terminal_) std::cerr << kClearLine << progress_line(done, all, what, terminal_width() - 1) << std::flush;
}

}  // namespace fickle::cli
