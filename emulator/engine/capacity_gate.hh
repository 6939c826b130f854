// Enforced capacity (simulation `capacity`): buckets of tables, indexes and partitions are asked before the work. Free when the model is off.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/engine/consumed.hh"
#include "emulator/engine/session.hh"

namespace fickle {

// Why something was not admitted: what a throttling error says.
struct Throttled {
  std::string code;  // ProvisionedThroughputExceededException, ThrottlingException, RequestLimitExceeded
  std::string message;
  std::string reason;                    // "TableWriteProvisionedThroughputExceeded"
  std::string resource;                  // ARN of the table or index
  [[nodiscard]] ApiError error() const;  // with ThrottlingReasons
};

// Takes the cost when all of it is there; else tells why not, taking nothing.
[[nodiscard]] std::optional<Throttled> try_write(Session& session, Table& table, std::string_view row_key,
                                                 const Consumption& cost);
[[nodiscard]] std::optional<Throttled> try_read(Session& session, Table& table, std::string_view row_key,
                                                HalfUnits cost);
// The members of a transaction: all of them, or why not by member, and nothing is taken.
enum class ChargeKind { read, write };
struct Charge {
  Table* table = nullptr;
  RowKey row_key;
  Consumption cost;
  ChargeKind kind = ChargeKind::write;
};
[[nodiscard]] std::vector<std::optional<Throttled>> try_all(Session& session, const std::vector<Charge>& charges);
// Query and Scan: admitted when anything is left, then charged, into debt if need be.
[[nodiscard]] std::optional<Throttled> try_page(Session& session, Table& table, Index* index,
                                                std::string_view partition);
void charge_page(Session& session, Table& table, Index* index, std::string_view partition, const Consumption& cost);

// try_write and try_read that throw.
void admit_write(Session& session, Table& table, std::string_view row_key, const Consumption& cost);
void admit_read(Session& session, Table& table, std::string_view row_key, HalfUnits cost);

}  // namespace fickle
