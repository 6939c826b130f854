// TableSpec: the members that CreateTable, ImportTable and the restores share - keys, indexes, billing, stream, encryption - read and checked
// by the rules that need no other table (behaviour reference 3.3, 3.4). Not an operation. Values.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/ops/key_schema_spec.hh"
#include "emulator/ops/throughput_spec.hh"
#include "emulator/ops/vector_index.hh"
#include "emulator/store/table.hh"

namespace fickle {

struct IndexSpec {
  IndexSchema schema;
  std::optional<Throughput> throughput;
  UnitLimits on_demand, warm;
};

struct TableSpec {
  std::string name;
  TableSchema schema;
  std::vector<KeyAttribute> attribute_definitions;
  std::vector<IndexSpec> indexes;  // LSIs, then GSIs
  BillingMode billing = BillingMode::provisioned;
  bool billing_mode_given = false;
  std::optional<Throughput> throughput;
  UnitLimits on_demand, warm;
  std::optional<StreamView> stream;
  std::optional<std::string> table_class;
  bool deletion_protection = false;
  std::map<std::string, std::string> tags;
  boost::json::object encryption;  // SSEDescription, empty when default
  std::vector<VectorIndexChange> vectors;
  std::optional<std::string> policy;
};

// Reads and checks; `body` has passed shapes and constraints. Throws ApiError.
[[nodiscard]] TableSpec read_table_spec(const boost::json::object& body);

// A global index of CreateTable or UpdateTable.
[[nodiscard]] IndexSpec read_global_index(const boost::json::object& body, const Definitions& definitions);
// The NonKeyAttributes of all the table's indexes, counted as often as they are named.
void check_projected(std::size_t count);
void check_index_throughput(const IndexSpec& index, BillingMode billing);
// TableClass, which has a sentence of its own for what it does not know.
[[nodiscard]] std::optional<std::string> read_table_class(const boost::json::object& body);
// SSEDescription as asked for; empty: the default encryption. The key's ARN is empty when DynamoDB's own is meant.
[[nodiscard]] boost::json::object read_encryption(const boost::json::object& body);
}  // namespace fickle
