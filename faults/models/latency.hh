// The wait that the latency model gives a request. Draws are the model's own: no rule disturbs them.
#pragma once

#include "emulator/core/dice.hh"
#include "emulator/engine/prepared.hh"
#include "emulator/store/models.hh"

namespace fickle {

// `groups`: bits of Group; a request that writes is a write, control operations take no time.
[[nodiscard]] Duration model_wait(const LatencyModel& model, unsigned groups, Dice& dice);

}  // namespace fickle
