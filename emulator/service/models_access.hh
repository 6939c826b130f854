// ModelsPort over the universes. Thread-safe.
#pragma once

#include "emulator/service/models_port.hh"
#include "emulator/service/universes.hh"

namespace fickle {

class ModelsAccess final : public ModelsPort {
 public:
  explicit ModelsAccess(Universes& universes) : universes_(universes) {}
  bool with(std::string_view universe, bool make,
            const std::function<void(Models&, Dice&, Instant now)>& work) override;
  void keep_in_baseline(std::string_view universe) override;
  [[nodiscard]] std::optional<std::vector<JournalEntry>> journal(std::string_view universe) const override;

 private:
  Universes& universes_;
};

}  // namespace fickle
