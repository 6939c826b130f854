// Resource policies as CreateTable gives them along. Guarded by the universe's mutex.
#pragma once

#include <string>

#include "emulator/engine/session.hh"

namespace fickle {

void check_policy(const std::string& policy);  // size and form
void attach_policy(Session& session, Table& table, const std::string& policy);

}  // namespace fickle
