// The rivals of `contend`: a competing writer that commits just before the request is evaluated, under the same lock.
#pragma once

#include <span>

#include "emulator/engine/session.hh"

namespace fickle {

// Runs every rival of the session's conditions against the members concerned (Conditions::members, else the first); whether any changed
// something.
[[nodiscard]] bool run_rivals(Session& session, std::span<const RivalTarget> members);

}  // namespace fickle
