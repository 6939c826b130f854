// Sections of a scenario document (`faults`, `simulation`, `clock`): handed to whoever registered them in main, so that fixtures/ knows
// none of them. Registered before the server starts.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fickle {

struct Section {
  std::string name;
  // Throws ControlError (router.hh) with a pointer relative to the section when it is bad; changes nothing.
  std::function<void(const boost::json::value& section)> check;
  // Makes it part of the universe's baseline. Precondition: checked.
  std::function<void(const std::string& universe, const boost::json::value& section)> apply;
};

class Sections {
 public:
  void add(Section section) { sections_.push_back(std::move(section)); }
  [[nodiscard]] const Section* find(std::string_view name) const;  // nullptr when unknown
  [[nodiscard]] const std::vector<Section>& all() const { return sections_; }

 private:
  std::vector<Section> sections_;
};

}  // namespace fickle
