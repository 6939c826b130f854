// ListTables - names in byte order, up to 100 a page. Source: API_ListTables; behaviour reference 3.7; errors: tests/cases/ListTables.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {
    {.name = "ExclusiveStartTableName", .min_length = 3, .max_length = 255, .pattern = fields::kNamePattern},
    {.name = "Limit", .shape = Shape::integer, .min_value = 1, .max_value = 100},
};
constexpr Field kName{};
constexpr Field kReply[] = {
    {.name = "TableNames", .shape = Shape::list, .element = &kName},
    {.name = "LastEvaluatedTableName"},
};

Prepared prepare(const boost::json::object& body) {
  const std::string after = read_string(body, "ExclusiveStartTableName").value_or("");
  const auto limit = static_cast<std::size_t>(read_integer(body, "Limit").value_or(100));
  return {.touches = {},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .settle = {},
          .execute = [after, limit](Session& session) -> Answer {
            std::vector<std::string> names;
            bool more = false;
            const auto& tables = session.universe().tables;
            for (auto table = tables.upper_bound(after); table != tables.end(); ++table) {
              more = names.size() == limit;
              if (more) break;
              names.push_back(table->first);
            }
            return [names = std::move(names), more](JsonText& out) {
              out.begin_object().key("TableNames").begin_array();
              for (const std::string& name : names) out.string(name);
              out.end_array();
              if (more) out.member("LastEvaluatedTableName", names.back());
              out.end_object();
            };
          }};
}

}  // namespace

constinit const Operation list_tables{.name = "ListTables",
                                      .groups = static_cast<unsigned>(Group::control),
                                      .fields = kFields,
                                      .reply = kReply,
                                      .prepare = prepare};

}  // namespace fickle
