// What faults/ adds to the emulator: its Gate, its control calls, the scenario sections `faults` and `simulation`, and --faults FILE.
#pragma once

#include "emulator/extensions.hh"

namespace fickle {

extern const Extension faults_extension;

}  // namespace fickle
