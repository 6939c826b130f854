// Table: rows, indexes, stream, expiry queue and settings of one table. Guarded by the universe's mutex; only store::commit changes rows.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/store/capacity.hh"
#include "emulator/store/expiry_queue.hh"
#include "emulator/store/rows.hh"
#include "emulator/store/schema.hh"
#include "emulator/store/stream_log.hh"

namespace fickle {

enum class TableStatus { creating, active, updating, deleting };
enum class IndexStatus { creating, active, updating, deleting };
enum class BillingMode { provisioned, pay_per_request };

struct Throughput {
  std::int64_t read = 0, write = 0;
  std::optional<Instant> last_increase, last_decrease;
  std::int64_t decreases_today = 0;
};
struct UnitLimits {  // OnDemandThroughput or WarmThroughput; absent: not given
  std::optional<std::int64_t> read, write;
};

struct TimeToLive {
  std::optional<std::string> attribute;  // absent: disabled
  std::optional<Instant> changed_at;     // ENABLING / DISABLING until an hour later when lifecycle times are on
  bool enabled = false;
};

struct Index {
  IndexSchema schema;
  IndexStatus status = IndexStatus::active;
  bool backfilling = false;
  std::optional<Instant> status_until;  // on the virtual clock
  Throughput throughput;
  UnitLimits on_demand, warm;
  std::int64_t item_count = 0;
  Bytes size;           // of the projected entries
  Rows rows;            // the whole item under the index key; projected when read
  Instant newest_at{};  // when the newest change shows: changes of a lagging index keep their order
  CapacityMeter meter;
  boost::json::object more;  // further settings that are only state (contributor insights, ...)
};

// Settings that are state only: echoed by Describe, never looked into by the store.
struct TableSettings {
  std::string id;  // uuid
  std::string arn;
  std::string region, account;
  Instant created{};
  BillingMode billing = BillingMode::provisioned;
  bool billing_mode_given = false;
  std::optional<Instant> pay_per_request_since;
  Throughput throughput;
  UnitLimits on_demand, warm;
  bool deletion_protection = false;
  std::optional<std::string> table_class;
  std::optional<Instant> table_class_changed;
  std::map<std::string, std::string> tags;
  std::vector<KeyAttribute> attribute_definitions;  // in the order given
  std::vector<std::string> searched_attributes;  // of the search schemas of vector indexes: they keep their definitions
  boost::json::object
      more;  // SSEDescription, Replicas, RestoreSummary, PITR, policy, contributor insights, Kinesis...: by feature name
};

// A copy of a table is a picture of it: rows and expiries sealed and shared, streams its own. See picture.cc.
struct Table {
  TableSchema schema;
  TableSettings settings;
  TableStatus status = TableStatus::active;
  std::optional<Instant> status_until;
  TimeToLive ttl;
  std::int64_t item_count = 0;
  Bytes size;
  Rows rows;
  std::vector<Index> indexes;                            // LSIs and GSIs in the order of creation
  std::shared_ptr<StreamLog> stream;                     // the enabled one, or null
  std::vector<std::shared_ptr<StreamLog>> past_streams;  // disabled, describable for 24 h
  ExpiryQueue expiries;                                  // what the TTL sweep will delete
  CapacityMeter meter;
  std::optional<Instant> history_since;  // point-in-time recovery: versions of rows are kept from here on...
  Duration history_period = std::chrono::hours(24 * 35);  // ...for so long

  [[nodiscard]] const Index* find_index(std::string_view name) const;
  [[nodiscard]] Index* find_index(std::string_view name);
  [[nodiscard]] bool has_local_index() const;
};

// The expiry instant that the item's TTL attribute names, a number of seconds; nullopt when TTL is off or the item never expires.
[[nodiscard]] std::optional<Instant> expiry_of(const Table& table, const Item& item);
// The same, and nullopt as well when it lies more than five years in the past of `now`: too old to be taken for an expiry.
[[nodiscard]] std::optional<Instant> expiry_of(const Table& table, const Item& item, Instant now);

}  // namespace fickle
