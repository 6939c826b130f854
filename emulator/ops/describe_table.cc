// DescribeTable - a table's settings and state. Source: API_DescribeTable; behaviour reference 3.5; errors: tests/cases/DescribeTable.
#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/descriptions.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

constexpr Field kFields[] = {fields::control_table_name};
constexpr Field kReply[] = {fields::described_table};

Prepared prepare(const boost::json::object& body) {
  const std::string name = plain_table_name(read_string(body, "TableName").value_or(""));
  return {.touches = {{.table = name, .index = {}, .carried = nullptr}},
          .groups = 0,
          .consistent_read = {},
          .token = {},
          .settle = {},
          .execute = [name](Session& session) -> Answer {
            const Table& table = session.control_table(name);
            return [description = describe_table(table, DescriptionKind::describe, session.now())](JsonText& out) {
              out.begin_object().key("Table").json(description).end_object();
            };
          }};
}

}  // namespace

constinit const Operation describe_table_operation{.name = "DescribeTable",
                                                   .groups = static_cast<unsigned>(Group::control),
                                                   .fields = kFields,
                                                   .reply = kReply,
                                                   .prepare = prepare};

}  // namespace fickle
