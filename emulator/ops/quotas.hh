// Quotas of an account in a region that operations on tables run into. Pure; thread-safe under the universe's mutex.
// Source: developer guide, "Quotas in Amazon DynamoDB"; the model's LimitExceededException.
#pragma once

#include "emulator/engine/session.hh"

namespace fickle {

// Whatever makes a table CREATING, UPDATING or DELETING: LimitExceededException when 500 tables are.
void check_concurrency(Session& session);

// A new table: room for it (2,500 tables), room for its creation, and for one with secondary indexes (250 at a time).
enum class Indexed { no, yes };
void check_new_table(Session& session, Indexed indexed);

}  // namespace fickle
