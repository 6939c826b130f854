// The rivals of `contend`: a competing writer that commits just before the request is evaluated, under the same lock.
#pragma once

#include "emulator/engine/session.hh"

namespace fickle {

// Runs every rival of the session's conditions against `key` of `table`; whether any changed something.
[[nodiscard]] bool run_rivals(Session& session, Table& table, const Item& key);

}  // namespace fickle
