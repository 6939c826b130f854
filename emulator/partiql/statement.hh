// A parsed statement: names and parameters are resolved, nothing is known of tables yet. Plain values; const use is thread-safe.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/expr/ast.hh"
#include "emulator/value/value.hh"

namespace fickle::partiql {

// FROM "table"."index"
struct Source {
  std::string table_as_given;  // a name or an ARN
  std::string table;
  std::string index;  // or empty
};

struct OrderTerm {
  std::string attribute;
  bool descending = false;
};

struct Select {
  Source from;
  std::optional<std::vector<expr::Path>> paths;  // absent: *
  std::optional<expr::Condition> where;
  std::vector<OrderTerm> order;
};

struct Insert {
  Source into;
  ItemPtr item;
};

enum class Returning { none, all_old, all_new, modified_old, modified_new };

struct Update {
  Source table;
  expr::Update update;
  std::vector<expr::Path> targets;
  std::optional<expr::Condition> where;
  Returning returning = Returning::none;
};

struct Delete {
  Source from;
  std::optional<expr::Condition> where;
  Returning returning = Returning::none;
};

// EXISTS (SELECT ...): a condition check, of transactions only.
struct Exists {
  Select select;
};

using Statement = std::variant<Select, Insert, Update, Delete, Exists>;

[[nodiscard]] const Source& source_of(const Statement& statement);
[[nodiscard]] const std::optional<expr::Condition>* where_of(
    const Statement& statement);  // nullptr: it cannot have one
[[nodiscard]] Returning returning_of(const Statement& statement);
[[nodiscard]] bool is_read(const Statement& statement);  // a SELECT; EXISTS counts as a write

}  // namespace fickle::partiql
