// Flags, words and helps of the commands.
#include "emulator/cli/arguments.hh"

#include <catch2/catch_test_macros.hpp>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/commands.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/help.hh"
#include "emulator/cli/http_client.hh"

namespace fickle::cli {
namespace {

constexpr Flag kFlags[] = {{"to", "NAME", ""}, {"json", "", ""}, {"help", "", ""}};

Failure refusal(const std::vector<std::string>& words) {
  try {
    (void)Arguments::parse("reset", words, kFlags);
  } catch (const Failure& failure) {
    return failure;
  }
  FAIL("was taken");
  return {};
}

TEST_CASE("Flags may stand anywhere; after -- everything is a word of its own") {
  const auto parsed =
      Arguments::parse("reset", {"a", "--to", "x", "b", "--json", "--", "cmd", "--to", "--", "-h"}, kFlags);
  CHECK(parsed.words == std::vector<std::string>{"a", "b"});
  CHECK(parsed.get("to") == "x");
  CHECK(parsed.has("json"));
  CHECK_FALSE(parsed.has("help"));
  CHECK(parsed.verbatim == std::vector<std::string>{"cmd", "--to", "--", "-h"});
}

TEST_CASE("A flag's value may follow an equals sign; of several the last counts, all are kept") {
  const auto parsed = Arguments::parse("reset", {"--to=x", "--to", "y"}, kFlags);
  CHECK(parsed.get("to") == "y");
  CHECK(parsed.all("to") == std::vector<std::string>{"x", "y"});
  CHECK_FALSE(parsed.get("json").has_value());
}

TEST_CASE("A lone dash is a word, for standard input") {
  CHECK(Arguments::parse("load", {"-"}, kFlags).words == std::vector<std::string>{"-"});
}

TEST_CASE("Unknown flags, missing and superfluous values are misuse, told in one line with where to look") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--nope"}, {"--to"}, {"--json=1"}, {"--t", "x"}}) {
    const Failure failure = refusal(words);
    CHECK(failure.code == kExitUsage);
    CHECK(failure.line.find('\n') == std::string::npos);
    CHECK(failure.line.ends_with("(see fickledb reset --help)"));
  }
}

TEST_CASE("Every command has a help with its usage and its flags") {
  for (const Command* command :
       {&load_command, &export_command, &reset_command, &snapshot_command, &truncate_command, &universes_command,
        &faults_command, &simulation_command, &decisions_command, &clock_command, &requests_command,
        &invocations_command, &verify_command, &marker_command, &sweep_command, &health_command, &healthcheck_command,
        &wait_command}) {
    const std::string help = help_of(*command);
    INFO(help);
    CHECK(is_command(command->name));
    CHECK(help.starts_with("fickledb " + std::string(command->name) + " - "));
    CHECK(help.find("\n  fickledb " + std::string(command->name)) != std::string::npos);
    for (const Flag& flag : flags_of(*command)) CHECK(help.find("  --" + std::string(flag.name)) != std::string::npos);
    CHECK(help.find("--json") == help.rfind("--json "));
  }
  CHECK_FALSE(is_command("serve"));
  CHECK_FALSE(is_command(""));
}

TEST_CASE("Names in paths and queries are escaped") {
  CHECK(percent_encoded("a-Z_0.9~") == "a-Z_0.9~");
  CHECK(percent_encoded("a/b c?&é%") == "a%2Fb%20c%3F%26%C3%A9%25");
}

TEST_CASE("A problem document is one line with the place of what is wrong") {
  Reply reply{
      400, "",
      boost::json::object{{"title", "Unknown member"}, {"detail", "'schedual'\nis none"}, {"pointer", "/schedual"}}};
  CHECK(reply.problem() == "Unknown member: 'schedual' is none (at /schedual)");
  CHECK(Reply{502, "<html>", nullptr}.problem() == "the server answered 502");
}

}  // namespace
}  // namespace fickle::cli
