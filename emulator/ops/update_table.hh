// UpdateTable in two steps: what the request asks for, checked by itself, and what it does to a table. Source: API_UpdateTable;
// behaviour reference 3.8. The request is a value; apply_change runs under the universe's mutex.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/ops/replicas.hh"
#include "emulator/ops/table_spec.hh"
#include "emulator/ops/vector_index.hh"

namespace fickle {

struct IndexChange {
  enum class Kind { create, update, remove } kind = Kind::update;
  std::string name;
  boost::json::object body;  // the action's members
};

struct StreamChange {
  bool enable = false;
  std::optional<StreamView> view;
};

struct TableChange {
  std::string name;
  Definitions definitions;
  std::optional<BillingMode> billing;
  std::optional<Throughput> throughput;
  std::vector<IndexChange> indexes;
  std::optional<StreamChange> stream;
  std::optional<boost::json::object> encryption;  // SSEDescription, empty: the default is asked for
  std::optional<std::string> table_class;
  std::optional<bool> deletion_protection;
  UnitLimits on_demand, warm;
  ReplicaChange replicas;
  std::vector<VectorIndexChange> vectors;
};

// Everything that can be checked without the table. Throws ApiError.
[[nodiscard]] TableChange read_table_change(const boost::json::object& body);

// Checks the change against the table, makes it, and returns the TableDescription of the answer: throughput as it was, and
// whatever changes shown as changing.
[[nodiscard]] boost::json::object apply_change(Session& session, Table& table, const TableChange& change);

// The index part of it, in update_indexes.cc.
void check_index_changes(const Table& table, const TableChange& change, BillingMode billing, Instant now);
// One creation or deletion at a time, vector indexes included.
void check_online_changes(const Table& table, const TableChange& change);
void apply_index_changes(Session& session, Table& table, const TableChange& change);
// `old`: the description before the change; what goes is still shown, and throughput as it was.
void show_index_changes(boost::json::object& description, const boost::json::object& old, const TableChange& change);

}  // namespace fickle
