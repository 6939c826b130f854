#include "emulator/partiql/key_terms.hh"

#include <algorithm>

namespace fickle::partiql {

namespace {

using expr::KeyTerm;

// The name of a top-level attribute; nullptr for anything else.
const std::string* attribute_of(const expr::Operand& operand) {
  const auto* path = std::get_if<expr::Path>(&operand.node);
  return path != nullptr && path->is_top_level() ? &path->root() : nullptr;
}
const Value* value_of(const expr::Operand& operand) {
  return std::get_if<Value>(&operand.node);
}

std::optional<KeyTerm::Operator> operator_of(expr::Comparator comparator) {
  switch (comparator) {
    case expr::Comparator::eq: return KeyTerm::Operator::eq;
    case expr::Comparator::lt: return KeyTerm::Operator::lt;
    case expr::Comparator::le: return KeyTerm::Operator::le;
    case expr::Comparator::gt: return KeyTerm::Operator::gt;
    case expr::Comparator::ge: return KeyTerm::Operator::ge;
    case expr::Comparator::ne: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::vector<const expr::Condition*> terms_of(const expr::Condition& condition) {
  const auto* all = std::get_if<expr::And>(&condition.node);
  if (all == nullptr) return {&condition};
  std::vector<const expr::Condition*> terms;
  for (const auto& term : all->terms) terms.push_back(term.get());
  return terms;
}

std::vector<const expr::Condition*> terms_of(const std::optional<expr::Condition>& where) {
  return where ? terms_of(*where) : std::vector<const expr::Condition*>{};
}

std::optional<Equality> equality_of(const expr::Condition& condition) {
  const auto* comparison = std::get_if<expr::Comparison>(&condition.node);
  if (comparison == nullptr || comparison->comparator != expr::Comparator::eq) return std::nullopt;
  const Equality equality{attribute_of(comparison->left), value_of(comparison->right)};
  if (equality.attribute == nullptr || equality.value == nullptr) return std::nullopt;
  return equality;
}

Item equalities_of(const std::optional<expr::Condition>& where) {
  Item found;
  for (const auto* term : terms_of(where)) {
    const auto equality = equality_of(*term);
    if (equality && !found.contains(*equality->attribute)) found.set(*equality->attribute, *equality->value);
  }
  return found;
}

std::optional<Item> key_of(const std::optional<expr::Condition>& where, const KeySchema& key) {
  const Item known = equalities_of(where);
  Item result;
  for (const KeyAttribute* attribute : key.all()) {
    const Value* value = known.find(attribute->name);
    if (value == nullptr) return std::nullopt;
    result.set(attribute->name, *value);
  }
  return result;
}

bool says_more_than_key(const std::optional<expr::Condition>& where, const KeySchema& key) {
  const auto terms = terms_of(where);
  const bool keys_only = std::all_of(terms.begin(), terms.end(), [&](const auto* term) {
    const auto equality = equality_of(*term);
    return equality && key.find(*equality->attribute) != nullptr;
  });
  return !keys_only || terms.size() != key.all().size();
}

std::optional<KeyTerm> range_term(const expr::Condition& condition) {
  if (const auto* comparison = std::get_if<expr::Comparison>(&condition.node)) {
    const auto* attribute = attribute_of(comparison->left);
    const auto* value = value_of(comparison->right);
    const auto op = operator_of(comparison->comparator);
    if (attribute == nullptr || value == nullptr || !op) return std::nullopt;
    return KeyTerm{.op = *op, .attribute = *attribute, .operand = *value, .upper = {}};
  }
  if (const auto* between = std::get_if<expr::Between>(&condition.node)) {
    const auto* attribute = attribute_of(between->operand);
    const auto* low = value_of(between->low);
    const auto* high = value_of(between->high);
    if (attribute == nullptr || low == nullptr || high == nullptr) return std::nullopt;
    return KeyTerm{.op = KeyTerm::Operator::between, .attribute = *attribute, .operand = *low, .upper = *high};
  }
  const auto* test = std::get_if<expr::FunctionTest>(&condition.node);
  if (test == nullptr || test->test != expr::Test::begins_with) return std::nullopt;
  const auto* attribute = attribute_of(test->arguments[0]);
  const auto* prefix = value_of(test->arguments[1]);
  if (attribute == nullptr || prefix == nullptr) return std::nullopt;
  return KeyTerm{.op = KeyTerm::Operator::begins_with, .attribute = *attribute, .operand = *prefix, .upper = {}};
}

}  // namespace fickle::partiql
