#include "emulator/expr/legacy.hh"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace fickle::expr {

namespace {

using Code = LegacyError::Code;
using Types = std::array<bool, 10>;  // by Type

constexpr Types types(std::initializer_list<Type> allowed) {
  Types table{};
  for (const auto type : allowed) table[static_cast<std::size_t>(type)] = true;
  return table;
}
constexpr Types kAll{true, true, true, true, true, true, true, true, true, true};
constexpr Types kOrdered = types({Type::S, Type::N, Type::B});
constexpr Types kText = types({Type::S, Type::B});
constexpr Types kMember = types({Type::S, Type::N, Type::B, Type::BOOL, Type::NULL_});

struct Rule {
  LegacyOperator op;
  std::string_view name;
  std::size_t fewest;
  std::size_t most;
  Types types;  // that its arguments may have
};
constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

// In the order of the enumerators.
constexpr std::array<Rule, 13> kRules{{
    {LegacyOperator::EQ, "EQ", 1, 1, kAll},
    {LegacyOperator::NE, "NE", 1, 1, kAll},
    {LegacyOperator::LE, "LE", 1, 1, kOrdered},
    {LegacyOperator::LT, "LT", 1, 1, kOrdered},
    {LegacyOperator::GE, "GE", 1, 1, kOrdered},
    {LegacyOperator::GT, "GT", 1, 1, kOrdered},
    {LegacyOperator::NOT_NULL, "NOT_NULL", 0, 0, kAll},
    {LegacyOperator::NULL_, "NULL", 0, 0, kAll},
    {LegacyOperator::CONTAINS, "CONTAINS", 1, 1, kMember},
    {LegacyOperator::NOT_CONTAINS, "NOT_CONTAINS", 1, 1, kMember},
    {LegacyOperator::BEGINS_WITH, "BEGINS_WITH", 1, 1, kText},
    {LegacyOperator::IN, "IN", 1, kAnyNumber, kOrdered},
    {LegacyOperator::BETWEEN, "BETWEEN", 2, 2, kOrdered},
}};

const Rule& rule_of(LegacyOperator op) {
  return kRules[static_cast<std::size_t>(op)];
}

using Check = std::optional<LegacyError>;

LegacyError about(Code code, const LegacyCondition& entry) {
  LegacyError error{code, entry.attribute, {}, {}, {}};
  if (entry.comparison) error.op = legacy_name(*entry.comparison);
  return error;
}

// The arguments of an operator: their number, that they are of one type, of one it takes, and in order.
Check check_arguments(const LegacyCondition& entry, const std::vector<Value>& values) {
  const auto& rule = rule_of(*entry.comparison);
  if (values.size() < rule.fewest || values.size() > rule.most) return about(Code::argument_count, entry);
  const auto other_type = [&](const Value& value) { return value.type() != values.front().type(); };
  if (std::ranges::any_of(values, other_type)) return about(Code::mixed_types, entry);
  if (values.empty()) return std::nullopt;
  const auto type = values.front().type();
  if (!rule.types[static_cast<std::size_t>(type)]) {
    auto error = about(Code::operand_type, entry);
    error.type = type_name(type);
    return error;
  }
  if (rule.op != LegacyOperator::BETWEEN) return std::nullopt;
  const auto order = compare_values(values[0], values[1]);
  return order && *order > 0 ? Check(about(Code::between_order, entry)) : std::nullopt;
}

// AttributeValueList, or Value as a list of one.
std::vector<Value> arguments_of(const LegacyCondition& entry) {
  if (entry.values) return *entry.values;
  return entry.value ? std::vector<Value>{*entry.value} : std::vector<Value>{};
}

Check check_expected(const LegacyCondition& entry) {
  if (entry.value && entry.values) return about(Code::value_and_list, entry);
  if (entry.comparison && entry.exists) return about(Code::exists_and_operator, entry);
  if (entry.comparison) {
    const bool given = entry.value || entry.values;
    if (!given && rule_of(*entry.comparison).fewest > 0) return about(Code::operator_needs_value, entry);
    return check_arguments(entry, arguments_of(entry));
  }
  if (entry.values) return about(Code::list_without_operator, entry);
  const bool must_exist = entry.exists.value_or(true);
  if (must_exist && !entry.value) {
    auto error = about(Code::value_required, entry);
    error.exists = entry.exists ? "true" : "null";
    return error;
  }
  return !must_exist && entry.value ? Check(about(Code::value_forbidden, entry)) : std::nullopt;
}

Operand attribute(const LegacyCondition& entry) {
  return {Path{{entry.attribute}}};
}

Condition compare(const LegacyCondition& entry, Comparator comparator, Value value) {
  return {Comparison{attribute(entry), comparator, {std::move(value)}}};
}
Condition test(const LegacyCondition& entry, Test function, std::vector<Value> values) {
  std::vector<Operand> arguments{attribute(entry)};
  for (auto& value : values) arguments.push_back({std::move(value)});
  return {FunctionTest{function, std::move(arguments)}};
}

Condition lower(const LegacyCondition& entry, LegacyOperator op, std::vector<Value> values) {
  switch (op) {
    case LegacyOperator::EQ: return compare(entry, Comparator::eq, std::move(values[0]));
    case LegacyOperator::NE: return compare(entry, Comparator::ne, std::move(values[0]));
    case LegacyOperator::LE: return compare(entry, Comparator::le, std::move(values[0]));
    case LegacyOperator::LT: return compare(entry, Comparator::lt, std::move(values[0]));
    case LegacyOperator::GE: return compare(entry, Comparator::ge, std::move(values[0]));
    case LegacyOperator::GT: return compare(entry, Comparator::gt, std::move(values[0]));
    case LegacyOperator::NOT_NULL: return test(entry, Test::attribute_exists, {});
    case LegacyOperator::NULL_: return test(entry, Test::attribute_not_exists, {});
    case LegacyOperator::CONTAINS: return test(entry, Test::contains, std::move(values));
    case LegacyOperator::BEGINS_WITH: return test(entry, Test::begins_with, std::move(values));
    case LegacyOperator::NOT_CONTAINS: {
      // False when the attribute is missing.
      auto exists = boxed(test(entry, Test::attribute_exists, {}));
      auto contains = boxed(test(entry, Test::contains, std::move(values)));
      return {And{{std::move(exists), boxed({Not{std::move(contains)}})}}};
    }
    case LegacyOperator::IN: {
      std::vector<Operand> candidates;
      for (auto& value : values) candidates.push_back({std::move(value)});
      return {In{attribute(entry), std::move(candidates)}};
    }
    case LegacyOperator::BETWEEN: return {Between{attribute(entry), {std::move(values[0])}, {std::move(values[1])}}};
  }
  return {And{}};
}

Condition lower(const LegacyCondition& entry) {
  const bool must_not_exist = !entry.comparison && !entry.value;
  const auto op = entry.comparison.value_or(must_not_exist ? LegacyOperator::NULL_ : LegacyOperator::EQ);
  return lower(entry, op, arguments_of(entry));
}

Condition combined(const std::vector<LegacyCondition>& entries, Conjunction conjunction) {
  if (entries.size() == 1) return lower(entries.front());
  std::vector<ConditionBox> terms;
  for (const auto& entry : entries) terms.push_back(boxed(lower(entry)));
  if (conjunction == Conjunction::any && !terms.empty()) return {Or{std::move(terms)}};
  return {And{std::move(terms)}};
}

bool is_set(Type type) {
  return type == Type::SS || type == Type::NS || type == Type::BS;
}

}  // namespace

std::optional<LegacyOperator> legacy_operator(std::string_view name) {
  const auto* found = std::ranges::find(kRules, name, &Rule::name);
  return found == kRules.end() ? std::nullopt : std::optional(found->op);
}

std::string_view legacy_name(LegacyOperator op) {
  return rule_of(op).name;
}

Result<Condition, LegacyError> lower_expected(const std::vector<LegacyCondition>& entries, Conjunction conjunction) {
  for (const auto& entry : entries) {
    if (auto wrong = check_expected(entry)) return Refused{*std::move(wrong)};
  }
  return combined(entries, conjunction);
}

std::optional<LegacyError> check_conditions(const std::vector<LegacyCondition>& entries) {
  for (const auto& entry : entries) {
    if (auto wrong = check_arguments(entry, arguments_of(entry))) return wrong;
  }
  return std::nullopt;
}

Result<Condition, LegacyError> lower_filter(const std::vector<LegacyCondition>& entries, Conjunction conjunction) {
  if (auto wrong = check_conditions(entries)) return Refused{*std::move(wrong)};
  return combined(entries, conjunction);
}

Result<Update, LegacyError> lower_attribute_updates(const std::vector<AttributeUpdate>& updates) {
  Update lowered{{}, Update::Dialect::legacy};
  for (const auto& update : updates) {
    Path target{{update.attribute}};
    LegacyError error{Code::update_needs_value, update.attribute, {}, {}, {}};
    if (!update.value) {
      if (update.action != AttributeUpdate::Action::remove) return Refused{std::move(error)};
      lowered.actions.emplace_back(RemoveAction{std::move(target)});
      continue;
    }
    const auto type = update.value->type();
    error.type = type_name(type);
    switch (update.action) {
      case AttributeUpdate::Action::put:
        lowered.actions.emplace_back(SetAction{std::move(target), {*update.value}});
        break;
      case AttributeUpdate::Action::add:
        error.code = Code::update_add_type;
        if (type != Type::N && type != Type::L && !is_set(type)) return Refused{std::move(error)};
        lowered.actions.emplace_back(AddAction{std::move(target), *update.value});
        break;
      case AttributeUpdate::Action::remove:
        error.code = Code::update_delete_type;
        if (!is_set(type)) return Refused{std::move(error)};
        lowered.actions.emplace_back(DeleteAction{std::move(target), *update.value});
        break;
    }
  }
  return lowered;
}

}  // namespace fickle::expr
