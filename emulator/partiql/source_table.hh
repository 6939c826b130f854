// The table that a statement names, by name or ARN. Under the universe's mutex; throws ApiError.
#pragma once

#include <string_view>

#include "emulator/engine/session.hh"
#include "emulator/partiql/statement.hh"

namespace fickle::partiql {

[[nodiscard]] std::string_view action_of(const Statement& statement);  // as policies name it: "PartiQLSelect"
[[nodiscard]] Table& source_table(Session& session, const Source& source, std::string_view action);
[[nodiscard]] Table& source_table(Session& session, const Statement& statement);

}  // namespace fickle::partiql
