// What descriptions of a table show of features that are only state: the members of TableSettings::more["describe"]. Guarded by the
// universe's mutex, as the table is.
#pragma once

#include <boost/json.hpp>
#include <string_view>

#include "emulator/store/table.hh"

namespace fickle {

// nullptr: nothing is kept, or nothing under that name.
[[nodiscard]] const boost::json::object* described_of(const Table& table);
[[nodiscard]] const boost::json::value* find_described(const Table& table, std::string_view member);

// To be changed; made when there is none.
[[nodiscard]] boost::json::object& described_more(Table& table);

}  // namespace fickle
