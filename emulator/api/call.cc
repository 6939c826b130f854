#include "emulator/api/call.hh"

namespace fickle {

std::optional<std::string_view> Call::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return std::nullopt;
}

}  // namespace fickle
