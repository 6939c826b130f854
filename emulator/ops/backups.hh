// Backups and restores: what a backup remembers, and how a table is made of items. The data of a backup are a sealed picture in
// Universe::backups, its description lives in Universe::registers["backups"]. Guarded by the universe's mutex.
// Source: API_CreateBackup, API_RestoreTableFromBackup; behaviour reference 12.2.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emulator/api/common_fields.hh"
#include "emulator/engine/session.hh"

namespace fickle {

namespace fields {

inline constexpr Field backup_arn{.name = "BackupArn", .required = true, .min_length = 37, .max_length = 1024};
inline constexpr std::string_view kBackupStatuses = "[CREATING, DELETED, AVAILABLE]";
inline constexpr std::string_view kBackupTypes = "[USER, SYSTEM, AWS_BACKUP]";
inline constexpr Field kBackupDetailsMembers[] = {
    {.name = "BackupArn", .required = true},
    {.name = "BackupName", .required = true},
    {.name = "BackupSizeBytes", .shape = Shape::long_integer},
    {.name = "BackupStatus", .required = true, .enum_set = kBackupStatuses},
    {.name = "BackupType", .required = true, .enum_set = kBackupTypes},
    {.name = "BackupCreationDateTime", .shape = Shape::timestamp, .required = true},
    {.name = "BackupExpiryDateTime", .shape = Shape::timestamp},
};
inline constexpr Field backup_details{
    .name = "BackupDetails", .shape = Shape::structure, .members = kBackupDetailsMembers};

}  // namespace fields

// Throws ValidationException when the text is no backup's ARN. Returns the table it was made of.
[[nodiscard]] std::string table_of_backup(const std::string& arn);
// BackupNotFoundException when there is none.
[[nodiscard]] boost::json::object& find_backup(Session& session, const std::string& arn);
[[nodiscard]] boost::json::object& all_backups(Universe& universe);  // by ARN

[[nodiscard]] bool is_creating(const boost::json::object& backup);
// A backup of this very table is CREATING.
[[nodiscard]] bool is_being_backed_up(Universe& universe, const Table& table);

enum class BackupType { user, system };
// CREATING for as long as the lifecycle says; data and description are those of this moment. Returns the BackupDetails, CREATING.
boost::json::object make_backup(Session& session, const Table& table, const std::string& name, BackupType type);

[[noreturn]] void throw_backup_in_use();                                   // BackupInUseException
[[noreturn]] void throw_backup_table_not_found(const std::string& table);  // TableNotFoundException
// The table by its name; TableNotFoundException when there is none.
[[nodiscard]] Table& backup_table(Session& session, const std::string& name);

// A timestamp member; nullopt when absent.
[[nodiscard]] std::optional<Instant> read_instant(const boost::json::object& body, std::string_view name);

// Point-in-time recovery: since when and for how many days. nullopt: off. The window is one of whole seconds and ends five minutes ago, or
// where it begins (API_PointInTimeRecoveryDescription).
struct Recovery {
  Instant enabled{};
  std::int64_t days = 35;
  [[nodiscard]] Instant earliest(Instant now) const;
  [[nodiscard]] Instant latest(Instant now) const;
  [[nodiscard]] ReadView view(Instant at) const;  // of the table at an instant of the window
};
[[nodiscard]] std::optional<Recovery> recovery_of(const Table& table);

// The items of a table as they were at an instant; the default: now.
[[nodiscard]] std::vector<ItemPtr> items_of(const Table& table, ReadView view = {});

// RestoreSummary of a table that was restored; nullptr: it was not.
[[nodiscard]] const boost::json::object* restore_summary_of(const Table& table);

// A new table like `source`, with `items` and the overrides of the request. Tags, streams, expiry and recovery do not come along.
// CREATING for as long as the lifecycle says. Returns the TableDescription of the answer.
struct RestoreRequest {
  std::string target;
  boost::json::object body;     // the ...Override members
  boost::json::object summary;  // RestoreSummary without RestoreInProgress
};
boost::json::object restore_table(Session& session, const Table& source, std::vector<ItemPtr> items,
                                  const RestoreRequest& request);

}  // namespace fickle
