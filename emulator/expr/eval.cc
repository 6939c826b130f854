#include "emulator/expr/eval.hh"

#include <algorithm>

#include "emulator/core/text.hh"

namespace fickle::expr {

namespace {

// size(): UTF-16 code units, bytes or elements; nullopt for types that have no size.
std::optional<std::size_t> size_in_units(const Value& value) {
  if (const auto* text = value.as_string()) return utf16_length(*text);
  if (const auto* bytes = value.as_binary()) return bytes->size();
  if (const auto* set = value.as_string_set()) return set->members.size();
  if (const auto* set = value.as_number_set()) return set->members.size();
  if (const auto* set = value.as_binary_set()) return set->members.size();
  if (const auto* list = value.as_list()) return list->size();
  if (const auto* map = value.as_map()) return map->size();
  return std::nullopt;
}

// An operand's value, nullptr when there is none. What has to be computed is put into `scratch`.
const Value* value_of(const Operand& operand, const Item& item, Value& scratch) {
  if (const auto* path = std::get_if<Path>(&operand.node)) return resolve(*path, item);
  if (const auto* literal = std::get_if<Value>(&operand.node)) return literal;
  // The checks allow size() of a path or a literal only, so this goes one level deep.
  const auto* of = value_of(*std::get<SizeOf>(operand.node).of, item, scratch);
  if (of == nullptr) return nullptr;
  const auto size = size_in_units(*of);
  if (!size) return nullptr;
  scratch = Value::number(Number::of(static_cast<std::int64_t>(*size)));
  return &scratch;
}

// A missing side, or one of another type, differs from anything.
bool holds(Comparator comparator, const Value* left, const Value* right) {
  if (left == nullptr || right == nullptr) return comparator == Comparator::ne;
  if (comparator == Comparator::eq) return *left == *right;
  if (comparator == Comparator::ne) return !(*left == *right);
  const auto order = compare_values(*left, *right);
  if (!order) return false;
  switch (comparator) {
    case Comparator::lt: return *order < 0;
    case Comparator::le: return *order <= 0;
    case Comparator::gt: return *order > 0;
    case Comparator::ge: return *order >= 0;
    case Comparator::eq:
    case Comparator::ne: break;
  }
  return false;
}

bool is_between(const Value* value, const Value* low, const Value* high) {
  return holds(Comparator::ge, value, low) && holds(Comparator::le, value, high);
}

bool starts_with(const Value& value, const Value& prefix) {
  if (const auto* text = value.as_string()) return prefix.is(Type::S) && text->starts_with(*prefix.as_string());
  if (const auto* bytes = value.as_binary()) return prefix.is(Type::B) && bytes->starts_with(*prefix.as_binary());
  return false;
}

// Substring of S and B, member of a set, element of a list. A map contains nothing.
bool contains(const Value& whole, const Value& part) {
  switch (whole.type()) {
    case Type::S: return part.is(Type::S) && whole.as_string()->find(*part.as_string()) != std::string::npos;
    case Type::B: return part.is(Type::B) && whole.as_binary()->find(*part.as_binary()) != std::string::npos;
    case Type::SS:
      return part.is(Type::S) && std::ranges::binary_search(whole.as_string_set()->members, *part.as_string());
    case Type::NS:
      return part.is(Type::N) && std::ranges::binary_search(whole.as_number_set()->members, *part.as_number());
    case Type::BS:
      return part.is(Type::B) && std::ranges::binary_search(whole.as_binary_set()->members, *part.as_binary());
    case Type::L: return std::ranges::find(*whole.as_list(), part) != whole.as_list()->end();
    case Type::N:
    case Type::BOOL:
    case Type::NULL_:
    case Type::M: break;
  }
  return false;
}

bool is_of_type(const Value& value, const Value& type) {
  return type.is(Type::S) && type_name(value.type()) == *type.as_string();
}

bool passes(const FunctionTest& test, const Item& item) {
  Value first_scratch;
  const auto* first = value_of(test.arguments.front(), item, first_scratch);
  if (test.test == Test::attribute_exists) return first != nullptr;
  if (test.test == Test::attribute_not_exists) return first == nullptr;
  Value second_scratch;
  const auto* second = value_of(test.arguments.back(), item, second_scratch);
  if (first == nullptr || second == nullptr) return false;
  if (test.test == Test::begins_with) return starts_with(*first, *second);
  if (test.test == Test::contains) return contains(*first, *second);
  return is_of_type(*first, *second);
}

bool passes(const Comparison& test, const Item& item) {
  Value left;
  Value right;
  return holds(test.comparator, value_of(test.left, item, left), value_of(test.right, item, right));
}

bool passes(const Between& test, const Item& item) {
  Value value;
  Value low;
  Value high;
  return is_between(value_of(test.operand, item, value), value_of(test.low, item, low),
                    value_of(test.high, item, high));
}

bool passes(const In& test, const Item& item) {
  Value scratch;
  const auto* value = value_of(test.operand, item, scratch);
  return std::ranges::any_of(test.candidates, [&](const Operand& operand) {
    Value candidate;
    return holds(Comparator::eq, value, value_of(operand, item, candidate));
  });
}

}  // namespace

const Value* resolve(const Path& path, const Item& item) {
  const auto* value = item.find(path.root());
  for (std::size_t i = 1; i < path.elements.size() && value != nullptr; ++i) {
    if (const auto* name = std::get_if<std::string>(&path.elements[i])) {
      const auto* map = value->as_map();
      value = map == nullptr ? nullptr : map->find(*name);
    } else {
      const auto index = std::get<std::uint32_t>(path.elements[i]);
      const auto* list = value->as_list();
      value = list == nullptr || index >= list->size() ? nullptr : &(*list)[index];
    }
  }
  return value;
}

// Recursive with one small frame per level: compiling bounds the depth (300 operators, the terms of a chain side by side), as do the
// other makers of conditions.
bool evaluate(const Condition& condition, const Item& item) {
  const auto& node = condition.node;
  if (const auto* test = std::get_if<Comparison>(&node)) return passes(*test, item);
  if (const auto* test = std::get_if<FunctionTest>(&node)) return passes(*test, item);
  if (const auto* all = std::get_if<And>(&node)) {
    for (const auto& term : all->terms) {
      if (!evaluate(*term, item)) return false;
    }
    return true;
  }
  if (const auto* any = std::get_if<Or>(&node)) {
    for (const auto& term : any->terms) {
      if (evaluate(*term, item)) return true;
    }
    return false;
  }
  if (const auto* opposite = std::get_if<Not>(&node)) return !evaluate(*opposite->term, item);
  if (const auto* test = std::get_if<Between>(&node)) return passes(*test, item);
  return passes(std::get<In>(node), item);
}

bool matches(const KeyTerm& term, const Value& value) {
  switch (term.op) {
    case KeyTerm::Operator::eq: return holds(Comparator::eq, &value, &term.operand);
    case KeyTerm::Operator::lt: return holds(Comparator::lt, &value, &term.operand);
    case KeyTerm::Operator::le: return holds(Comparator::le, &value, &term.operand);
    case KeyTerm::Operator::gt: return holds(Comparator::gt, &value, &term.operand);
    case KeyTerm::Operator::ge: return holds(Comparator::ge, &value, &term.operand);
    case KeyTerm::Operator::between: return is_between(&value, &term.operand, &term.upper);
    case KeyTerm::Operator::begins_with: return starts_with(value, term.operand);
  }
  return false;
}

}  // namespace fickle::expr
