// Command: one word after `fickledb` that drives a running server. A command is one constant in the file of its group and one row in
// commands.cc; its help is written beside it.
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "emulator/cli/arguments.hh"
#include "emulator/cli/control.hh"

namespace fickle::cli {

// What a command has to work with.
struct Session {
  std::string_view command;
  const Arguments& arguments;
  const Control& control;
  std::ostream& out;

  [[nodiscard]] bool json() const { return arguments.has("json"); }
  // Throws Failure (usage) unless there are as many words as allowed.
  void expect_words(std::size_t least, std::size_t most) const;
  // With --json the server's answer as it came, and true.
  bool print_json(const Reply& reply) const;
};

struct Command {
  std::string_view name;
  std::string_view summary;  // one line
  std::string_view usage;    // lines without `fickledb `
  std::string_view details;  // what one may want to know, and examples
  std::span<const Flag> flags;
  int (*run)(const Session& session);
  bool own_json = false;      // declares --json itself
  bool runs_command = false;  // what follows `--` is a command; elsewhere it is words that may begin with a dash
};

// A word of a command that has several ("faults list"): which of them is meant.
struct Verb {
  std::string_view name;
  std::size_t least, most;  // words after it
  int (*run)(const Session& session, std::span<const std::string> words);
};
// Runs the verb that the first word names, the first one when there is none. Throws Failure (usage).
[[nodiscard]] int run_verb(const Session& session, std::span<const Verb> verbs);

// Reads a file, "-" is standard input. Throws Failure.
[[nodiscard]] std::string read_input(const std::string& path);
// Writes a file whole, "-" is `out`. Throws Failure.
void write_output(const std::string& path, std::string_view text, std::ostream& out);

}  // namespace fickle::cli
