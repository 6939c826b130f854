#include "emulator/store/table.hh"

#include <algorithm>

namespace fickle {
namespace {

// Source: behaviour reference 11. Five years as DynamoDB counts them: of 365 days.
constexpr Duration kExpiryAgeMax = std::chrono::hours(24 * 365 * 5);
// Seconds that an Instant can hold, 2262; later expiries (milliseconds taken for seconds, for instance) never come.
constexpr std::int64_t kInstantSecondsMax = 9'223'372'036;

}  // namespace

const Index* Table::find_index(std::string_view name) const {
  const auto found =
      std::find_if(indexes.begin(), indexes.end(), [name](const Index& index) { return index.schema.name == name; });
  return found == indexes.end() ? nullptr : &*found;
}

Index* Table::find_index(std::string_view name) {
  const auto found =
      std::find_if(indexes.begin(), indexes.end(), [name](const Index& index) { return index.schema.name == name; });
  return found == indexes.end() ? nullptr : &*found;
}

bool Table::has_local_index() const {
  return std::any_of(indexes.begin(), indexes.end(),
                     [](const Index& index) { return index.schema.kind == IndexSchema::Kind::local; });
}

std::optional<Instant> expiry_of(const Table& table, const Item& item) {
  if (!table.ttl.enabled || !table.ttl.attribute) return std::nullopt;
  const Value* value = item.find(*table.ttl.attribute);
  const Number* seconds = value ? value->as_number() : nullptr;
  if (!seconds) return std::nullopt;
  const std::optional<std::int64_t> whole = seconds->floor_int64();
  if (!whole || *whole < 0 || *whole >= kInstantSecondsMax) return std::nullopt;
  // Never before its time: a fraction of a second expires when the second is over.
  const bool is_whole = Number::of(*whole) == *seconds;
  return Instant(std::chrono::seconds(is_whole ? *whole : *whole + 1));
}

std::optional<Instant> expiry_of(const Table& table, const Item& item, Instant now) {
  const std::optional<Instant> expiry = expiry_of(table, item);
  return expiry && *expiry > now - kExpiryAgeMax ? expiry : std::nullopt;
}

}  // namespace fickle
