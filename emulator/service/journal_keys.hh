// How a journal entry reads: its tables, keys and JSON; and what must not be in it. Pure.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

#include "emulator/service/journal.hh"
#include "emulator/store/universe.hh"

namespace fickle {

// Credentials out: Authorization keeps its access key id, X-Amz-Security-Token and signatures in queries go.
void redact(HeaderList& headers);
[[nodiscard]] std::vector<std::string> tables_of(const JournalEntry& entry);  // each once, in order
// Names of a table's primary key attributes, empty when the table is not known (any more).
using KeyNames = std::function<std::vector<std::string>(std::string_view table)>;
// Those of a universe, which must outlive the function and be locked while it is called.
[[nodiscard]] KeyNames key_names_of(const Universe& universe);
// The whole entry as the control API shows it.
[[nodiscard]] boost::json::object to_json(const JournalEntry& entry, const KeyNames& key_names);
// The key of one touch: of what the request carried, the key attributes (all of it when these are not known).
[[nodiscard]] Item key_of(const Touch& touch, const KeyNames& key_names);
[[nodiscard]] std::string_view applied_name(Effects::Applied applied);

}  // namespace fickle
