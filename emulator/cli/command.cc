#include "emulator/cli/command.hh"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "emulator/cli/failure.hh"

namespace fickle::cli {
namespace {

[[noreturn]] void misused(const Session& session, const std::string& why) {
  throw Failure{why + " (see fickledb " + std::string(session.command) + " --help)", kExitUsage};
}

void expect(const Session& session, const std::string& what, std::size_t count, std::size_t least, std::size_t most) {
  if (count < least) misused(session, what + ": something is missing");
  if (count > most) misused(session, what + ": too many words");
}

}  // namespace

void Session::expect_words(std::size_t least, std::size_t most) const {
  expect(*this, std::string(command), arguments.words.size(), least, most);
}

bool Session::print_json(const Reply& reply) const {
  if (!json()) return false;
  out << reply.text;
  if (!reply.text.ends_with('\n')) out << "\n";
  return true;
}

int run_verb(const Session& session, std::span<const Verb> verbs) {
  const std::vector<std::string>& words = session.arguments.words;
  const std::string_view wanted = words.empty() ? verbs.front().name : std::string_view(words.front());
  for (const Verb& verb : verbs) {
    if (verb.name != wanted) continue;
    const std::span<const std::string> rest = std::span(words).subspan(words.empty() ? 0 : 1);
    expect(session, std::string(session.command) + " " + std::string(verb.name), rest.size(), verb.least, verb.most);
    return verb.run(session, rest);
  }
  std::string known;
  for (const Verb& verb : verbs) known += (known.empty() ? "" : ", ") + std::string(verb.name);
  misused(session, std::string(session.command) + " knows " + known + ", not '" + std::string(wanted) + "'");
}

std::string read_input(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw Failure{path + ": is a folder"};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Failure{path + ": " + std::strerror(errno)};
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_output(const std::string& path, std::string_view text, std::ostream& out) {
  if (path == "-") {
    out << text;
    return;
  }
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw Failure{path + ": " + std::strerror(errno)};
}

}  // namespace fickle::cli
