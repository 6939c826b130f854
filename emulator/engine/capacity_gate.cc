#include "emulator/engine/capacity_gate.hh"

#include <algorithm>
#include <vector>

namespace fickle {

namespace {

constexpr double kPartitionRead = 3000 * 2;  // half units a second (fault facts B3)
constexpr double kPartitionWrite = 1000 * 2;
constexpr double kOnDemandRead = 12000 * 2;
constexpr double kOnDemandWrite = 4000 * 2;
constexpr Duration kPartitionBurst = std::chrono::seconds(1);

enum class Kind { read, write };

constexpr std::string_view kTableText =
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning "
    "level with the "
    "UpdateTable API.";
constexpr std::string_view kIndexText =
    "The level of configured provisioned throughput for one or more global secondary indexes of the table was "
    "exceeded. Consider "
    "increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API.";
constexpr std::string_view kOnDemandText =
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or "
    "index so please try "
    "again shortly. If exceptions persist, check if you have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

struct Arm {
  TokenBucket* bucket;
  double rate;
  Duration burst;
  double cost;
  bool needs_all;  // false: anything above zero will do
  Throttled why;
};

std::string reason(bool index, Kind kind, std::string_view limit) {
  return std::string(index ? "Index" : "Table") + (kind == Kind::read ? "Read" : "Write") + std::string(limit);
}

// Rates and words of a table or global index, by billing mode.
Arm capacity_arm(const Table& table, CapacityMeter& meter, const Index* index, Kind kind, double cost, Duration burst,
                 bool needs_all) {
  const bool on_demand = table.settings.billing == BillingMode::pay_per_request;
  const Throughput& throughput = index ? index->throughput : table.settings.throughput;
  const UnitLimits& ceiling = index ? index->on_demand : table.settings.on_demand;
  const std::string resource = table.settings.arn + (index ? "/index/" + index->schema.name : "");
  TokenBucket* bucket = kind == Kind::read ? &meter.read : &meter.write;
  const auto limit = kind == Kind::read ? ceiling.read : ceiling.write;
  if (!on_demand) {
    const double rate = 2.0 * static_cast<double>(kind == Kind::read ? throughput.read : throughput.write);
    return {bucket,
            rate,
            burst,
            cost,
            needs_all,
            {"ProvisionedThroughputExceededException", std::string(index ? kIndexText : kTableText),
             reason(index != nullptr, kind, "ProvisionedThroughputExceeded"), resource}};
  }
  const double peak = kind == Kind::read ? meter.peak_read : meter.peak_write;
  const double initial = kind == Kind::read ? kOnDemandRead : kOnDemandWrite;
  const double scaled = std::max(initial, 2 * peak);
  if (limit && 2.0 * static_cast<double>(*limit) < scaled) {
    return {bucket,
            2.0 * static_cast<double>(*limit),
            std::chrono::seconds(1),
            cost,
            needs_all,
            {"ThrottlingException", std::string(kOnDemandText),
             reason(index != nullptr, kind, "MaxOnDemandThroughputExceeded"), resource}};
  }
  return {bucket,
          scaled,
          std::chrono::seconds(1),
          cost,
          needs_all,
          {"ThrottlingException", std::string(kOnDemandText),
           reason(index != nullptr, kind, "KeyRangeThroughputExceeded"), resource}};
}

Arm partition_arm(const Table& table, CapacityMeter& meter, const Index* index, Kind kind, std::string_view partition,
                  double cost, bool needs_all) {
  const bool on_demand = table.settings.billing == BillingMode::pay_per_request;
  auto& buckets = kind == Kind::read ? meter.partition_read : meter.partition_write;
  TokenBucket& bucket = buckets[std::string(partition)];
  return {&bucket,
          kind == Kind::read ? kPartitionRead : kPartitionWrite,
          kPartitionBurst,
          cost,
          needs_all,
          {on_demand ? "ThrottlingException" : "ProvisionedThroughputExceededException",
           std::string(on_demand ? kOnDemandText
                       : index   ? kIndexText
                                 : kTableText),
           reason(index != nullptr, kind, "KeyRangeThroughputExceeded"),
           table.settings.arn + (index ? "/index/" + index->schema.name : "")}};
}

double level_of(Arm& arm, Instant now) {
  return arm.bucket->level(arm.rate, std::max<Duration>(arm.burst, std::chrono::seconds(1)), now);
}

// All arms must admit; then all are charged. A meter's use per second is its peak, for on-demand doubling.
std::optional<Throttled> admit(std::vector<Arm>& arms, Instant now) {
  for (Arm& arm : arms) {
    const double level = level_of(arm, now);
    if (arm.needs_all ? level < arm.cost : level <= 0) return arm.why;
  }
  for (Arm& arm : arms) arm.bucket->take(arm.cost);
  return std::nullopt;
}

// The partition of a row key, as bytes: row keys start with it; the hash alone tells partitions apart.
std::string_view partition_of(std::string_view row_key) {
  return row_key.substr(0, std::min<std::size_t>(8, row_key.size()));
}

void note_use(CapacityMeter& meter, Kind kind, double cost, Instant now) {
  meter.note_use(kind == Kind::read, cost, now);
}

std::vector<Arm> write_arms(const CapacityModel& model, Table& table, std::string_view row_key,
                            const Consumption& cost) {
  std::vector<Arm> arms;
  const auto own = static_cast<double>(cost.own.count);
  arms.push_back(capacity_arm(table, table.meter, nullptr, Kind::write, own, model.burst, true));
  if (model.partitions)
    arms.push_back(partition_arm(table, table.meter, nullptr, Kind::write, partition_of(row_key), own, true));
  for (const auto& [name, units] : cost.global) {
    Index* index = table.find_index(name);
    if (index == nullptr || units.count == 0) continue;
    arms.push_back(
        capacity_arm(table, index->meter, index, Kind::write, static_cast<double>(units.count), model.burst, true));
  }
  return arms;
}

std::vector<Arm> read_arms(const CapacityModel& model, Table& table, std::string_view row_key, HalfUnits cost) {
  std::vector<Arm> arms;
  const auto units = static_cast<double>(cost.count);
  arms.push_back(capacity_arm(table, table.meter, nullptr, Kind::read, units, model.burst, true));
  if (model.partitions)
    arms.push_back(partition_arm(table, table.meter, nullptr, Kind::read, partition_of(row_key), units, true));
  return arms;
}

}  // namespace

ApiError Throttled::error() const {
  const bool lower = code == "ThrottlingException";
  std::string extra = lower ? "\"throttlingReasons\":" : "\"ThrottlingReasons\":";
  extra += "[{\"reason\":\"" + reason + "\",\"resource\":\"" + resource + "\"}]";
  return {std::string_view(code), message, extra};
}

std::optional<Throttled> try_write(Session& session, Table& table, std::string_view row_key, const Consumption& cost) {
  const auto& model = session.universe().models.capacity;
  if (!model) return std::nullopt;
  auto arms = write_arms(*model, table, row_key, cost);
  auto throttled = admit(arms, session.now());
  if (!throttled) note_use(table.meter, Kind::write, static_cast<double>(cost.own.count), session.now());
  return throttled;
}

std::optional<Throttled> try_read(Session& session, Table& table, std::string_view row_key, HalfUnits cost) {
  const auto& model = session.universe().models.capacity;
  if (!model) return std::nullopt;
  auto arms = read_arms(*model, table, row_key, cost);
  auto throttled = admit(arms, session.now());
  if (!throttled) note_use(table.meter, Kind::read, static_cast<double>(cost.count), session.now());
  return throttled;
}

std::vector<std::optional<Throttled>> try_all(Session& session, const std::vector<Charge>& charges) {
  std::vector<std::optional<Throttled>> throttled(charges.size());
  const auto& model = session.universe().models.capacity;
  if (!model) return throttled;
  std::map<TokenBucket*, double> planned;
  bool all = true;
  for (std::size_t i = 0; i < charges.size(); ++i) {
    const Charge& charge = charges[i];
    auto arms = charge.kind == ChargeKind::write ? write_arms(*model, *charge.table, charge.row_key, charge.cost)
                                                 : read_arms(*model, *charge.table, charge.row_key, charge.cost.own);
    const auto lacking = std::find_if(arms.begin(), arms.end(), [&](Arm& arm) {
      return level_of(arm, session.now()) - planned[arm.bucket] < arm.cost;
    });
    if (lacking != arms.end()) {
      throttled[i] = lacking->why;
      all = false;
      continue;
    }
    for (const Arm& arm : arms) planned[arm.bucket] += arm.cost;
  }
  if (!all) return throttled;
  for (const auto& [bucket, cost] : planned) bucket->take(cost);
  for (const Charge& charge : charges) {
    const Kind kind = charge.kind == ChargeKind::write ? Kind::write : Kind::read;
    note_use(charge.table->meter, kind, static_cast<double>(charge.cost.own.count), session.now());
  }
  return throttled;
}

std::optional<Throttled> try_page(Session& session, Table& table, Index* index, std::string_view partition) {
  const auto& model = session.universe().models.capacity;
  if (!model) return std::nullopt;
  const bool global = index != nullptr && index->schema.kind == IndexSchema::Kind::global;
  CapacityMeter& meter = global ? index->meter : table.meter;
  const Index* named = global ? index : nullptr;
  std::vector<Arm> arms;
  arms.push_back(capacity_arm(table, meter, named, Kind::read, 0, model->burst, false));
  if (model->partitions && !partition.empty()) {
    arms.push_back(partition_arm(table, meter, named, Kind::read, partition_of(partition), 0, false));
  }
  return admit(arms, session.now());
}

void charge_page(Session& session, Table& table, Index* index, std::string_view partition, const Consumption& cost) {
  const auto& model = session.universe().models.capacity;
  if (!model) return;
  const bool global = index != nullptr && index->schema.kind == IndexSchema::Kind::global;
  CapacityMeter& meter = global ? index->meter : table.meter;
  const auto units = static_cast<double>(cost.total().count);
  meter.read.take(units);
  if (model->partitions && !partition.empty()) meter.partition_read[std::string(partition_of(partition))].take(units);
  note_use(meter, Kind::read, units, session.now());
}

void admit_write(Session& session, Table& table, std::string_view row_key, const Consumption& cost) {
  if (const auto throttled = try_write(session, table, row_key, cost)) throw throttled->error();
}

void admit_read(Session& session, Table& table, std::string_view row_key, HalfUnits cost) {
  if (const auto throttled = try_read(session, table, row_key, cost)) throw throttled->error();
}

}  // namespace fickle
