#include "emulator/partiql/malformed.hh"

#include <string>

#include "emulator/api/error.hh"

namespace fickle::partiql {

void throw_malformed(std::string_view detail) {
  std::string text = "Statement wasn't well formed, can't be processed";
  if (!detail.empty()) text.append(": ").append(detail);
  throw_validation(std::move(text));
}

}  // namespace fickle::partiql
