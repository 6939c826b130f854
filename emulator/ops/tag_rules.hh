// Rules of tags that CreateTable, TagResource and ImportTable share (behaviour reference 12.1), and the resources that may be tagged.
// Pure functions except where a session is taken; thread-safe.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "emulator/engine/session.hh"

namespace fickle {

inline constexpr std::size_t kTagsMax = 50;

using Tags = std::map<std::string, std::string>;

// The member `name` of `body`, checked: keys, values, duplicates. Absent: no tags.
[[nodiscard]] Tags read_tags(const boost::json::object& body, std::string_view name);
void check_tag_key(const std::string& key);
void check_tag_set(const Tags& tags);

// The table whose ARN the request names. Throws when the text is no table's ARN.
struct TaggedTable {
  std::string name;
  std::string arn;
};
[[nodiscard]] TaggedTable tagged_table(const std::string& arn);
// The table itself; ResourceNotFoundException when there is none (or it is CREATING).
[[nodiscard]] Table& find_tagged(Session& session, const TaggedTable& wanted);

}  // namespace fickle
