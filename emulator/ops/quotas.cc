#include "emulator/ops/quotas.hh"

#include <algorithm>

#include "emulator/api/error.hh"

namespace fickle {

namespace {

constexpr std::ptrdiff_t kTablesMax = 2500;
constexpr std::ptrdiff_t kChangesMax = 500;
constexpr std::ptrdiff_t kIndexedCreationsMax = 250;

template <typename Predicate>
std::ptrdiff_t count_tables(Session& session, Predicate counts) {
  const auto& tables = session.universe().tables;
  return std::count_if(tables.begin(), tables.end(), [&counts](const auto& entry) { return counts(*entry.second); });
}

[[noreturn]] void refuse(const std::string& why) {
  throw ApiError("LimitExceededException", "Subscriber limit exceeded: " + why);
}

}  // namespace

void check_concurrency(Session& session) {
  const auto changing = [](const Table& table) { return table.status != TableStatus::active; };
  if (count_tables(session, changing) < kChangesMax) return;
  refuse("Only " + std::to_string(kChangesMax) + " tables can be created, updated, or deleted simultaneously");
}

void check_new_table(Session& session, Indexed indexed) {
  const std::string& region = session.call().region;
  if (count_tables(session, [&region](const Table& table) { return table.settings.region == region; }) >= kTablesMax)
    refuse("There is a limit of " + std::to_string(kTablesMax) + " tables per subscriber");
  check_concurrency(session);
  const auto being_created = [](const Table& table) {
    return table.status == TableStatus::creating && !table.indexes.empty();
  };
  if (indexed == Indexed::yes && count_tables(session, being_created) >= kIndexedCreationsMax)
    refuse("You have exceeded the maximum number of indexed tables that can be created simultaneously");
}

}  // namespace fickle
