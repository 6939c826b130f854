// Running the command, and what is reported of it.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "emulator/cli/sweep/child.hh"
#include "emulator/cli/sweep/result.hh"
#include "emulator/cli/sweep/stage.hh"

namespace fickle::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ChildEnd shell(const std::string& script, Duration limit = seconds(20)) {
  const Signals signals;
  return run_child({{"/bin/sh", "-c", script}, {{"SWEEP_GIVEN", "value"}}, {"SWEEP_REMOVED"}}, limit, signals);
}

TEST_CASE("A command's end, output and environment") {
  CHECK(shell("exit 0").passed());
  const ChildEnd failed = shell("echo out; echo why >&2; echo; exit 3");
  CHECK(failed.text() == "exit 3");
  CHECK(failed.output == "out\nwhy\n\n");
  CHECK(last_line(failed.output) == "why");
  CHECK(shell("kill -SEGV $$").text() == "signal 11");
  ::setenv("SWEEP_REMOVED", "x", 1);
  CHECK(shell("echo $SWEEP_GIVEN$SWEEP_REMOVED").output == "value\n");
  CHECK(shell("cat").passed());  // standard input is empty, not the terminal
}

TEST_CASE("Only the end of a long output is kept") {
  const ChildEnd end = shell("i=0; while [ $i -lt 4000 ]; do echo 0123456789; i=$((i+1)); done; echo last");
  CHECK(end.output.size() == 16384);
  CHECK(last_line(end.output) == "last");
}

TEST_CASE("A command past its time is ended with everything it started") {
  const ChildEnd end = shell("sleep 100 & sleep 100", milliseconds(50));
  CHECK(end.text() == "timed out");
  CHECK(end.lasted < seconds(20));
  CHECK(shell("trap '' TERM; sleep 100 & wait; sleep 100", milliseconds(200)).text() == "timed out");
}

TEST_CASE("What a command leaves running is ended") {
  const ChildEnd end = shell("sleep 100 & echo $!");
  REQUIRE(end.passed());
  const auto pid = static_cast<pid_t>(std::stol(end.output));
  // Whoever adopts it has yet to bury it: dead is what it must be, soon.
  bool running = true;
  for (int turn = 0; running && turn < 500; ++turn) {
    std::string state = "Z";
    if (FILE* file = std::fopen(("/proc/" + std::to_string(pid) + "/stat").c_str(), "r")) {
      char letter = 'Z';
      if (std::fscanf(file, "%*d %*s %c", &letter) == 1) state = std::string(1, letter);
      std::fclose(file);
    }
    running = state != "Z" && state != "X";
    if (running) ::usleep(10'000);
  }
  CHECK_FALSE(running);
}

TEST_CASE("A command that cannot be started says why") {
  const Signals signals;
  const ChildEnd end = run_child({{"/no/such/command"}, {}, {}}, seconds(20), signals);
  CHECK(end.text() == "cannot be started: No such file or directory");
  CHECK_FALSE(end.passed());
}

TEST_CASE("What a sweep saw tells whether a fault came, whether it had effect, and how often the call was tried") {
  const auto requests = boost::json::parse(R"([
    {"invocation":"a","faults":[]}, {"invocation":"b","faults":["sweep"]},
    {"invocation":"b","faults":[]}, {"invocation":"c","faults":["other"]},
    {"invocation":"","faults":["alone"]}, {"invocation":"","faults":[]}])")
                            .as_array();
  const auto rules = boost::json::parse(R"([
    {"name":"sweep","effective":true}, {"name":"other","effective":false}, {"name":"none","effective":false}])")
                         .as_array();
  const Stage::Watched watched{requests, rules};
  const FaultTrace trace = trace_of(watched, "sweep");
  CHECK(trace.fired);
  CHECK(trace.effective);
  CHECK(trace.attempts == 2);
  CHECK(trace_of(watched, "other").fired);
  CHECK_FALSE(trace_of(watched, "other").effective);
  CHECK_FALSE(trace_of(watched, "none").fired);
  CHECK(trace_of(watched, "alone").attempts == 1);
}

SweepResult sample() {
  SweepResult result;
  result.command = {"./test"};
  result.calls = {SweepCall{"PutItem", {"orders"}, 1, false, true}, SweepCall{"GetItem", {"orders"}, 1, true, false}};
  const auto trials = plan_trials(result.calls, {parse_only("PutItem/throttle"), parse_only("GetItem/stale-read"),
                                                 parse_only("GetItem/lost-answer")});
  result.trials = {
      {trials[0], true, "passed", true, true, 2, "", "", "", seconds(1)},
      {trials[1], true, "passed", false, false, 0, "", "", "", seconds(1)},
      {trials[2], false, "exit 1", true, true, 1, "", "<boom> & \"bang\"", "<boom> & \"bang\"\n\x01", seconds(1)}};
  result.planned = 4;
  result.left_out.attributes["orders"] = {"at"};
  return result;
}

TEST_CASE("The table names call, fault, end, attempts, data and verdict") {
  const std::string text = sweep_text(sample());
  INFO(text);
  CHECK(text.find("PutItem orders #1  throttle") != std::string::npos);
  CHECK(text.find("DID NOT SURVIVE  <boom>") != std::string::npos);
  CHECK(text.find("not reached") != std::string::npos);
  CHECK(text.find("not compared, they differ between two untouched runs: orders at") != std::string::npos);
  CHECK(text.find("2 calls, 3 faults tried: 2 survived, 1 did not; 1 not tried (--budget)") != std::string::npos);
}

TEST_CASE("JUnit: a case per trial, what failed escaped, what was not reached skipped") {
  const std::string xml = sweep_junit(sample());
  INFO(xml);
  CHECK(xml.find(R"(tests="3" failures="1" errors="0" skipped="1")") != std::string::npos);
  CHECK(xml.find(R"(classname="sweep.PutItem" name="PutItem orders #1 throttle")") != std::string::npos);
  CHECK(xml.find("exit 1: &lt;boom&gt; &amp; &quot;bang&quot;") != std::string::npos);
  CHECK(xml.find('\x01') == std::string::npos);
}

TEST_CASE("JSON: every run with its call and outcome, and a summary") {
  const auto report = sweep_json(sample());
  const auto& runs = report.at("runs").as_array();
  REQUIRE(runs.size() == 3);
  CHECK(runs[0].at("call").at("operation") == "PutItem");
  CHECK(runs[0].at("attempts") == 2);
  CHECK(runs[2].at("survived") == false);
  CHECK(report.at("summary").at("didNotSurvive") == 1);
  CHECK(report.at("leftOut").as_array().size() == 1);
}

}  // namespace
}  // namespace fickle::cli
