// How tables and indexes describe themselves: TableDescription of CreateTable, UpdateTable, DeleteTable and DescribeTable
// (behaviour reference 3.5). Built under the mutex as plain JSON, printed outside.
#pragma once

#include <boost/json.hpp>

#include "emulator/store/table.hh"

namespace fickle {

enum class DescriptionKind { create, describe, update, remove };
[[nodiscard]] boost::json::object describe_table(const Table& table, DescriptionKind kind, Instant now);

[[nodiscard]] std::string_view status_name(TableStatus status);
[[nodiscard]] std::string_view status_name(IndexStatus status);
[[nodiscard]] double epoch_seconds(Instant instant);  // with a millisecond fraction
[[nodiscard]] boost::json::array key_schema_json(const KeySchema& key);
[[nodiscard]] boost::json::object projection_json(const IndexProjection& projection);
[[nodiscard]] std::string index_arn(const Table& table, const Index& index);
// OnDemandThroughput: ceilings as they were set; nothing when there are none.
void add_on_demand(boost::json::object& out, const UnitLimits& limits);

}  // namespace fickle
