// WHERE. Iterative: an open parenthesis is an element of a vector, not a call.
#include <array>
#include <optional>
#include <utility>

#include "emulator/api/error.hh"
#include "emulator/core/text.hh"
#include "emulator/partiql/malformed.hh"
#include "emulator/partiql/parser.hh"

namespace fickle::partiql {

namespace {

using expr::Comparator;
using expr::Condition;
using expr::ConditionBox;
using expr::Operand;
using expr::Path;

constexpr std::size_t kDepthLimit = 300;  // of parentheses and NOTs around one predicate
constexpr std::size_t kInLimit = 100;

struct NamedComparator {
  std::string_view symbol;
  Comparator comparator;
  Comparator mirrored;
};
constexpr std::array<NamedComparator, 7> kComparators = {{
    {"=", Comparator::eq, Comparator::eq},
    {"<>", Comparator::ne, Comparator::ne},
    {"!=", Comparator::ne, Comparator::ne},
    {"<", Comparator::lt, Comparator::gt},
    {"<=", Comparator::le, Comparator::ge},
    {">", Comparator::gt, Comparator::lt},
    {">=", Comparator::ge, Comparator::le},
}};

struct NamedTest {
  std::string_view name;  // as messages print it; case does not matter in statements
  expr::Test test;
};
constexpr std::array<NamedTest, 3> kTests = {{
    {"begins_with", expr::Test::begins_with},
    {"contains", expr::Test::contains},
    {"attribute_type", expr::Test::attribute_type},
}};

// Names of types after IS.
struct NamedType {
  std::string_view name;
  Type type;
};
constexpr std::array<NamedType, 22> kTypes = {{
    {"S", Type::S},       {"STRING", Type::S},  {"N", Type::N},          {"NUMBER", Type::N},   {"NUMERIC", Type::N},
    {"DECIMAL", Type::N}, {"INT", Type::N},     {"INTEGER", Type::N},    {"B", Type::B},        {"BINARY", Type::B},
    {"BLOB", Type::B},    {"BOOL", Type::BOOL}, {"BOOLEAN", Type::BOOL}, {"NULL", Type::NULL_}, {"SS", Type::SS},
    {"NS", Type::NS},     {"BS", Type::BS},     {"L", Type::L},          {"LIST", Type::L},     {"M", Type::M},
    {"MAP", Type::M},     {"STRUCT", Type::M},
}};
constexpr std::string_view kTypeNames = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";

[[noreturn]] void refuse_operand(std::string_view function, std::string_view type) {
  throw_validation("Incorrect operand type for operator or function; operator or function: " + std::string(function) +
                   ", operand type: " + std::string(type));
}

// Only values that the statement or its parameters give are looked at, never stored ones.
void check_ordered(const Operand& operand, std::string_view function) {
  const auto* value = std::get_if<Value>(&operand.node);
  if (value == nullptr) return;
  if (value->is(Type::S) || value->is(Type::N) || value->is(Type::B)) return;
  refuse_operand(function, type_name(value->type()));
}

// size(path) <op> value and the like.
Operand parse_operand(Cursor& cursor) {
  if (at_value(cursor)) return {parse_value(cursor)};
  if (cursor.at_word("size") && cursor.at_symbol("(", 1)) {
    cursor.take();
    cursor.take();
    Path path = parse_path(cursor);
    cursor.expect_symbol(")");
    return {expr::SizeOf{std::make_shared<const Operand>(Operand{std::move(path)})}};
  }
  return {parse_path(cursor)};
}

Condition exists(const Path& path) {
  return {expr::FunctionTest{expr::Test::attribute_exists, {Operand{path}}}};
}

// A comparison with what is missing is not true; the AST's `<>` on its own is.
Condition differs(Operand left, Operand right) {
  expr::And all;
  for (const Operand* side : {&left, &right}) {
    const auto* size = std::get_if<expr::SizeOf>(&side->node);
    const Operand& inner = size != nullptr ? *size->of : *side;
    if (const auto* path = std::get_if<Path>(&inner.node)) all.terms.push_back(expr::boxed(exists(*path)));
  }
  all.terms.push_back(expr::boxed({expr::Comparison{std::move(left), Comparator::ne, std::move(right)}}));
  return {std::move(all)};
}

// `value op path` is turned round: key conditions look at the left side.
Condition compare(Operand left, const NamedComparator& op, Operand right) {
  const bool ordering = op.comparator != Comparator::eq && op.comparator != Comparator::ne;
  if (ordering) {
    check_ordered(left, op.symbol);
    check_ordered(right, op.symbol);
  }
  if (op.comparator == Comparator::ne) return differs(std::move(left), std::move(right));
  const bool turned = std::holds_alternative<Value>(left.node) && !std::holds_alternative<Value>(right.node);
  if (turned) return {expr::Comparison{std::move(right), op.mirrored, std::move(left)}};
  return {expr::Comparison{std::move(left), op.comparator, std::move(right)}};
}

Condition parse_between(Cursor& cursor, Operand operand) {
  Operand low = parse_operand(cursor);
  cursor.expect_word("AND");
  Operand high = parse_operand(cursor);
  for (const Operand* bound : {&low, &high}) check_ordered(*bound, "BETWEEN");
  return {expr::Between{std::move(operand), std::move(low), std::move(high)}};
}

Condition parse_in(Cursor& cursor, Operand operand) {
  const bool brackets = cursor.at_symbol("[");
  if (!brackets)
    cursor.expect_symbol("(");
  else
    cursor.take();
  expr::In in{std::move(operand), {}};
  do {
    in.candidates.push_back(parse_operand(cursor));
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol(brackets ? "]" : ")");
  if (in.candidates.size() > kInLimit) {
    throw_validation("The IN operator is provided with too many operands; number of operands: " +
                     std::to_string(in.candidates.size()));
  }
  return {std::move(in)};
}

Condition is_of_type(Operand operand, Type type) {
  return {expr::FunctionTest{expr::Test::attribute_type,
                             {std::move(operand), Operand{Value::string(std::string(type_name(type)))}}}};
}

Condition parse_is(Cursor& cursor, Operand operand) {
  if (cursor.accept_word("MISSING")) {
    return {expr::FunctionTest{expr::Test::attribute_not_exists, {std::move(operand)}}};
  }
  const Token& name = cursor.peek();
  if (name.kind != TokenKind::word) cursor.refuse();
  for (const NamedType& known : kTypes) {
    if (!equals_ignoring_case(known.name, name.text)) continue;
    cursor.take();
    return is_of_type(std::move(operand), known.type);
  }
  cursor.refuse();
}

Condition negated(Condition condition) {
  return {expr::Not{expr::boxed(std::move(condition))}};
}

void check_arguments(const NamedTest& function, const expr::FunctionTest& test) {
  const auto* second = std::get_if<Value>(&test.arguments[1].node);
  if (function.test == expr::Test::begins_with) {
    for (const Operand& operand : test.arguments) {
      const auto* value = std::get_if<Value>(&operand.node);
      if (value != nullptr && !value->is(Type::S) && !value->is(Type::B))
        refuse_operand(function.name, type_name(value->type()));
    }
  }
  if (function.test != expr::Test::attribute_type) return;
  if (second == nullptr) refuse_operand(function.name, "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  const auto* text = second->as_string();
  if (text == nullptr) refuse_operand(function.name, type_name(second->type()));
  if (!type_of_name(*text))
    throw_validation("Invalid attribute type name found; type: " + *text + ", valid types: " + std::string(kTypeNames));
}

Condition parse_test(Cursor& cursor, const NamedTest& function) {
  cursor.take();
  cursor.take();
  expr::FunctionTest test{function.test, {}};
  do {
    test.arguments.push_back(parse_operand(cursor));
  } while (cursor.accept_symbol(","));
  cursor.expect_symbol(")");
  if (test.arguments.size() != 2) {
    throw_validation("Incorrect number of operands for operator or function; operator or function: " +
                     std::string(function.name) + ", number of operands: " + std::to_string(test.arguments.size()));
  }
  check_arguments(function, test);
  return {std::move(test)};
}

// One predicate, without parentheses or NOT before it.
Condition parse_predicate(Cursor& cursor) {
  if (cursor.peek().kind == TokenKind::word && cursor.at_symbol("(", 1) && !cursor.at_word("size")) {
    for (const NamedTest& function : kTests) {
      if (cursor.at_word(function.name)) return parse_test(cursor, function);
    }
    if (!is_keyword(cursor.peek().text)) throw_malformed("No such function: " + cursor.peek().text);
  }
  Operand left = parse_operand(cursor);
  for (const NamedComparator& op : kComparators) {
    if (cursor.accept_symbol(op.symbol)) return compare(std::move(left), op, parse_operand(cursor));
  }
  if (cursor.accept_word("IS")) {
    const bool opposite = cursor.accept_word("NOT");
    Condition test = parse_is(cursor, std::move(left));
    return opposite ? negated(std::move(test)) : test;
  }
  const bool opposite = cursor.accept_word("NOT");
  std::optional<Condition> test;
  if (cursor.accept_word("BETWEEN")) {
    test = parse_between(cursor, std::move(left));
  } else if (cursor.accept_word("IN")) {
    test = parse_in(cursor, std::move(left));
  } else {
    cursor.refuse();
  }
  return opposite ? negated(*std::move(test)) : *std::move(test);
}

// What stands between a parenthesis and its end, or in the whole clause.
struct Level {
  std::vector<ConditionBox> alternatives;  // closed by OR
  std::vector<ConditionBox> terms;         // of the alternative at hand, joined by AND
  std::size_t nots = 0;                    // in front of the next term
};

void close_alternative(Level& level) {
  ConditionBox all =
      level.terms.size() == 1 ? std::move(level.terms.front()) : expr::boxed({expr::And{std::move(level.terms)}});
  level.terms.clear();
  level.alternatives.push_back(std::move(all));
}

ConditionBox close(Level level) {
  close_alternative(level);
  if (level.alternatives.size() == 1) return std::move(level.alternatives.front());
  return expr::boxed({expr::Or{std::move(level.alternatives)}});
}

void add_term(Level& level, ConditionBox term) {
  for (; level.nots > 0; --level.nots) term = expr::boxed({expr::Not{std::move(term)}});
  // Parentheses around ANDs change nothing: `a AND (b AND c)` shows all its terms side by side.
  if (const auto* inner = std::get_if<expr::And>(&term->node)) {
    level.terms.insert(level.terms.end(), inner->terms.begin(), inner->terms.end());
    return;
  }
  level.terms.push_back(std::move(term));
}

}  // namespace

Condition parse_condition(Cursor& cursor) {
  std::vector<Level> levels(1);
  std::size_t nots = 0;
  const auto check_depth = [&] {
    if (levels.size() + nots > kDepthLimit) throw_malformed("Condition is nested too deeply");
  };
  while (true) {
    if (cursor.accept_word("NOT")) {
      ++levels.back().nots;
      ++nots;
      check_depth();
      continue;
    }
    if (cursor.accept_symbol("(")) {
      levels.emplace_back();
      check_depth();
      continue;
    }
    add_term(levels.back(), expr::boxed(parse_predicate(cursor)));
    while (levels.size() > 1 && cursor.accept_symbol(")")) {
      ConditionBox inner = close(std::move(levels.back()));
      levels.pop_back();
      add_term(levels.back(), std::move(inner));
    }
    if (cursor.accept_word("AND")) continue;
    if (!cursor.accept_word("OR")) break;
    close_alternative(levels.back());
  }
  if (levels.size() > 1) cursor.refuse();
  return *close(std::move(levels.back()));
}

}  // namespace fickle::partiql
