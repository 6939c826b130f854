// health and wait: whether the server is there and its fixtures are in.
#include <chrono>
#include <ostream>
#include <thread>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/timetext.hh"

namespace fickle::cli {
namespace {

constexpr Duration kHealthPatience = std::chrono::seconds(3);
constexpr std::chrono::milliseconds kBetweenTries{25};

std::string uptime_of(const json::object& health) {
  const std::chrono::seconds up(number_in(health, "uptimeMs") / 1000);
  return format_duration(up);
}

void print(const Session& session, const Reply& reply) {
  if (session.print_json(reply)) return;
  const json::object& health = object_in(reply.body);
  session.out << "ready    " << session.control.endpoint().url << "\n"
              << "version  " << shown(health, "version") << ", up " << uptime_of(health) << "\n"
              << "seed     " << shown(health, "seed") << "\n"
              << "tables   " << shown(health, "tables") << "\n";
  for (const json::value& fixture : list_in(reply.body, "fixtures"))
    session.out << "fixture  " << shown(fixture) << "\n";
}

// Why it is not ready, or nothing.
std::string look(const Session& session, Duration patience, Reply& reply) {
  auto answer = session.control.try_call("GET", "/health", {}, patience);
  if (!answer) return answer.error();
  reply = std::move(answer).value();
  if (reply.ok()) return "";
  const std::string status = shown(object_in(reply.body), "status");
  if (reply.status == 503) return session.control.endpoint().url + " is " + (status.empty() ? "not ready" : status);
  return session.control.endpoint().url + ": " + reply.problem();
}

int health(const Session& session) {
  session.expect_words(0, 0);
  Reply reply;
  const std::string why = look(session, kHealthPatience, reply);
  if (!why.empty()) throw Failure{why};
  print(session, reply);
  return 0;
}

int wait_until_ready(const Session& session) {
  session.expect_words(0, 0);
  const std::string given = session.arguments.get("timeout").value_or("30s");
  const auto timeout = parse_duration(given);
  if (!timeout) throw Failure{"--timeout: '" + given + "' is not a duration such as 30s", kExitUsage};
  const auto deadline = std::chrono::steady_clock::now() + *timeout;
  while (true) {
    Reply reply;
    const std::string why = look(session, kHealthPatience, reply);
    if (why.empty()) {
      print(session, reply);
      return 0;
    }
    if (std::chrono::steady_clock::now() >= deadline) throw Failure{"not ready after " + given + ": " + why};
    std::this_thread::sleep_for(kBetweenTries);
  }
}

constexpr Flag kWaitFlags[] = {{"timeout", "TIME", "how long to wait for it (default 30s)"}};

}  // namespace

constinit const Command health_command{
    .name = "health",
    .summary = "whether the server is ready",
    .usage = "health",
    .details = "Ends with 0 only when the fixtures are in. Made for a container's HEALTHCHECK.",
    .flags = {},
    .run = health};
constinit const Command healthcheck_command{.name = "healthcheck",
                                            .summary = "another word for health",
                                            .usage = "healthcheck",
                                            .details = "",
                                            .flags = {},
                                            .run = health};
constinit const Command wait_command{
    .name = "wait",
    .summary = "waits until the server is ready",
    .usage = "wait [--timeout 30s]",
    .details = "Ends with 0 as soon as the fixtures are in, with 1 when the time is up.",
    .flags = kWaitFlags,
    .run = wait_until_ready};

}  // namespace fickle::cli
