#include "emulator/expr/key_range.hh"

#include <algorithm>
#include <utility>

#include "emulator/core/invariant.hh"
#include "emulator/value/key_codec.hh"

namespace fickle::expr {

namespace {

using Code = KeyRangeError::Code;
using Operator = KeyTerm::Operator;
using Attributes = std::vector<KeyShape::Attribute>;

const KeyTerm* find_term(const KeyCondition& condition, std::string_view attribute) {
  const auto found = std::ranges::find(condition.terms, attribute, &KeyTerm::attribute);
  return found == condition.terms.end() ? nullptr : &*found;
}

bool contains(const Attributes& attributes, std::string_view name) {
  return std::ranges::find(attributes, name, &KeyShape::Attribute::name) != attributes.end();
}

bool has_type(const KeyTerm& term, Type type) {
  return term.operand.is(type) && (term.op != Operator::between || term.upper.is(type));
}

using Check = std::optional<KeyRangeError>;

Check check_count(const KeyCondition& condition, const KeyShape& shape) {
  const auto limit = shape.hash.size() + shape.range.size();
  if (condition.terms.size() <= limit) return std::nullopt;
  return KeyRangeError{Code::too_many_conditions, {}, condition.terms.size(), limit};
}

// A hash attribute without a condition; or a condition on a stranger, where one on the first range attribute was due.
Check check_elements(const KeyCondition& condition, const KeyShape& shape) {
  for (const auto& attribute : shape.hash) {
    if (find_term(condition, attribute.name) != nullptr) continue;
    const auto code = shape.hash.size() > 1 ? Code::hash_needs_equality : Code::missing_element;
    return KeyRangeError{code, attribute.name};
  }
  for (const auto& term : condition.terms) {
    if (contains(shape.hash, term.attribute) || contains(shape.range, term.attribute)) continue;
    const auto due = std::ranges::find_if(
        shape.range, [&](const auto& attribute) { return find_term(condition, attribute.name) == nullptr; });
    invariant(due != shape.range.end(), "no more conditions than key attributes, each on another attribute");
    return KeyRangeError{Code::missing_element, due->name};
  }
  return std::nullopt;
}

Check check_types(const KeyCondition& condition, const Attributes& attributes) {
  for (const auto& attribute : attributes) {
    const auto* term = find_term(condition, attribute.name);
    if (term != nullptr && !has_type(*term, attribute.type)) return KeyRangeError{Code::type_mismatch, attribute.name};
  }
  return std::nullopt;
}

Check check_hash_equality(const KeyCondition& condition, const Attributes& hash) {
  for (const auto& attribute : hash) {
    if (find_term(condition, attribute.name)->op == Operator::eq) continue;
    return KeyRangeError{hash.size() > 1 ? Code::hash_needs_equality : Code::hash_not_equality, attribute.name};
  }
  return std::nullopt;
}

// From left to right without a gap; nothing after a term that is not an equality.
Check check_range_order(const KeyCondition& condition, const Attributes& range) {
  const KeyShape::Attribute* closed_by = nullptr;
  for (const auto& attribute : range) {
    const auto* term = find_term(condition, attribute.name);
    if (term != nullptr && closed_by != nullptr) return KeyRangeError{Code::range_needs_equality, closed_by->name};
    if (closed_by == nullptr && (term == nullptr || term->op != Operator::eq)) closed_by = &attribute;
  }
  return std::nullopt;
}

// The keys that start with `prefix`.
KeyBounds all_with(const std::string& prefix) {
  return {prefix, prefix_end(prefix)};
}

KeyBounds narrowed(const std::string& prefix, const KeyTerm& term) {
  const auto with = [&](const Value& value) {
    auto bytes = prefix;
    append_key_bytes(bytes, value);
    return bytes;
  };
  switch (term.op) {
    case Operator::eq: return all_with(with(term.operand));
    case Operator::lt: return {prefix, with(term.operand)};
    case Operator::le: return {prefix, prefix_end(with(term.operand))};
    case Operator::gt: return {prefix_end(with(term.operand)), prefix_end(prefix)};
    case Operator::ge: return {with(term.operand), prefix_end(prefix)};
    case Operator::between: return {with(term.operand), prefix_end(with(term.upper))};
    case Operator::begins_with: return all_with(prefix + encode_key_prefix(term.operand));
  }
  return all_with(prefix);
}

}  // namespace

Result<KeyRange, KeyRangeError> split_key_condition(const KeyCondition& condition, const KeyShape& shape) {
  if (auto wrong = check_count(condition, shape)) return Refused{*std::move(wrong)};
  if (auto wrong = check_elements(condition, shape)) return Refused{*std::move(wrong)};
  if (auto wrong = check_types(condition, shape.hash)) return Refused{*std::move(wrong)};
  if (auto wrong = check_types(condition, shape.range)) return Refused{*std::move(wrong)};
  if (auto wrong = check_hash_equality(condition, shape.hash)) return Refused{*std::move(wrong)};
  if (auto wrong = check_range_order(condition, shape.range)) return Refused{*std::move(wrong)};
  KeyRange range;
  for (const auto& attribute : shape.hash) range.hash.push_back(find_term(condition, attribute.name)->operand);
  for (const auto& attribute : shape.range) {
    if (const auto* term = find_term(condition, attribute.name)) range.range.push_back(*term);
  }
  return range;
}

KeyBounds bounds_of(const KeyRange& range) {
  std::vector<const Value*> hash;
  for (const auto& value : range.hash) hash.push_back(&value);
  auto prefix = encode_partition(hash);
  for (const auto& term : range.range) {
    if (&term == &range.range.back()) return narrowed(prefix, term);
    append_key_bytes(prefix, term.operand);
  }
  return all_with(prefix);
}

}  // namespace fickle::expr
