#include "emulator/ops/backups.hh"

#include <algorithm>
#include <array>
#include <cstdio>

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/arn_scope.hh"
#include "emulator/engine/described.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/vector_index.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kRegister = "backups";
constexpr Duration kRecoveryLag = std::chrono::minutes(5);
constexpr Duration kSystemBackupLife = std::chrono::hours(24 * 35);

std::string new_arn(Session& session, const Table& table) {
  const auto now = session.now().time_since_epoch();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::array<char, 40> id{};
  const auto dice = static_cast<unsigned>(session.universe().dice.bits("backups") & 0xFFFFFFFFU);
  std::snprintf(id.data(), id.size(), "0%013lld-%08x", static_cast<long long>(millis), dice);
  return table.settings.arn + "/backup/" + id.data();
}

json::object throughput_json(const Throughput& throughput) {
  return {{"ReadCapacityUnits", throughput.read}, {"WriteCapacityUnits", throughput.write}};
}

json::object source_json(const Table& table) {
  const TableSettings& settings = table.settings;
  json::object out{{"TableName", table.schema.name},
                   {"TableId", settings.id},
                   {"TableArn", settings.arn},
                   {"TableSizeBytes", table.size.count},
                   {"KeySchema", key_schema_json(table.schema.key)},
                   {"TableCreationDateTime", epoch_seconds(settings.created)},
                   {"ProvisionedThroughput", throughput_json(settings.throughput)},
                   {"ItemCount", table.item_count}};
  add_on_demand(out, settings.on_demand);
  out["BillingMode"] = settings.billing == BillingMode::pay_per_request ? "PAY_PER_REQUEST" : "PROVISIONED";
  return out;
}

json::object features_json(const Table& table) {
  json::object out;
  json::array local;
  json::array global;
  for (const Index& index : table.indexes) {
    json::object one{{"IndexName", index.schema.name},
                     {"KeySchema", key_schema_json(index.schema.key)},
                     {"Projection", projection_json(index.schema.projection)}};
    const bool is_global = index.schema.kind == IndexSchema::Kind::global;
    if (is_global) {
      one["ProvisionedThroughput"] = throughput_json(index.throughput);
      add_on_demand(one, index.on_demand);
    }
    (is_global ? global : local).push_back(std::move(one));
  }
  if (!local.empty()) out["LocalSecondaryIndexes"] = std::move(local);
  if (!global.empty()) out["GlobalSecondaryIndexes"] = std::move(global);
  if (table.stream) {
    out["StreamDescription"] =
        json::object{{"StreamEnabled", true}, {"StreamViewType", stream_view_name(table.stream->view)}};
  }
  if (table.ttl.enabled) {
    out["TimeToLiveDescription"] =
        json::object{{"TimeToLiveStatus", "ENABLED"}, {"AttributeName", *table.ttl.attribute}};
  }
  if (const json::value* encryption = find_described(table, "SSEDescription")) out["SSEDescription"] = *encryption;
  if (json::array vectors = vector_indexes_as_asked(table); !vectors.empty()) out["VectorIndexes"] = std::move(vectors);
  return out;
}

}  // namespace

std::string table_of_backup(const std::string& arn) {
  const auto parsed = parse_table_arn(arn);
  if (!parsed || parsed->kind != TableArn::Kind::backup) throw_validation("Invalid Backup ARN");
  return parsed->table;
}

json::object& all_backups(Universe& universe) {
  return universe.registers[std::string(kRegister)];
}

json::object& find_backup(Session& session, const std::string& arn) {
  json::value* found = all_backups(session.universe()).if_contains(arn);
  if (found != nullptr) return found->as_object();
  const TableArn parsed = parse_table_arn(arn).value();
  if (!is_home_region(session, parsed)) throw_validation("Invalid Backup ARN");
  check_account(session, parsed);
  throw ApiError("BackupNotFoundException", "Backup not found: " + arn);
}

bool is_creating(const json::object& backup) {
  return backup.at("BackupDetails").at("BackupStatus").as_string() == "CREATING";
}

bool is_being_backed_up(Universe& universe, const Table& table) {
  const json::object& backups = all_backups(universe);
  return std::any_of(backups.begin(), backups.end(), [&table](const auto& backup) {
    const json::object& description = backup.value().as_object();
    return is_creating(description) &&
           description.at("SourceTableDetails").at("TableId").as_string() == table.settings.id;
  });
}

json::object make_backup(Session& session, const Table& table, const std::string& name, BackupType type) {
  Universe& universe = session.universe();
  const std::string arn = new_arn(session, table);
  json::object details{{"BackupArn", arn},
                       {"BackupName", name},
                       {"BackupSizeBytes", table.size.count},
                       {"BackupStatus", "CREATING"},
                       {"BackupType", type == BackupType::user ? "USER" : "SYSTEM"},
                       {"BackupCreationDateTime", epoch_seconds(session.now())}};
  if (type == BackupType::system) details["BackupExpiryDateTime"] = epoch_seconds(session.now() + kSystemBackupLife);
  auto picture = std::make_shared<Picture>();
  picture->tables.emplace(table.schema.name, picture_of(table, session.now()));
  universe.backups[arn] = std::move(picture);
  all_backups(universe)[arn] = json::object{{"BackupDetails", details},
                                            {"SourceTableDetails", source_json(table)},
                                            {"SourceTableFeatureDetails", features_json(table)}};
  // The service makes the backup of a deleted table by itself.
  const Duration wait = type == BackupType::user ? universe.models.lifecycle_create : Duration{0};
  after(session, wait, [arn](Universe& owner, Instant) {
    if (json::value* made = all_backups(owner).if_contains(arn))
      made->as_object()["BackupDetails"].as_object()["BackupStatus"] = "AVAILABLE";
  });
  return details;
}

void throw_backup_in_use() {
  throw ApiError("BackupInUseException", "");
}

void throw_backup_table_not_found(const std::string& table) {
  throw ApiError("TableNotFoundException", "Table not found: " + table);
}

Table& backup_table(Session& session, const std::string& name) {
  Table* table = session.universe().find_table(name);
  if (table == nullptr) throw_backup_table_not_found(name);
  return *table;
}

std::optional<Instant> read_instant(const json::object& body, std::string_view name) {
  const json::value* value = find_member(body, name);
  if (value == nullptr) return std::nullopt;
  constexpr double kFarthest = 9.0e9;  // seconds: what nanoseconds in 64 bits can hold
  const double seconds = std::clamp(value->to_number<double>(), -kFarthest, kFarthest);
  return Instant{} + std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

Instant Recovery::earliest(Instant now) const {
  return std::chrono::floor<std::chrono::seconds>(std::max(enabled, now - std::chrono::hours(24 * days)));
}

Instant Recovery::latest(Instant now) const {
  return std::max(earliest(now), Instant(std::chrono::floor<std::chrono::seconds>(now - kRecoveryLag)));
}

ReadView Recovery::view(Instant at) const {
  return {.as_of = std::max(at, enabled)};
}

std::optional<Recovery> recovery_of(const Table& table) {
  const json::value* state = table.settings.more.if_contains("recovery");
  if (state == nullptr || !table.history_since) return std::nullopt;
  return Recovery{*table.history_since, state->at("days").as_int64()};
}

const json::object* restore_summary_of(const Table& table) {
  const json::value* summary = find_described(table, "RestoreSummary");
  return summary == nullptr ? nullptr : &summary->as_object();
}

std::vector<ItemPtr> items_of(const Table& table, ReadView view) {
  std::vector<ItemPtr> items;
  table.rows.scan({}, {}, Direction::forward, view, [&items](const RowKey&, const ItemPtr& item) {
    items.push_back(item);
    return true;
  });
  return items;
}

}  // namespace fickle
