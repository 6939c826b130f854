#include "faults/extension.hh"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "emulator/core/json_parse.hh"
#include "faults/localstack.hh"
#include "faults/models/simulation.hh"
#include "faults/routes.hh"

namespace fickle {
namespace {

void log_line(const std::string& line) {
  const std::string text = line + "\n";
  (void)std::fwrite(text.data(), 1, text.size(), stderr);  // one write: lines of several threads do not mix
}

std::string where(const ControlError& error) {
  return (error.pointer.empty() ? "" : error.pointer + ": ") + error.detail;
}

json::value read_document(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("--faults " + path + ": cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  auto parsed = parse_json(text.str(), JsonDialect::relaxed);
  if (!parsed) {
    const auto& error = parsed.error();
    throw std::runtime_error("--faults " + path + ": " + error.what + " at line " + std::to_string(error.line));
  }
  return std::move(parsed).value();
}

// Rules that belong to the universe's baseline: a reset keeps them, a fork gets them.
void add_to_baseline(const FaultRoutes& parts, const std::string& universe, const json::value& document) {
  const auto rules = parse_rules({document, ""}, parts.operations);
  parts.with_rules(universe, true, [&rules](RuleSet& set, Instant now) { set.add_baseline(rules, now); });
  parts.models.keep_in_baseline(universe);
}

void apply_simulation(const FaultRoutes& parts, const std::string& universe, const json::value& section) {
  parts.with_models(universe, true, [&section](Models& models, Dice&) {
    models = parse_simulation({section, ""}, models);
  });
  parts.models.keep_in_baseline(universe);
}

void add_sections(Sections& sections, const FaultRoutes& parts) {
  sections.add({"faults",
                [parts](const json::value& section) {
                  check_names(parse_rules({section, ""}, parts.operations));
                },
                [parts](const std::string& universe, const json::value& section) {
                  add_to_baseline(parts, universe, section);
                }});
  sections.add({"simulation",
                [](const json::value& section) {
                  (void)parse_simulation({section, ""}, {});
                },
                [parts](const std::string& universe, const json::value& section) {
                  apply_simulation(parts, universe, section);
                }});
}

// Lifecycle times that other emulators' flags ask for.
void set_lifecycle(const FaultRoutes& parts, const Options& options) {
  if (!options.create_delay && !options.update_delay && !options.delete_delay) return;
  parts.with_models("default", true, [&options](Models& models, Dice&) {
    models.lifecycle_create = options.create_delay.value_or(models.lifecycle_create);
    models.lifecycle_update = options.update_delay.value_or(models.lifecycle_update);
    models.lifecycle_delete = options.delete_delay.value_or(models.lifecycle_delete);
  });
  parts.models.keep_in_baseline("default");
}

void attach(Composition& composition) {
  const Options& options = composition.options;
  auto engine =
      std::make_unique<FaultEngine>(RuleServices{composition.operations, options.account},
                                    options.log == "quiet" ? std::function<void(const std::string&)>() : log_line);
  const FaultRoutes parts{*engine, composition.models, composition.operations};
  composition.gate = std::move(engine);
  // Before /faults/{name}, so that a rule may be called what it likes but the verdict keeps its path.
  composition.router.add(verify_routes(parts));
  composition.router.add(fault_routes(parts));
  composition.router.add(simulation_routes(parts));
  composition.router.add(decision_routes(parts));
  composition.router.add(sweep_routes(parts));
  for (Route& route : localstack_routes(parts)) composition.foreign_routes.push_back(std::move(route));
  add_sections(composition.sections, parts);
  composition.at_start.push_back([parts, &options] {
    set_lifecycle(parts, options);
    const json::array probabilities = error_probability_rules(options);
    if (!probabilities.empty()) add_to_baseline(parts, "default", probabilities);
    for (const std::string& path : options.faults) {
      try {
        add_to_baseline(parts, "default", read_document(path));
      } catch (const ControlError& error) {
        throw std::runtime_error("--faults " + path + ": " + where(error));
      }
    }
  });
}

}  // namespace

constinit const Extension faults_extension{attach};

}  // namespace fickle
