// Items in files, as exports write and imports read them: DynamoDB JSON lines, Ion, CSV. Pure functions; thread-safe.
// Source: developer guide, "Data formats" of export and import. Ion is written as text, as the service's exports are.
#pragma once

#include <array>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/units.hh"
#include "emulator/store/schema.hh"
#include "emulator/value/value.hh"

namespace fickle {

// One line of an export, with its end.
[[nodiscard]] std::string json_line(const Item& item);  // {"Item":{...}}
[[nodiscard]] std::string ion_line(const Item& item);   // $ion_1_0 {Item:{...}}

// One line of an incremental export: how an item was before and after; null images are not written.
struct ChangeRecord {
  Item keys;
  Instant written{};
  ItemPtr before, after;
};
[[nodiscard]] std::string json_line(
    const ChangeRecord& record);  // {"Metadata":{...},"Keys":{...},"OldImage":{...},"NewImage":{...}}
[[nodiscard]] std::string ion_line(const ChangeRecord& record);  // $ion_1_0 {Record:{Keys:{...},Metadata:{...},...}}

// What became of the records of a file: items, and how many records were none.
struct ReadItems {
  std::vector<Item> items;
  std::size_t errors = 0;
  std::vector<std::string> error_texts;  // the first few records that failed, as they stand in the file
  // What records say beside their Item of when it may be put, by the item's position: the members of a PutItem about its condition.
  std::map<std::size_t, boost::json::object> conditions{};
};
inline constexpr std::array<std::string_view, 3> kConditionMembers = {"ConditionExpression", "ExpressionAttributeNames",
                                                                      "ExpressionAttributeValues"};
[[nodiscard]] ReadItems read_json_lines(std::string_view text);
[[nodiscard]] ReadItems read_ion(std::string_view text);  // text or binary

struct CsvRules {
  char delimiter = ',';
  std::vector<std::string> header;  // empty: the first line is it
  std::vector<KeyAttribute> typed;  // key attributes; everything else is text
};
[[nodiscard]] ReadItems read_csv(std::string_view text, const CsvRules& rules);

}  // namespace fickle
