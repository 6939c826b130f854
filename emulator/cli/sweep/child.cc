#include "emulator/cli/sweep/child.hh"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "emulator/cli/failure.hh"
#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr off_t kOutputKept = 16 * 1024;
constexpr Duration kGrace = std::chrono::seconds(1);  // between asking it to end and ending it
constexpr int kExitCannotStart = 127;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// A file without a name, to take what the command prints.
int make_output() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/fickledb-XXXXXX";
  const int number = ::mkostemp(name.data(), O_CLOEXEC);
  if (number < 0) throw Failure{"cannot write to " + name + ": " + std::strerror(errno)};
  ::unlink(name.c_str());
  return number;
}

std::string end_of(int file) {
  const off_t size = ::lseek(file, 0, SEEK_END);
  const off_t begin = std::max<off_t>(0, size - kOutputKept);
  std::string text(static_cast<std::size_t>(size - begin), '\0');
  const ssize_t count = ::pread(file, text.data(), text.size(), begin);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

// In the child; never returns. `report` takes errno when the command cannot be started.
[[noreturn]] void become(const ChildCommand& command, const Signals& signals, int output, int report) {
  ::setpgid(0, 0);
  signals.restore();
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  for (const std::string& name : command.removed) ::unsetenv(name.c_str());
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execvp(words.front(), words.data());
  const int why = errno;
  (void)!::write(report, &why, sizeof why);
  ::_exit(kExitCannotStart);
}

// Until it has ended, its time is up, or somebody wants us to end.
ChildEnd wait_for(pid_t child, Clock::time_point deadline, const Signals& signals) {
  ChildEnd end;
  bool asked = false;
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) {
      if (asked) return end;
      end.kind = WIFEXITED(status) ? ChildEnd::Kind::exited : ChildEnd::Kind::killed;
      end.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
      return end;
    }
    const auto now = Clock::now();
    if (now >= deadline) {
      if (!asked) end.kind = ChildEnd::Kind::timed_out;
      ::kill(-child, asked ? SIGKILL : SIGTERM);
      asked = true;
      deadline = now + kGrace;
    }
    const int signal = signals.next(deadline - now);
    if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP) {
      end.kind = ChildEnd::Kind::interrupted;
      ::kill(-child, asked ? SIGKILL : SIGTERM);
      asked = true;
      deadline = now + kGrace;
    }
  }
}

}  // namespace

Signals::Signals() {
  sigemptyset(&taken_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&taken_, signal);
  pthread_sigmask(SIG_BLOCK, &taken_, &before_);
}

Signals::~Signals() {
  restore();
}

void Signals::restore() const {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int Signals::next(Duration patience) const {
  const auto left = std::max<Duration::rep>(0, patience.count());
  const timespec limit{left / 1'000'000'000, left % 1'000'000'000};
  const int signal = sigtimedwait(&taken_, nullptr, &limit);
  return signal < 0 ? 0 : signal;
}

ChildEnd run_child(const ChildCommand& command, Duration limit, const Signals& signals) {
  const Descriptor output(make_output());
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Failure{std::string("pipe: ") + std::strerror(errno)};
  const Descriptor heard(ends[0]);
  Descriptor told(ends[1]);
  const auto started = Clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw Failure{std::string("fork: ") + std::strerror(errno)};
  if (child == 0) become(command, signals, output.number(), told.number());
  ::setpgid(child, child);  // whoever comes first
  told.close();
  int why = 0;
  const bool failed = ::read(heard.number(), &why, sizeof why) == static_cast<ssize_t>(sizeof why);
  ChildEnd end = wait_for(child, started + limit, signals);
  ::kill(-child, SIGKILL);
  if (failed) end = {ChildEnd::Kind::not_started, why, {}, {}};
  end.lasted = Clock::now() - started;
  end.output = end_of(output.number());
  return end;
}

std::string ChildEnd::text() const {
  switch (kind) {
    case Kind::exited: return code == 0 ? "passed" : "exit " + std::to_string(code);
    case Kind::killed: return "signal " + std::to_string(code);
    case Kind::timed_out: return "timed out";
    case Kind::interrupted: return "interrupted";
    case Kind::not_started: return std::string("cannot be started: ") + std::strerror(code);
  }
  return "";
}

std::string last_line(std::string_view output) {
  std::string_view last;
  for (const std::string_view line : split(output, '\n')) {
    if (!trim(line).empty()) last = trim(line);
  }
  return std::string(last);
}

}  // namespace fickle::cli
