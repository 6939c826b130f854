// simulation and decisions: standing models, and the draws that can be saved and played again.
#include <array>
#include <ostream>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

using Words = std::span<const std::string>;

int print_simulation(const Session& session, const Reply& reply) {
  if (session.print_json(reply)) return 0;
  const json::object& models = object_in(reply.body);
  for (const auto& model : models) session.out << std::string(model.key()) << "  " << shown(model.value()) << "\n";
  if (models.empty())
    session.out << "no simulation: reads are current, capacity has no limit, tables are active at once\n";
  return 0;
}

std::string document(const std::string& word) {
  return word.starts_with('{') ? word : read_input(word);
}

constexpr std::array kSimulationVerbs = {
    Verb{"show", 0, 0,
         [](const Session& session, Words) {
           return print_simulation(session, session.control.ask("GET", "/simulation"));
         }},
    Verb{"set", 1, 1,
         [](const Session& session, Words words) {
           const bool merge = session.arguments.has("merge");
           return print_simulation(session,
                                   session.control.ask(merge ? "PATCH" : "PUT", "/simulation", document(words[0])));
         }},
};

int save(const Session& session, Words words) {
  const Reply reply = session.control.ask("GET", "/decisions");
  write_output(words[0], reply.text, session.out);
  if (words[0] != "-" && !session.json())
    session.out << list_in(reply.body, "decisions").size() << " decisions saved; again with: fickledb decisions replay "
                << words[0] << "\n";
  return 0;
}

int replay(const Session& session, Words words) {
  const Reply reply = session.control.ask("PUT", "/decisions", read_input(words[0]));
  if (!session.print_json(reply))
    session.out << "following " << shown(object_in(reply.body), "following") << " decisions, then the seed\n";
  return 0;
}

constexpr std::array kDecisionVerbs = {Verb{"save", 1, 1, save}, Verb{"replay", 1, 1, replay}};

constexpr Flag kSimulationFlags[] = {{"merge", "", "set: change only what the document names"}};

int simulation(const Session& session) {
  return run_verb(session, kSimulationVerbs);
}

int decisions(const Session& session) {
  if (session.arguments.words.empty())
    throw Failure{"decisions: save FILE or replay FILE (see fickledb decisions --help)", kExitUsage};
  return run_verb(session, kDecisionVerbs);
}

}  // namespace

constinit const Command simulation_command{
    .name = "simulation",
    .summary = "standing models: lagging reads, capacity, latency, lifecycle times",
    .usage = "simulation [show]\nsimulation set FILE [--merge]",
    .details =
        "FILE may be the document itself:\n"
        "  fickledb simulation set '{\"consistency\":{\"reads\":{\"lag\":\"300ms\"}}}'\n"
        "  fickledb simulation set '{}'        all off",
    .flags = kSimulationFlags,
    .run = simulation};
constinit const Command decisions_command{
    .name = "decisions",
    .summary = "every draw of chance, saved and played again",
    .usage = "decisions save FILE\ndecisions replay FILE",
    .details =
        "A chaotic run that failed is saved, and replayed until it is understood. '-' is standard output or input.",
    .flags = {},
    .run = decisions};

}  // namespace fickle::cli
