// The composition root: options -> clock, dice, universes, faults, fixtures, server. Everything is passed in from here.
#include <malloc.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "emulator/admin/control_api.hh"
#include "emulator/cli/commands.hh"
#include "emulator/core/clock.hh"
#include "emulator/core/resident.hh"
#include "emulator/core/version.hh"
#include "emulator/extensions.hh"
#include "emulator/http/server.hh"
#include "emulator/options_parser.hh"
#include "emulator/service/models_access.hh"
#include "emulator/service/operations_port.hh"
#include "emulator/service/pipeline.hh"

namespace fickle {

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitBadStart = 3;
constexpr int kExitPortBusy = 98;
constexpr int kExitBroken = 70;  // --check-replies found an answer that its operation does not declare

int complain(std::string_view text, int code) {
  std::cerr << "fickledb: " << text << "\n";
  return code;
}

std::optional<std::string> environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// SIGTERM and SIGINT as an ordinary thread's business.
std::thread stop_on_signal(const sigset_t& signals, Server& server, Pipeline& pipeline, Events& events) {
  return std::thread([&server, &pipeline, &events, signals] {
    int received = 0;
    sigwait(&signals, &received);
    pipeline.stop();
    events.end();
    server.stop();
  });
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

void announce(const Options& options, std::uint16_t port, const std::vector<std::string>& loaded) {
  for (const std::string& warning : options.warnings) std::cerr << "fickledb: " << warning << "\n";
  if (options.log == "quiet") return;
  const std::string first = options.hosts.empty() ? "localhost" : options.hosts.front();
  const std::string host = first == "0.0.0.0" || first == "::" || first == "127.0.0.1" ? "localhost" : bracketed(first);
  const std::string endpoint = "http://" + host + ":" + std::to_string(port);
  std::cout << "FickleDB " << version() << "\n"
            << "endpoint " << endpoint << "\n"
            << "seed     " << options.seed << "\n";
  for (const std::string& name : loaded) std::cout << "fixture  " << name << "\n";
  std::cout << "export AWS_ENDPOINT_URL_DYNAMODB=" << endpoint << "\n" << std::flush;
}

int serve(Options options) {
  if (options.seed_random)
    options.seed = (static_cast<std::uint64_t>(std::random_device{}()) << 31) ^ std::random_device{}();
  const SystemClock system;
  UniversesOptions universes_options{.seed = options.seed,
                                     .universes_max = options.universes_max,
                                     .journal_entries = options.journal,
                                     .journal_bodies = options.journal_bodies,
                                     .idle_eviction = options.universe_idle,
                                     .account = options.account,
                                     .export_directory = options.export_directory};
  Universes universes(system, universes_options);
  const OperationsPort operations;
  ModelsAccess models(universes);
  Router router;
  Sections sections;
  Events events;
  Metrics metrics;
  Composition composition{.options = options,
                          .universes = universes,
                          .operations = operations,
                          .models = models,
                          .router = router,
                          .sections = sections,
                          .gate = std::make_unique<OpenGate>(),
                          .at_start = {},
                          .foreign_routes = {},
                          .loaded = {}};
  std::atomic<bool> ready{false};
  ControlApi control(options, universes, events, metrics, operations, router, sections, ready, composition.loaded);
  control.add_routes();
  for (const Extension& extension : extensions()) extension.attach(composition);
  universes.set_gate(*composition.gate);

  Pipeline pipeline(options, universes, *composition.gate, events, metrics);
  control.mount(pipeline, composition.foreign_routes);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  ServerOptions server_options{.port = options.port, .connections_max = options.connections_max};
  if (!options.hosts.empty()) server_options.hosts = options.hosts;
  Server server(server_options, pipeline);
  const auto port = server.bind();
  if (!port) return complain(port.error(), kExitPortBusy);
  std::thread stopper = stop_on_signal(signals, server, pipeline, events);
  std::thread accepting([&server] { server.serve(); });

  int exit_code = 0;
  try {
    for (const auto& start : composition.at_start) start();
    ready = true;
    announce(options, port.value(), composition.loaded);
    release_executable_pages();
  } catch (const std::exception& error) {
    exit_code = complain(error.what(), kExitBadStart);
    pthread_kill(stopper.native_handle(), SIGTERM);
  }
  accepting.join();
  stopper.join();
  if (pipeline.undeclared_replies() > 0) exit_code = complain("answers were not as declared", kExitBroken);
  return exit_code;
}

}  // namespace

}  // namespace fickle

int main(int argc, char** argv) {
  mallopt(M_ARENA_MAX, 2);             // many threads, little memory
  mallopt(M_MMAP_THRESHOLD, 1 << 20);  // large items come and go without growing the heap for good
  std::ios::sync_with_stdio(false);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && fickle::is_command(arguments.front()))
    return fickle::run_command(arguments, fickle::environment);
  if (!arguments.empty() && arguments.front() == "serve") arguments.erase(arguments.begin());
  auto parsed = fickle::parse_options(arguments, fickle::environment);
  if (!parsed) return fickle::complain(parsed.error(), fickle::kExitUsage);
  if (parsed.value().help) {
    std::cout << fickle::help_text();
    return 0;
  }
  if (parsed.value().version) {
    std::cout << "fickledb " << fickle::version() << "\n";
    return 0;
  }
  return fickle::serve(parsed.value().options);
}
