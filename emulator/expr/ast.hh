// The one AST that expressions, legacy parameters, key conditions, projections and PartiQL share. Bound: names are resolved and values
// inlined, so evaluating needs nothing but an item. Plain values; const use is thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "emulator/value/value.hh"

namespace fickle::expr {

// A document path: `a.b[0]`. Invariant: the first element is a name.
using PathElement = std::variant<std::string, std::uint32_t>;
struct Path {
  std::vector<PathElement> elements;
  [[nodiscard]] const std::string& root() const { return std::get<std::string>(elements.front()); }
  [[nodiscard]] bool is_top_level() const { return elements.size() == 1; }
  friend bool operator==(const Path&, const Path&) = default;
};
[[nodiscard]] std::string to_string(const Path& path);  // `[a, b, [0]]`, as error messages print it

struct Operand;
using OperandBox = std::shared_ptr<const Operand>;
struct SizeOf {
  OperandBox of;
};
struct Operand {
  std::variant<Path, Value, SizeOf> node;
};

enum class Comparator { eq, ne, lt, le, gt, ge };
enum class Test { attribute_exists, attribute_not_exists, attribute_type, begins_with, contains };

struct Condition;
using ConditionBox = std::shared_ptr<const Condition>;
struct Comparison {
  Operand left;
  Comparator comparator{};
  Operand right;
};
struct Between {
  Operand operand, low, high;
};
struct In {
  Operand operand;
  std::vector<Operand> candidates;
};
struct FunctionTest {
  Test test{};
  std::vector<Operand> arguments;
};
struct And {
  std::vector<ConditionBox> terms;
};
struct Or {
  std::vector<ConditionBox> terms;
};
struct Not {
  ConditionBox term;
};
// An And without terms is true.
struct Condition {
  std::variant<Comparison, Between, In, FunctionTest, And, Or, Not> node;
};

// Takes a condition into a box that is dismantled without recursion: what may be nested deeply is boxed with this.
[[nodiscard]] ConditionBox boxed(Condition condition);

struct Projection {
  std::vector<Path> paths;
};

// The right-hand side of SET.
struct SetValue;
using SetValueBox = std::shared_ptr<const SetValue>;
struct IfNotExists {
  Path path;
  SetValueBox otherwise;
};
struct ListAppend {
  SetValueBox first, second;
};
struct Arithmetic {
  enum class Operator { plus, minus } op{};
  SetValueBox left, right;
};
struct SetAdd {  // PartiQL SET_ADD / SET_DELETE: a set-valued right-hand side
  Path path;
  Value members;
  enum class Mode { add, remove } mode{};
};
struct SetValue {
  std::variant<Path, Value, IfNotExists, ListAppend, Arithmetic, SetAdd> node;
};

[[nodiscard]] SetValueBox boxed(SetValue value);  // likewise

struct SetAction {
  Path target;
  SetValue value;
};
struct RemoveAction {
  Path target;
};
struct AddAction {  // N: number addition; SS NS BS: union; L only from legacy AttributeUpdates: append
  Path target;
  Value operand;
};
struct DeleteAction {  // removes members of a set
  Path target;
  Value members;
};
using UpdateAction = std::variant<SetAction, RemoveAction, AddAction, DeleteAction>;
[[nodiscard]] const Path& target_of(const UpdateAction& action);

// An update: the actions in the order of the text. Without actions it creates the bare item.
struct Update {
  std::vector<UpdateAction> actions;
  // Legacy AttributeUpdates words its type mismatch differently ("Type mismatch for attribute to update").
  enum class Dialect { expression, legacy, partiql } dialect = Dialect::expression;
};

// One key condition term: attribute, operator, operands (two for between).
struct KeyTerm {
  enum class Operator { eq, lt, le, gt, ge, between, begins_with } op{};
  std::string attribute;
  Value operand;
  Value upper;  // between only
};
struct KeyCondition {
  std::vector<KeyTerm> terms;
};

}  // namespace fickle::expr
