// A statement's text and parameters -> Statement. Pure, thread-safe. Throws ApiError (ValidationException) for whatever can be told wrong
// without a table: grammar, parameters, operand types, RETURNING clauses, values (behaviour reference 9.1, 9.3).
// Conditions are parsed with a stack of their own and values nest 32 levels at most, so no text can exhaust the thread's stack.
#pragma once

#include <span>
#include <string_view>

#include "emulator/expr/ast.hh"
#include "emulator/partiql/cursor.hh"
#include "emulator/partiql/statement.hh"

namespace fickle::partiql {

// Where the statement runs: EXISTS is for transactions.
enum class Surface { statement, transaction };
[[nodiscard]] Statement parse(std::string_view text, std::span<const Value> parameters,
                              Surface surface = Surface::statement);

// Parts of statements, each up to the first token that cannot belong to it.
[[nodiscard]] bool at_value(const Cursor& cursor);
[[nodiscard]] Value parse_value(Cursor& cursor);
[[nodiscard]] Item parse_item(Cursor& cursor);  // {'name': value, ...} or a parameter of type M
[[nodiscard]] bool at_path(const Cursor& cursor);
[[nodiscard]] expr::Path parse_path(Cursor& cursor);
[[nodiscard]] expr::Condition parse_condition(Cursor& cursor);
[[nodiscard]] expr::SetValue parse_set_value(Cursor& cursor);

}  // namespace fickle::partiql
