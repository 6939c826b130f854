// Every command, each defined in the file of its group.
#pragma once

#include "emulator/cli/command.hh"

namespace fickle::cli {

extern const Command load_command, export_command;                                           // fixture_commands.cc
extern const Command reset_command, snapshot_command, truncate_command, universes_command;   // universe_commands.cc
extern const Command faults_command;                                                         // fault_commands.cc
extern const Command simulation_command, decisions_command;                                  // model_commands.cc
extern const Command clock_command;                                                          // clock_command.cc
extern const Command requests_command, invocations_command, verify_command, marker_command;  // journal_commands.cc
extern const Command health_command, healthcheck_command, wait_command;                      // health_commands.cc
extern const Command sweep_command;                                                          // sweep/sweep.cc

}  // namespace fickle::cli
