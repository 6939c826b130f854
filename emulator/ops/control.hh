// What the operations on tables, their settings and the account share: how they are prepared and how a ready document is answered.
// Pure functions; thread-safe.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "emulator/engine/prepared.hh"
#include "emulator/engine/session.hh"

namespace fickle {

// A request about one table, by its plain name.
enum class Access { read, write };
[[nodiscard]] Prepared on_table(std::string table, Access access, std::function<Answer(Session&)> execute);
// A request about no table in particular.
[[nodiscard]] Prepared on_account(std::function<Answer(Session&)> execute);

// TableName as a plain name; an ARN may stand for it.
[[nodiscard]] std::string table_name_of(const boost::json::object& body);

// The reply as a document built under the mutex and printed outside it.
[[nodiscard]] Answer document(boost::json::object reply);

// Lists that page by NextToken: where the page starts, and the page itself under `member` (with a token when more follows).
[[nodiscard]] std::size_t read_page_token(const boost::json::object& body);
[[nodiscard]] Answer page_of(boost::json::array all, std::string_view member, std::size_t start, std::size_t size);

// Notes that the request changed something.
void note_change(Session& session);

// Lets the event happen when `wait` (a lifecycle time of the simulation) has passed on the virtual clock; at once when it is 0.
void after(Session& session, Duration wait, Event event);
// The table if it is still the one that had this id; nullptr otherwise. For events.
[[nodiscard]] Table* same_table(Universe& universe, const std::string& name, const std::string& id);

// "Attempt to change a resource which is still in use: " + why.
[[noreturn]] void throw_in_use(std::string_view why);
// Refuses with it unless the table is ACTIVE.
void check_active(const Table& table);

}  // namespace fickle
