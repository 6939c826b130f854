#include "emulator/ops/control.hh"

#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/core/text.hh"

namespace fickle {

Prepared on_table(std::string table, Access access, std::function<Answer(Session&)> execute) {
  return {.touches = {{.table = std::move(table), .index = {}, .carried = nullptr, .write = access == Access::write}},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .settle = {},
          .execute = std::move(execute)};
}

Prepared on_account(std::function<Answer(Session&)> execute) {
  return {.touches = {}, .groups = 0, .consistent_read = {}, .token = {}, .settle = {}, .execute = std::move(execute)};
}

std::string table_name_of(const boost::json::object& body) {
  return plain_table_name(read_string(body, "TableName").value_or(""));
}

Answer document(boost::json::object reply) {
  return [reply = std::move(reply)](JsonText& out) { out.json(reply); };
}

namespace {

// As long as ListImports wants its tokens, and of characters that are hexadecimal digits.
std::string page_token(std::size_t next) {
  constexpr std::size_t kLength = 112;
  const std::string text = std::to_string(next);
  return std::string(kLength - text.size(), '0') + text;
}

}  // namespace

std::size_t read_page_token(const boost::json::object& body) {
  const auto token = read_string(body, "NextToken");
  if (!token) return 0;
  const std::size_t digits = token->find_first_not_of('0');
  const auto start = parse_integer(digits == std::string::npos ? "" : std::string_view(*token).substr(digits));
  if (!start || *start < 0) throw_validation("Invalid NextToken: " + *token);
  return static_cast<std::size_t>(*start);
}

Answer page_of(boost::json::array all, std::string_view member, std::size_t start, std::size_t size) {
  boost::json::array page;
  for (std::size_t i = start; i < all.size() && page.size() < size; ++i) page.push_back(std::move(all[i]));
  boost::json::object reply;
  const std::size_t next = start + page.size();
  reply[member] = std::move(page);
  if (next < all.size()) reply["NextToken"] = page_token(next);
  return document(std::move(reply));
}

void note_change(Session& session) {
  session.effects().applied = Effects::Applied::yes;
  ++session.universe().commits;
}

void after(Session& session, Duration wait, Event event) {
  if (wait > Duration{0}) {
    session.universe().agenda.emplace(session.now() + wait, std::move(event));
  } else {
    event(session.universe(), session.now());
  }
}

Table* same_table(Universe& universe, const std::string& name, const std::string& id) {
  Table* table = universe.find_table(name);
  return table != nullptr && table->settings.id == id ? table : nullptr;
}

void throw_in_use(std::string_view why) {
  throw ApiError("ResourceInUseException", "Attempt to change a resource which is still in use: " + std::string(why));
}

void check_active(const Table& table) {
  const std::string& name = table.schema.name;
  switch (table.status) {
    case TableStatus::active: return;
    case TableStatus::creating: throw_in_use("Table is being created: " + name);
    case TableStatus::updating: throw_in_use("Table is being updated: " + name);
    case TableStatus::deleting: throw_in_use("Table is being deleted: " + name);
  }
}

}  // namespace fickle
