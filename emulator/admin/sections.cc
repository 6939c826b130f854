#include "emulator/admin/sections.hh"

#include <algorithm>

namespace fickle {

const Section* Sections::find(std::string_view name) const {
  const auto found =
      std::find_if(sections_.begin(), sections_.end(), [name](const Section& section) { return section.name == name; });
  return found == sections_.end() ? nullptr : &*found;
}

}  // namespace fickle
