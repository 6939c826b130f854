// Members of the server's answers as people read them. Absent members are empty: an older server is no reason to fail. Pure functions;
// references point into the arguments.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace fickle::cli {

// Strings as they are, null as nothing, lists separated by blanks, everything else as JSON.
[[nodiscard]] std::string shown(const boost::json::value& value);
[[nodiscard]] std::string shown(const boost::json::object& owner, std::string_view member);
// The list under `member`, empty when it is none.
[[nodiscard]] const boost::json::array& list_in(const boost::json::value& owner, std::string_view member);
// The value as an object, empty when it is none.
[[nodiscard]] const boost::json::object& object_in(const boost::json::value& value);
[[nodiscard]] const boost::json::object& object_in(const boost::json::value& owner, std::string_view member);
[[nodiscard]] long long number_in(const boost::json::object& owner, std::string_view member);  // 0 when it is none

// Control characters, line ends among them, become blanks.
[[nodiscard]] std::string one_line(std::string_view text);
// At most `width` characters, the last of them three points when something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

}  // namespace fickle::cli
