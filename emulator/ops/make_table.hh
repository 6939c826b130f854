// Makes a table of a TableSpec, for CreateTable, ImportTable and the restores.
#pragma once

#include "emulator/engine/session.hh"
#include "emulator/ops/table_spec.hh"

namespace fickle {

// Makes the table in the universe: CREATING until the lifecycle time has passed, or ACTIVE at once. Precondition: the name is free.
Table& make_table(Session& session, const TableSpec& spec);

// SSEDescription of a table from what read_encryption() gave.
[[nodiscard]] boost::json::object encryption_description(Session& session, const TableSettings& settings,
                                                         boost::json::object asked);

}  // namespace fickle
