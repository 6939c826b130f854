// The right-hand side of SET: a value or path, the sum or difference of two, or one of the three functions of updates.
#include <array>

#include "emulator/api/error.hh"
#include "emulator/partiql/malformed.hh"
#include "emulator/partiql/parser.hh"

namespace fickle::partiql {

namespace {

using expr::SetValue;

[[noreturn]] void refuse_operand(std::string_view function, const Value& value) {
  throw_validation("Incorrect operand type for operator or function; operator or function: " + std::string(function) +
                   ", operand type: " + std::string(type_name(value.type())));
}

// A value or a path.
SetValue parse_simple(Cursor& cursor) {
  if (at_value(cursor)) return {parse_value(cursor)};
  return {parse_path(cursor)};
}

SetValue parse_list_append(Cursor& cursor) {
  SetValue first = parse_simple(cursor);
  cursor.expect_symbol(",");
  SetValue second = parse_simple(cursor);
  for (const SetValue* operand : {&first, &second}) {
    const auto* value = std::get_if<Value>(&operand->node);
    if (value != nullptr && !value->is(Type::L)) refuse_operand("list_append", *value);
  }
  return {expr::ListAppend{expr::boxed(std::move(first)), expr::boxed(std::move(second))}};
}

template <expr::SetAdd::Mode mode>
SetValue parse_set_function(Cursor& cursor) {
  expr::Path path = parse_path(cursor);
  cursor.expect_symbol(",");
  if (!at_value(cursor)) cursor.refuse();
  Value members = parse_value(cursor);
  const bool is_set = members.is(Type::SS) || members.is(Type::NS) || members.is(Type::BS);
  if (!is_set) refuse_operand(mode == expr::SetAdd::Mode::add ? "set_add" : "set_delete", members);
  return {expr::SetAdd{std::move(path), std::move(members), mode}};
}

struct Function {
  std::string_view name;
  SetValue (*parse)(Cursor&);
};
constexpr std::array<Function, 3> kFunctions = {{
    {"LIST_APPEND", parse_list_append},
    {"SET_ADD", parse_set_function<expr::SetAdd::Mode::add>},
    {"SET_DELETE", parse_set_function<expr::SetAdd::Mode::remove>},
}};

// Arithmetic takes numbers.
void check_number(const SetValue& operand, std::string_view op) {
  const auto* value = std::get_if<Value>(&operand.node);
  if (value != nullptr && !value->is(Type::N)) refuse_operand(op, *value);
}

}  // namespace

SetValue parse_set_value(Cursor& cursor) {
  if (cursor.peek().kind == TokenKind::word && cursor.at_symbol("(", 1)) {
    for (const Function& function : kFunctions) {
      if (!cursor.at_word(function.name)) continue;
      cursor.take();
      cursor.take();
      SetValue value = function.parse(cursor);
      cursor.expect_symbol(")");
      return value;
    }
    throw_malformed("No such function: " + cursor.peek().text);
  }
  SetValue left = parse_simple(cursor);
  const bool plus = cursor.at_symbol("+");
  if (!plus && !cursor.at_symbol("-")) return left;
  cursor.take();
  SetValue right = parse_simple(cursor);
  check_number(left, plus ? "+" : "-");
  check_number(right, plus ? "+" : "-");
  return {expr::Arithmetic{plus ? expr::Arithmetic::Operator::plus : expr::Arithmetic::Operator::minus,
                           expr::boxed(std::move(left)), expr::boxed(std::move(right))}};
}

}  // namespace fickle::partiql
