// TableSpec: the members that CreateTable, ImportTable and the restores share - keys, indexes, billing, stream, encryption - read and checked
// by the rules that need no other table (behaviour reference 3.3, 3.4). Not an operation. Values.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/engine/session.hh"
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

// Key schema of the table or of an index against the definitions. For UpdateTable's index creations too.
struct Definitions {
  std::vector<KeyAttribute> list;
  [[nodiscard]] const KeyAttribute* find(std::string_view name) const;
};
[[nodiscard]] Definitions read_definitions(const boost::json::object& body);
enum class SchemaKind { table, local_index, global_index };
[[nodiscard]] KeySchema read_key_schema(const boost::json::object& owner, const Definitions& definitions,
                                        SchemaKind kind);
[[nodiscard]] IndexProjection read_projection(const boost::json::object& owner);
[[nodiscard]] IndexSpec read_global_index(const boost::json::object& body, const Definitions& definitions);
void check_index_throughput(const IndexSpec& index, BillingMode billing);
[[nodiscard]] UnitLimits read_unit_limits(const boost::json::object& owner, std::string_view member,
                                          std::string_view read_name, std::string_view write_name);

[[nodiscard]] std::optional<Throughput> read_throughput(const boost::json::object& owner);
void check_units(const Throughput& throughput);
// TableClass, which has a sentence of its own for what it does not know.
[[nodiscard]] std::optional<std::string> read_table_class(const boost::json::object& body);
// SSEDescription as asked for; empty: the default encryption. The key's ARN is empty when DynamoDB's own is meant.
[[nodiscard]] boost::json::object read_encryption(const boost::json::object& body);
[[nodiscard]] boost::json::object encryption_description(Session& session, const TableSettings& settings,
                                                         boost::json::object asked);
// OnDemandThroughput of CreateTable, of the table (`index` empty) or an index.
void check_on_demand(const UnitLimits& limits, BillingMode billing, const std::string& index);
// The same of UpdateTable, in its words.
void check_changed_on_demand(const UnitLimits& limits, BillingMode billing);
// WarmThroughput, of the table (`index` empty) or an index: no less than what is warm without being asked for, or than it is.
void check_initial_warm(const UnitLimits& warm, BillingMode billing, const std::optional<Throughput>& throughput,
                        const std::string& index);
void check_changed_warm(const UnitLimits& warm, BillingMode billing, const UnitLimits& present,
                        const Throughput& throughput, const std::string& index);
// A ceiling of -1 is none.
void change_ceilings(UnitLimits& present, const UnitLimits& wanted);
// What DescribeTable echoes of features that are only state.
[[nodiscard]] boost::json::object& described_more(Table& table);

// Makes the table in the universe: CREATING until the lifecycle time has passed, or ACTIVE at once. Precondition: the name is free.
Table& make_table(Session& session, const TableSpec& spec);

}  // namespace fickle
