// What tests of exports, imports and bulk operations share: a server with a folder for S3, and short questions to it.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "tests/support/emulator.hh"
#include "tests/support/folder.hh"

namespace fickle::test {

inline Options with_exports(const Folder& folder) {
  Options options;
  options.export_directory = folder.path.string();
  return options;
}

inline bool has(Emulator& emulator, const std::string& table, const std::string& id) {
  return emulator.ok("GetItem", R"({"TableName":")" + table + R"(","Key":{"id":{"S":")" + id + R"("}}})")
      .contains("Item");
}

inline std::string text(const boost::json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

}  // namespace fickle::test
