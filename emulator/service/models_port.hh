// The way for faults/ to a universe's standing models, history needs and dice without knowing the store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/dice.hh"
#include "emulator/core/units.hh"
#include "emulator/service/journal.hh"
#include "emulator/store/models.hh"

namespace fickle {

class ModelsPort {
 public:
  ModelsPort() = default;
  ModelsPort(const ModelsPort&) = delete;
  ModelsPort& operator=(const ModelsPort&) = delete;
  virtual ~ModelsPort() = default;
  // Runs under the universe's mutex, what is due done first. `make`: a missing universe is created (control PUT and POST), else false.
  virtual bool with(std::string_view universe, bool make,
                    const std::function<void(Models&, Dice&, Instant now)>& work) = 0;
  // The models (as they stand after `with`) become part of the baseline too: a scenario's `simulation` section.
  virtual void keep_in_baseline(std::string_view universe) = 0;
  // Copies of the entries of the universe's journal, oldest first, for requests/verify; nullopt when there is no such universe.
  [[nodiscard]] virtual std::optional<std::vector<JournalEntry>> journal(std::string_view universe) const = 0;
};

}  // namespace fickle
