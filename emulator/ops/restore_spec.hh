// What a restored table is like: its source with the ...Override members of the request. Source: API_RestoreTableFromBackup,
// API_RestoreTableToPointInTime.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "emulator/ops/table_spec.hh"

namespace fickle {

// `body` is the request. Throws ApiError when it names an index that the source does not have, or capacity that the billing mode does not go with.
[[nodiscard]] TableSpec restore_spec(const Table& source, const std::string& target, const boost::json::object& body);

}  // namespace fickle
