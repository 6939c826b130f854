// sweep: runs a test command again and again, each time with one fault on one of the DynamoDB calls it makes, and says what it survives.
// Source: control API, "Sweep".
#include <algorithm>
#include <chrono>
#include <iostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/cli/sweep/child.hh"
#include "emulator/cli/sweep/progress.hh"
#include "emulator/cli/sweep/result.hh"
#include "emulator/cli/sweep/stage.hh"
#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"
#include "emulator/core/timetext.hh"

namespace fickle::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Limits {
  std::optional<std::size_t> runs;
  std::optional<Duration> time;
  Duration run = std::chrono::minutes(1);
  std::vector<Only> only;
};

Limits read_limits(const Session& session) {
  Limits limits;
  if (const auto budget = session.arguments.get("budget")) {
    const auto runs = parse_integer(*budget);
    const auto time = parse_duration(*budget);
    if (runs && *runs > 0)
      limits.runs = static_cast<std::size_t>(*runs);
    else if (time && *time > Duration{0} && !runs)
      limits.time = time;
    else
      throw Failure{"--budget: '" + *budget + "' is neither a number of runs nor a duration such as 5m", kExitUsage};
  }
  if (const auto given = session.arguments.get("timeout")) {
    const auto limit = parse_duration(*given);
    if (!limit || *limit <= Duration{0})
      throw Failure{"--timeout: '" + *given + "' is not a duration such as 30s", kExitUsage};
    limits.run = *limit;
  }
  for (const std::string& list : session.arguments.all("only")) {
    for (const std::string_view part : split(list, ',')) {
      const Only only = parse_only(trim(part));
      if (!names_a_fault(only)) {
        std::string known;
        for (const SweepFault& fault : sweep_faults()) {
          if (known.find(fault.name) == std::string::npos)
            known += (known.empty() ? "" : ", ") + std::string(fault.name);
        }
        throw Failure{"--only: no fault is called '" + only.fault + "'; there are " + known, kExitUsage};
      }
      limits.only.push_back(only);
    }
  }
  return limits;
}

// What an AWS SDK needs to find the server, and nothing that could lead it elsewhere.
ChildCommand command_for(const Session& session) {
  const Endpoint& endpoint = session.control.endpoint();
  const std::string universe = session.control.universe().empty() ? "default" : session.control.universe();
  // Universes are named by access key, region, or "key:region" (--isolate).
  const std::size_t colon = universe.find(':');
  const std::string key = universe.substr(0, colon);
  const std::string region = colon == std::string::npos ? "us-east-1" : universe.substr(colon + 1);
  return {session.arguments.verbatim,
          {{"AWS_ENDPOINT_URL", endpoint.url},
           {"AWS_ENDPOINT_URL_DYNAMODB", endpoint.url},
           {"AWS_ACCESS_KEY_ID", key},
           {"AWS_SECRET_ACCESS_KEY", "fickledb"},
           {"AWS_REGION", region},
           {"AWS_DEFAULT_REGION", region},
           {"AWS_EC2_METADATA_DISABLED", "true"},
           {"FICKLEDB_ENDPOINT", endpoint.url},
           {"FICKLEDB_UNIVERSE", universe}},
          {"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
           "AWS_ENDPOINT_URL_DYNAMODB_STREAMS"}};
}

struct CleanRun {
  json::array requests;
  TablesData tables;
};

class Sweep {
 public:
  explicit Sweep(const Session& session)
      : session_(session), limits_(read_limits(session)), child_(command_for(session)), stage_(session.control) {
    result_.command = session.arguments.verbatim;
    result_.endpoint = session.control.endpoint().url;
    result_.seed = shown(object_in(session.control.ask("GET", "/health").body), "seed");
  }

  SweepResult run() {
    const auto started = Clock::now();
    learn();
    std::vector<Trial> trials = plan_trials(result_.calls, limits_.only);
    result_.planned = trials.size();
    if (limits_.runs && trials.size() > *limits_.runs) trials.resize(*limits_.runs);
    const auto faults_started = Clock::now();
    for (std::size_t i = 0; i < trials.size() && !result_.interrupted; ++i) {
      if (limits_.time && Clock::now() - faults_started >= *limits_.time) break;
      const SweepCall& call = result_.calls[trials[i].call];
      const std::size_t failures = result_.failures();
      progress_.show(i, trials.size(),
                     call.label() + " " + std::string(trials[i].fault->name) +
                         (failures == 0 ? "" : " (" + std::to_string(failures) + " did not survive)"));
      try_one(trials[i]);
    }
    // For people by call; the order of the runs was for the budget.
    std::stable_sort(result_.trials.begin(), result_.trials.end(),
                     [](const TrialResult& a, const TrialResult& b) { return a.trial.call < b.trial.call; });
    stage_.restore();
    result_.lasted = Clock::now() - started;
    return std::move(result_);
  }

 private:
  CleanRun clean_run(std::size_t nth) {
    progress_.show(nth, 2, "untouched run");
    stage_.prepare({});
    const ChildEnd end = run_child(child_, limits_.run, signals_);
    if (end.kind == ChildEnd::Kind::interrupted) throw Failure{"interrupted", kExitInterrupted};
    if (!end.passed()) {
      if (end.kind != ChildEnd::Kind::not_started) std::cerr << end.output;
      throw Failure{"the command must pass without any fault before it is swept: " + end.text() +
                    (end.kind == ChildEnd::Kind::timed_out ? " (see --timeout)" : "")};
    }
    CleanRun run{stage_.watched().requests, {}};
    run.tables = stage_.tables(tables_in(run.requests));
    return run;
  }

  void learn() {
    CleanRun first = clean_run(0);
    const CleanRun second = clean_run(1);
    result_.left_out = find_unstable(first.tables, second.tables);
    result_.calls = calls_in(first.requests);
    if (result_.calls.empty()) {
      throw Failure{"the command made no DynamoDB calls that reached " + session_.control.endpoint().url +
                    (session_.control.universe().empty() ? "" : ", universe " + session_.control.universe()) +
                    ": does it take its endpoint from AWS_ENDPOINT_URL or FICKLEDB_ENDPOINT?"};
    }
    clean_ = std::move(first.tables);
  }

  void try_one(const Trial& trial) {
    stage_.prepare({rule_of(trial, result_.calls)});
    const ChildEnd end = run_child(child_, limits_.run, signals_);
    if (end.kind == ChildEnd::Kind::interrupted) {
      result_.interrupted = true;
      return;
    }
    const Stage::Watched watched = stage_.watched();
    const FaultTrace trace = trace_of(watched, kTrialRule);
    std::set<std::string> names = tables_in(watched.requests);
    for (const auto& [name, data] : clean_) names.insert(name);
    const TablesData now = stage_.tables(names);
    look_at_new_tables(names);
    result_.trials.push_back({.trial = trial,
                              .passed = end.passed(),
                              .end = end.text(),
                              .fired = trace.fired,
                              .effective = trace.effective,
                              .attempts = trace.attempts,
                              .difference = difference(clean_, now, result_.left_out),
                              .last_line = end.passed() ? "" : one_line(last_line(end.output)),
                              .output = end.passed() ? "" : end.output,
                              .lasted = end.lasted});
  }

  // Tables that the untouched runs left alone are in them as at the beginning.
  void look_at_new_tables(const std::set<std::string>& names) {
    std::set<std::string> unknown;
    for (const std::string& name : names) {
      if (!clean_.contains(name)) unknown.insert(name);
    }
    if (unknown.empty()) return;
    stage_.prepare({});
    clean_.merge(stage_.tables(unknown));
  }

  const Session& session_;
  Limits limits_;
  ChildCommand child_;
  Signals signals_;
  Stage stage_;
  Progress progress_;
  TablesData clean_;
  SweepResult result_;
};

int sweep(const Session& session) {
  session.expect_words(0, 0);
  if (session.arguments.verbatim.empty())
    throw Failure{"sweep: which command? fickledb sweep -- COMMAND... (see fickledb sweep --help)", kExitUsage};
  const SweepResult result = Sweep(session).run();
  const auto json_file = session.arguments.get("json");
  if (json_file) write_output(*json_file, json_text(sweep_json(result)) + "\n", session.out);
  if (const auto file = session.arguments.get("junit")) write_output(*file, sweep_junit(result), session.out);
  if (json_file != "-") session.out << sweep_text(result) << std::flush;
  if (result.interrupted) throw Failure{"interrupted", kExitInterrupted};
  if (result.failures() > 0)
    throw Failure{std::to_string(result.failures()) + " of " + std::to_string(result.trials.size()) +
                  " faults were not survived"};
  if (result.trials.empty()) throw Failure{"nothing was tried: no fault applies to these calls (see --only)"};
  return 0;
}

constexpr Flag kFlags[] = {
    {"only", "OPERATION/FAULT", "globs, commas between; either part may be left out: PutItem, */lost-answer"},
    {"budget", "N|TIME", "at most so many runs with a fault, or so long (5m); first calls of each kind come first"},
    {"timeout", "TIME", "of one run (default 1m); longer is not survived"},
    {"junit", "FILE", "a JUnit report, one test case per call and fault"},
    {"json", "FILE", "the same as JSON ('-' for standard output, in place of the table)"},
};

}  // namespace

constinit const Command sweep_command{
    .name = "sweep",
    .summary = "which failures of DynamoDB does your test command survive?",
    .usage = "sweep [flags] -- COMMAND...",
    .details =
        "Learns which DynamoDB calls COMMAND makes, then runs it again once per call and fault: throttle, 500-before,\n"
        "500-after (it was done), lost-answer, conflict, partial-batch, stale-read. The data are put back before each "
        "run.\n"
        "Each fault hits one attempt of one call. Survived means: the command still passed, and the tables ended up "
        "as\n"
        "without the fault. COMMAND finds the server by AWS_ENDPOINT_URL and FICKLEDB_ENDPOINT. It may reset it and "
        "set\n"
        "faults of its own, as the pytest and Jest helpers do, but it must run its tests one after the other.\n"
        "\n"
        "  fickledb sweep -- pytest tests/test_orders.py\n"
        "  fickledb sweep --only '*/lost-answer' --budget 50 --junit sweep.xml -- npm test",
    .flags = kFlags,
    .run = sweep,
    .own_json = true,
    .runs_command = true};

}  // namespace fickle::cli
