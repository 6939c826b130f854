// The control calls of faults/: rules, presets, simulation, decisions, verify. Each changes a universe under its mutex, by the ModelsPort.
#pragma once

#include <memory>

#include "emulator/admin/router.hh"
#include "emulator/service/models_port.hh"
#include "faults/fault_engine.hh"

namespace fickle {

// What the routes work on; outlives the router.
struct FaultRoutes {
  FaultEngine& engine;
  ModelsPort& models;
  const PreparePort& operations;

  // Runs `work` on the rules of a universe under its mutex and tells the engine that they changed. 404 when it is unknown and not `make`.
  void with_rules(std::string_view universe, bool make, const std::function<void(RuleSet&, Instant now)>& work) const;
  // The same for its models and dice.
  void with_models(std::string_view universe, bool make, const std::function<void(Models&, Dice&)>& work) const;
};

[[nodiscard]] std::vector<Route> fault_routes(const FaultRoutes& parts);       // /faults, /presets
[[nodiscard]] std::vector<Route> simulation_routes(const FaultRoutes& parts);  // /simulation
[[nodiscard]] std::vector<Route> decision_routes(const FaultRoutes& parts);    // /decisions
[[nodiscard]] std::vector<Route> verify_routes(const FaultRoutes& parts);      // /faults/verify, /requests/verify
[[nodiscard]] std::vector<Route> sweep_routes(const FaultRoutes& parts);       // /sweep
[[nodiscard]] std::vector<Route> localstack_routes(const FaultRoutes& parts);  // /_localstack/chaos

}  // namespace fickle
