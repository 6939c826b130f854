// Data: what a run left in the tables, compared with what the untouched run left there. Attributes that already differ between two
// untouched runs (ids drawn, times of day) are left out; where even the number of items differs, the whole table is.
// Items are JSON as exports have them; sets are compared as sets. Pure functions.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fickle::cli {

struct TableData {
  std::vector<std::string> key;  // attribute names, partition key first
  std::vector<boost::json::object> items;
};
// nullopt: there is no such table.
using TablesData = std::map<std::string, std::optional<TableData>>;

// A scenario document with one table.
[[nodiscard]] std::optional<TableData> table_data(const boost::json::value& scenario, std::string_view table);

// What is not compared. Attributes are paths: "updatedAt", "meta/M/at".
struct LeftOut {
  std::map<std::string, std::set<std::string>> attributes;  // by table
  std::set<std::string> tables;
};
[[nodiscard]] LeftOut find_unstable(const TablesData& first, const TablesData& second);

// The first difference in a few words, empty when they are the same. Tables that `clean` does not know are not compared.
[[nodiscard]] std::string difference(const TablesData& clean, const TablesData& now, const LeftOut& left_out);

}  // namespace fickle::cli
