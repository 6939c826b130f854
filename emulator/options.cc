#include "emulator/options.hh"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <sstream>

#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"
#include "emulator/options_parser.hh"

namespace fickle {

namespace po = boost::program_options;

namespace {

struct Flag {
  std::string_view name;
  std::string_view value;  // "" = a switch
  std::string_view help;
};

// Every flag; its variable is FICKLEDB_ and the name in capitals, dashes as underscores.
constexpr std::array kFlags = {
    Flag{"port", "N", "port to listen on; 0 picks a free one (8000)"},
    Flag{"host", "ADDRESS", "numeric address to listen on, may be repeated (127.0.0.1 and ::1)"},
    Flag{"fixtures", "PATH", "file or directory to load at start, any known format, may be repeated"},
    Flag{"faults", "FILE", "fault rules to set at start, may be repeated"},
    Flag{"seed", "N", "fixes every draw; 'random' picks one and prints it (1)"},
    Flag{"isolate", "HOW", "none, access-key, region, or access-key,region: who gets a universe of its own (none)"},
    Flag{"auth", "HOW", "shape, none or verify: what is checked of request signatures (shape)"},
    Flag{"log", "LEVEL", "quiet, info or debug (info)"},
    Flag{"control-token", "TOKEN", "control calls need 'Authorization: Bearer TOKEN'"},
    Flag{"control-host", "NAME", "a further Host that control calls may come for, may be repeated"},
    Flag{"cors", "ORIGIN", "origin that browsers may call from, or off (*)"},
    Flag{"max-universes", "N", "limit of universes (1000)"},
    Flag{"universe-idle", "DURATION", "forget universes unused for so long, 0 = never (0)"},
    Flag{"journal", "N", "entries kept per universe (10000)"},
    Flag{"journal-bodies", "", "keep the bodies of successful requests in the journal too"},
    Flag{"account", "DIGITS", "account id in ARNs (000000000000)"},
    Flag{"region", "NAME", "region in ARNs when a request names none (us-east-1)"},
    Flag{"max-connections", "N", "open connections at most (4096)"},
    Flag{"export-directory", "PATH", "directory that stands in for S3 in exports and imports"},
    Flag{"check-replies", "",
         "answer 500 rather than what an operation does not declare, and end with 1: for FickleDB's own tests"},
};

// Other emulators' spellings: what they mean here. An empty `as` is understood and ignored; `takes_value` says what to swallow.
struct Alias {
  std::string_view name;
  std::string_view as;
  bool takes_value;
  std::string_view warning;  // "" = silently
};
constexpr std::array kAliases = {
    Alias{"inMemory", "", false, ""},
    Alias{"sharedDb", "", false, ""},
    Alias{"dbPath", "", true, "everything is kept in memory"},
    Alias{"path", "", true, "everything is kept in memory"},
    Alias{"db-path", "", true, "everything is kept in memory"},
    Alias{"disableTelemetry", "", false, ""},
    Alias{"optimizeDbBeforeStartup", "", false, ""},
    Alias{"schema", "fixtures", true, ""},
    Alias{"verbose", "", false, ""},
    Alias{"debug", "", false, ""},
    Alias{"ssl", "", false, "there is no TLS: point clients at http://"},
    Alias{"maxItemSizeKb", "", true, "the item size limit is DynamoDB's 400 KB"},
    Alias{"jar", "", true, ""},
    Alias{"createTableMs", "create", true, ""},
    Alias{"deleteTableMs", "delete", true, ""},
    Alias{"updateTableMs", "update", true, ""},
    Alias{"delayTransientStatuses", "lifecycle", false, ""},
};

const Alias* find_alias(std::string_view name) {
  const auto found =
      std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& alias) { return alias.name == name; });
  return found == kAliases.end() ? nullptr : &*found;
}

using Given = std::vector<std::pair<std::string, std::string>>;  // flag (or alias) and value, in order

// A value that is not what the flag takes: one line that names both.
std::string bad_value(std::string_view flag, std::string_view value, std::string_view wanted) {
  return "--" + std::string(flag) + ": '" + std::string(value) + "' is not " + std::string(wanted);
}

std::optional<std::string> number(std::string_view flag, const std::string& value, std::uint64_t low,
                                  std::uint64_t high, std::uint64_t& out) {
  const auto parsed = parse_integer(value);
  if (!parsed || *parsed < 0 || static_cast<std::uint64_t>(*parsed) < low ||
      static_cast<std::uint64_t>(*parsed) > high) {
    return bad_value(flag, value, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  out = static_cast<std::uint64_t>(*parsed);
  return std::nullopt;
}

bool truth(const std::string& value) {
  return value.empty() || value == "1" || equals_ignoring_case(value, "true") || equals_ignoring_case(value, "yes");
}

std::optional<std::string> set_isolation(const std::string& value, Options& options) {
  if (value == "none")
    options.isolate = Isolation::none;
  else if (value == "access-key")
    options.isolate = Isolation::access_key;
  else if (value == "region")
    options.isolate = Isolation::region;
  else if (value == "access-key,region" || value == "region,access-key")
    options.isolate = Isolation::access_key_and_region;
  else
    return bad_value("isolate", value, "none, access-key, region or access-key,region");
  return std::nullopt;
}

std::optional<std::string> set_auth(const std::string& value, Options& options) {
  if (value == "shape")
    options.auth = AuthMode::shape;
  else if (value == "none")
    options.auth = AuthMode::none;
  else if (value == "verify")
    options.auth = AuthMode::verify;
  else
    return bad_value("auth", value, "shape, none or verify");
  return std::nullopt;
}

std::optional<std::string> set_seed(const std::string& value, Options& options) {
  if (value == "random") {
    options.seed_random = true;
    return std::nullopt;
  }
  return number("seed", value, 0, 9'223'372'036'854'775'807ULL, options.seed);
}

std::optional<std::string> set_duration(std::string_view flag, const std::string& value, Duration& out) {
  const auto parsed = parse_duration(value);
  if (!parsed) return bad_value(flag, value, "a duration such as 30s or 5m");
  out = *parsed;
  return std::nullopt;
}

// One flag onto the options; the error is one line.
std::optional<std::string> apply(const std::string& name, const std::string& value, Options& options) {
  std::uint64_t parsed = 0;
  const auto sized = [&](std::uint64_t low, std::uint64_t high, auto& target) {
    auto error = number(name, value, low, high, parsed);
    if (!error) target = static_cast<std::remove_reference_t<decltype(target)>>(parsed);
    return error;
  };
  if (name == "port") return sized(0, 65535, options.port);
  if (name == "host") options.hosts.push_back(value == "localhost" ? "127.0.0.1" : value);
  if (name == "fixtures") options.fixtures.push_back(value);
  if (name == "faults") options.faults.push_back(value);
  if (name == "seed") return set_seed(value, options);
  if (name == "isolate") return set_isolation(value, options);
  if (name == "auth") return set_auth(value, options);
  if (name == "log") {
    if (value != "quiet" && value != "info" && value != "debug") return bad_value(name, value, "quiet, info or debug");
    options.log = value;
  }
  if (name == "control-token") options.control_token = value;
  if (name == "control-host") options.control_hosts.push_back(value);
  if (name == "cors") options.cors = value;
  if (name == "max-universes") return sized(1, 1'000'000, options.universes_max);
  if (name == "universe-idle") return set_duration(name, value, options.universe_idle);
  if (name == "journal") return sized(0, 10'000'000, options.journal);
  if (name == "journal-bodies") options.journal_bodies = truth(value);
  if (name == "account") {
    if (value.size() != 12 || value.find_first_not_of("0123456789") != std::string::npos)
      return bad_value(name, value, "twelve digits");
    options.account = value;
  }
  if (name == "region") options.region = value;
  if (name == "max-connections") return sized(1, 100'000, options.connections_max);
  if (name == "export-directory") options.export_directory = value;
  if (name == "check-replies") options.check_replies = truth(value);
  return std::nullopt;
}

std::optional<std::string> apply_alias(const Alias& alias, const std::string& value, Options& options) {
  if (!alias.warning.empty())
    options.warnings.push_back("-" + std::string(alias.name) + " has no effect: " + std::string(alias.warning));
  if (alias.as.empty()) return std::nullopt;
  if (alias.as == "fixtures") return apply("fixtures", value, options);
  if (alias.as == "lifecycle") {  // DynamoDB Local's switch: states last a moment
    options.create_delay = options.update_delay = options.delete_delay = std::chrono::seconds(1);
    return std::nullopt;
  }
  std::uint64_t parsed = 0;
  if (auto error = number(alias.name, value, 0, 86'400'000, parsed)) return error;
  const Duration delay = std::chrono::milliseconds(parsed);
  (alias.as == "create"   ? options.create_delay
   : alias.as == "update" ? options.update_delay
                          : options.delete_delay) = delay;
  return std::nullopt;
}

bool is_jvm_noise(std::string_view argument) {
  return argument.starts_with("-Djava.") || argument.starts_with("-Xm") || argument.starts_with("-Xrs") ||
         argument.starts_with("-XX:") || argument == "java";
}

po::options_description description() {
  po::options_description described;
  const auto value = [] { return po::value<std::vector<std::string>>()->composing(); };
  for (const Flag& flag : kFlags) {
    const std::string name = std::string(flag.name) + (flag.name == "port" ? ",p" : "");
    if (flag.value.empty())
      described.add_options()(name.c_str(), "");
    else
      described.add_options()(name.c_str(), value(), "");
  }
  for (const Alias& alias : kAliases) {
    const std::string name(alias.name);
    if (alias.takes_value)
      described.add_options()(name.c_str(), value(), "");
    else
      described.add_options()(name.c_str(), "");
  }
  described.add_options()("help,h", "")("version,V", "");
  return described;
}

// Arguments -> flags and values: one or two dashes alike, `--flag=value` or `--flag value`.
Result<Given, std::string> split_arguments(std::vector<std::string> arguments, ParsedOptions& parsed) {
  std::erase_if(arguments, [](const std::string& argument) { return is_jvm_noise(argument); });
  namespace style = po::command_line_style;
  constexpr int kStyle = style::allow_long | style::allow_short | style::allow_dash_for_short |
                         style::long_allow_adjacent | style::long_allow_next | style::short_allow_next |
                         style::allow_long_disguise;
  const po::options_description described = description();
  Given given;
  try {
    const auto result = po::command_line_parser(arguments).options(described).style(kStyle).run();
    for (const auto& option : result.options) {
      if (option.string_key.empty())
        return Refused{std::string("unknown argument '" + option.original_tokens.front() + "' (see fickledb --help)")};
      parsed.help |= option.string_key == "help";
      parsed.version |= option.string_key == "version";
      if (option.string_key == "help" || option.string_key == "version") continue;
      given.emplace_back(option.string_key, option.value.empty() ? "" : option.value.front());
    }
  } catch (const po::error& error) {
    return Refused{std::string(error.what()) + " (see fickledb --help)"};
  }
  return given;
}

std::string variable_of(std::string_view flag) {
  std::string name = "FICKLEDB_" + to_upper(flag);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::optional<std::string> apply_environment(const Given& given, const Environment& environment, Options& options) {
  for (const Flag& flag : kFlags) {
    const bool on_line =
        std::any_of(given.begin(), given.end(), [&](const auto& entry) { return entry.first == flag.name; });
    const auto value = environment(variable_of(flag.name));
    if (on_line || !value || value->empty()) continue;
    const bool list = flag.name == "fixtures" || flag.name == "faults";
    const bool words = flag.name == "host" || flag.name == "control-host";
    if (!list && !words) {
      if (auto error = apply(std::string(flag.name), *value, options)) return variable_of(flag.name) + ": " + *error;
      continue;
    }
    for (const std::string_view part : split(*value, list ? ':' : ',')) {
      if (part.empty()) continue;
      if (auto error = apply(std::string(flag.name), std::string(part), options))
        return variable_of(flag.name) + ": " + *error;
    }
  }
  return std::nullopt;
}

std::optional<std::string> apply_migration_aids(const Environment& environment, Options& options) {
  const auto probability = [&](std::string_view name, double& target) -> std::optional<std::string> {
    const auto value = environment(name);
    if (!value || value->empty()) return std::nullopt;
    char* end = nullptr;
    target = std::strtod(value->c_str(), &end);
    if (*end != '\0' || !(target >= 0 && target <= 1))
      return std::string(name) + ": '" + *value + "' is not a probability from 0 to 1";
    return std::nullopt;
  };
  if (auto error = probability("DYNAMODB_ERROR_PROBABILITY", options.error_probability)) return error;
  if (auto error = probability("DYNAMODB_READ_ERROR_PROBABILITY", options.read_error_probability)) return error;
  return probability("DYNAMODB_WRITE_ERROR_PROBABILITY", options.write_error_probability);
}

}  // namespace

Result<ParsedOptions, std::string> parse_options(std::vector<std::string> arguments, const Environment& environment) {
  ParsedOptions parsed;
  auto given = split_arguments(std::move(arguments), parsed);
  if (!given) return Refused{given.error()};
  for (const auto& [name, value] : given.value()) {
    const Alias* alias = find_alias(name);
    auto error = alias != nullptr ? apply_alias(*alias, value, parsed.options) : apply(name, value, parsed.options);
    if (error) return Refused{*error};
  }
  if (auto error = apply_environment(given.value(), environment, parsed.options)) return Refused{*error};
  if (auto error = apply_migration_aids(environment, parsed.options)) return Refused{*error};
  return parsed;
}

std::string help_text() {
  std::string text =
      "FickleDB - a DynamoDB for CI that is fickle on purpose.\n"
      "\n"
      "  fickledb [serve] [flags]          serve the DynamoDB API from memory\n"
      "  fickledb COMMAND [flags]          drive a running server (fickledb COMMAND --help)\n"
      "\n"
      "Commands: load export reset snapshot truncate universes faults simulation decisions clock\n"
      "          requests invocations verify marker sweep health wait\n"
      "\n"
      "Flags of serve (each also as a variable: --max-universes is FICKLEDB_MAX_UNIVERSES):\n";
  for (const Flag& flag : kFlags) {
    std::string left = "  --" + std::string(flag.name) + (flag.value.empty() ? "" : " " + std::string(flag.value));
    left.resize(std::max<std::size_t>(left.size() + 1, 28), ' ');
    text += left + std::string(flag.help) + "\n";
  }
  text +=
      "  -h, --help                this text\n"
      "  -V, --version             the version\n"
      "\n"
      "DynamoDB Local's and dynalite's spellings (-port, -inMemory, -sharedDb, --createTableMs ...) are understood.\n"
      "\n"
      "Try it:\n"
      "  fickledb --fixtures fixtures/samples\n"
      "  aws dynamodb list-tables --endpoint-url http://localhost:8000\n"
      "  curl -d '{\"effect\":{\"throttle\":{}},\"schedule\":{\"times\":2}}' localhost:8000/_fickle/faults\n";
  return text;
}

}  // namespace fickle
