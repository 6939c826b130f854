#include "emulator/store/universe.hh"

namespace fickle {

Table* Universe::find_table(std::string_view table_name) {
  const auto found = tables.find(table_name);
  return found == tables.end() ? nullptr : found->second.get();
}

const Table* Universe::find_table(std::string_view table_name) const {
  const auto found = tables.find(table_name);
  return found == tables.end() ? nullptr : found->second.get();
}

}  // namespace fickle
