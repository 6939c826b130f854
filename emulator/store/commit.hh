// store::commit: the only writer. A set of writes becomes visible at one instant; rows, indexes, stream, expiry queue and counters move
// together. Precondition: every write was checked against the schema (keys present, index key types right).
#pragma once

#include <span>

#include "emulator/store/universe.hh"

namespace fickle::store {

struct Write {
  Table* table = nullptr;
  RowKey key;
  ItemPtr after;  // nullptr: delete
};

// Writes that change nothing (equal item, delete of a missing item) leave no version and no stream record.
void commit(Universe& universe, std::span<const Write> writes, WriteCause cause = WriteCause::request);
// The same at a virtual time that has passed already: sweeps during an advance.
void commit_at(Universe& universe, std::span<const Write> writes, WriteCause cause, Instant at);

// Builds (or rebuilds) the entries of one index from the table's rows: index creation, restored tables, fixtures in bulk.
void backfill(Universe& universe, Table& table, Index& index);

// Bulk path for fixtures: rows known to be new or replaced, sealed at once; indexes, counters and expiries follow. No stream records.
void load(Universe& universe, Table& table, std::vector<ItemPtr> items);

}  // namespace fickle::store
