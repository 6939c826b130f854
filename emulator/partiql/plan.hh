// How a SELECT reads: which parts of the table or index, in which order. Equality or IN on the whole partition key makes it read
// partitions, and conditions on the sort key narrow them; anything else reads everything. Pure; throws ApiError for key values that no
// key can have and for an ORDER BY that cannot be served. Rules: behaviour reference 9.2.
#pragma once

#include <string>
#include <vector>

#include "emulator/partiql/statement.hh"
#include "emulator/store/table.hh"

namespace fickle::partiql {

// Row keys in [low, high), all of one partition; `high` empty: to the end.
struct Span {
  std::string low;
  std::string high;
  std::string partition;  // encoded; empty: the span is the whole table or index
};

// Invariant: spans do not overlap; they are in the order in which they are read.
struct ReadPlan {
  std::vector<Span> spans;
  Direction direction = Direction::forward;  // within a span
  [[nodiscard]] bool is_keyed() const { return !spans.front().partition.empty(); }
};
[[nodiscard]] ReadPlan plan_read(const Select& select, const Table& table, const Index* index);

}  // namespace fickle::partiql
