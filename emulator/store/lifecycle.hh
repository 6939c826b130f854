// What happens to whole tables besides writes: they are dropped, emptied, get or lose a stream, get or lose expiry. Guarded by the
// universe's mutex. No checks: operations have made them.
#pragma once

#include <string_view>

#include "emulator/store/universe.hh"

namespace fickle::store {

// The table disappears at once; its streams stay readable for 24 h as orphans. Nothing when there is no such table.
void drop_table(Universe& universe, std::string_view name);
void drop_table_at(Universe& universe, std::string_view name, Instant at);
// Deletes the items and keeps the table. O(1) beside freeing what changed; no stream records.
void truncate(Universe& universe, Table& table);

// Forgets attribute definitions that no key of the table or of an index, and no search schema uses.
void prune_definitions(Table& table);

// Starts a new stream: label from the clock, unique among the table's streams. It is ENABLING for the wait, and records nothing
// meanwhile. Precondition: none is enabled.
void enable_stream(Universe& universe, Table& table, StreamView view, Duration wait = {});
// The stream moves to past_streams and records no more; its shards close when it has been DISABLING for the wait. Nothing when none is
// enabled.
void disable_stream(Universe& universe, Table& table, Duration wait = {});
// What was being enabled or disabled until `at` is.
void settle_streams(Universe& universe, Table& table, Instant at);

// Expiry by `attribute` from now on; the queue is built from the items.
void enable_time_to_live(Universe& universe, Table& table, std::string attribute);
void disable_time_to_live(Universe& universe, Table& table);

}  // namespace fickle::store
