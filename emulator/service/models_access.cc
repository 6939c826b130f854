#include "emulator/service/models_access.hh"

namespace fickle {

bool ModelsAccess::with(std::string_view name, bool make, const std::function<void(Models&, Dice&, Instant)>& work) {
  const auto entry = make ? universes_.open(name) : universes_.find(name);
  if (entry == nullptr) return false;
  Universes::with(*entry, [&](Universe& universe) { work(universe.models, universe.dice, universe.clock.now()); });
  return true;
}

void ModelsAccess::keep_in_baseline(std::string_view name) {
  const auto entry = universes_.find(name);
  if (entry == nullptr) return;
  Universes::with(*entry, [](Universe& universe) { keep_models_in_baseline(universe); });
}

std::optional<std::vector<JournalEntry>> ModelsAccess::journal(std::string_view name) const {
  const auto entry = universes_.find(name);
  if (entry == nullptr) return std::nullopt;
  return entry->journal.select([](const JournalEntry&) { return true; });
}

}  // namespace fickle
