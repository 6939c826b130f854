// TableName members, which may hold an ARN instead of a name, and the ARNs of tables and what belongs to them.
// Pure functions, thread-safe. Source: behaviour reference 3.1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fickle {

// arn:{partition}:dynamodb:{region}:{account}:table/{table}[/{kind}/{label}]
struct TableArn {
  enum class Kind { table, index, stream, backup, export_, import_ };
  std::string partition;
  std::string region;
  std::string account;
  std::string table;
  Kind kind = Kind::table;
  std::string label;  // the index's name, the stream's label ..., empty for a table
};

// nullopt when the text is no such ARN.
[[nodiscard]] std::optional<TableArn> parse_table_arn(std::string_view text);
[[nodiscard]] std::string print_table_arn(const TableArn& arn);

// The name of the table that a TableName member means. Anything that does not start with "arn:" is the name itself (constraints
// have been checked); an ARN must be that of a table. Throws ApiError («Invalid AWS region in '...'»).
[[nodiscard]] std::string plain_table_name(std::string_view name_or_arn);

}  // namespace fickle
