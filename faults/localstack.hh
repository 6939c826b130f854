// For those who come from LocalStack: its chaos API and error probabilities as aliases of rules. Pure.
// Source: LocalStack's documentation of /_localstack/chaos/{faults,effects} and DYNAMODB_*ERROR_PROBABILITY.
#pragma once

#include "emulator/options.hh"
#include "emulator/service/prepare_port.hh"
#include "faults/node.hh"

namespace fickle {

// Rules for --error-probability and its kin; empty when none is set.
[[nodiscard]] json::array error_probability_rules(const Options& options);

// One entry of the chaos API as a rule named `name`; nullopt when it concerns another service. Throws ControlError.
[[nodiscard]] std::optional<json::object> rule_of_chaos(const Node& entry, const std::string& name,
                                                        const PreparePort& operations);
// The way back: the entry that a rule made by rule_of_chaos stands for.
[[nodiscard]] json::object chaos_of_rule(const json::object& rule);

// Network effects, {"latency": milliseconds}, as a rule named `name`; nullopt for none. Throws ControlError.
[[nodiscard]] std::optional<json::object> rule_of_effects(const Node& effects, const std::string& name);
// The way back, for a rule made by rule_of_effects; without one no latency.
[[nodiscard]] json::object effects_of_rule(const std::optional<json::object>& rule);

}  // namespace fickle
