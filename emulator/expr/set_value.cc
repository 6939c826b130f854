#include "emulator/expr/set_value.hh"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fickle::expr {

namespace {

using Code = UpdateError::Code;
using Computed = Result<Value, UpdateError>;
using Kind = Change::Kind;

Refused<UpdateError> refuse(Code code) {
  return {UpdateError{code}};
}

Code code_of(NumberError error) {
  return error == NumberError::underflow ? Code::underflow : Code::overflow;
}

Computed plus(const Number& left, const Number& right) {
  const auto sum = left.plus(right);
  if (!sum) return refuse(code_of(sum.error()));
  return Value::number(sum.value());
}

Value appended(List first, const List& second) {
  first.insert(first.end(), second.begin(), second.end());
  return Value::list(std::move(first));
}

// Sets are sorted; so are the results.
template <class T>
std::vector<T> united(const std::vector<T>& one, const std::vector<T>& two) {
  std::vector<T> result;
  result.reserve(one.size() + two.size());
  std::ranges::set_union(one, two, std::back_inserter(result));
  return result;
}
template <class T>
std::vector<T> without(const std::vector<T>& members, const std::vector<T>& removed) {
  std::vector<T> result;
  std::ranges::set_difference(members, removed, std::back_inserter(result));
  return result;
}

bool is_set(const Value& value) {
  return value.is(Type::SS) || value.is(Type::NS) || value.is(Type::BS);
}

// Preconditions: sets of one type.
Value united(const Value& one, const Value& two) {
  if (const auto* set = one.as_string_set()) {
    return Value::string_set(united(set->members, two.as_string_set()->members));
  }
  if (const auto* set = one.as_number_set()) {
    return Value::number_set(united(set->members, two.as_number_set()->members));
  }
  return Value::binary_set(united(one.as_binary_set()->members, two.as_binary_set()->members));
}
// nullopt when nothing is left.
std::optional<Value> without(const Value& set, const Value& removed) {
  if (const auto* strings = set.as_string_set()) {
    auto rest = without(strings->members, removed.as_string_set()->members);
    return rest.empty() ? std::nullopt : std::optional(Value::string_set(std::move(rest)));
  }
  if (const auto* numbers = set.as_number_set()) {
    auto rest = without(numbers->members, removed.as_number_set()->members);
    return rest.empty() ? std::nullopt : std::optional(Value::number_set(std::move(rest)));
  }
  auto rest = without(set.as_binary_set()->members, removed.as_binary_set()->members);
  return rest.empty() ? std::nullopt : std::optional(Value::binary_set(std::move(rest)));
}

class Evaluator {
 public:
  Evaluator(const Item& before, Update::Dialect dialect)
      : before_(before), wrong_type_(dialect == Update::Dialect::legacy ? Code::legacy_type : Code::incorrect_type) {}

  Result<Change, UpdateError> change(const SetAction& action) const {
    if (const auto* members = std::get_if<SetAdd>(&action.value.node)) return change(*members, action.target);
    auto value = compute(action.value);
    if (!value) return Refused{value.error()};
    return Change{&action.target, Kind::set, std::move(value).value()};
  }
  Result<Change, UpdateError> change(const RemoveAction& action) const {
    return Change{&action.target, Kind::erase, {}};
  }
  Result<Change, UpdateError> change(const AddAction& action) const {
    auto sum = sum_with(resolve(action.target, before_), action.operand);
    if (!sum) return Refused{sum.error()};
    return Change{&action.target, Kind::set, std::move(sum).value()};
  }
  Result<Change, UpdateError> change(const DeleteAction& action) const {
    return removal(action.target, resolve(action.target, before_), action.members);
  }

 private:
  // PartiQL: SET a = SET_ADD(a, members)
  Result<Change, UpdateError> change(const SetAdd& call, const Path& target) const {
    const auto* set = resolve(call.path, before_);
    if (call.mode == SetAdd::Mode::remove) return removal(target, set, call.members);
    auto sum = sum_with(set, call.members);
    if (!sum) return Refused{sum.error()};
    return Change{&target, Kind::set, std::move(sum).value()};
  }

  Result<Change, UpdateError> removal(const Path& target, const Value* set, const Value& members) const {
    if (set == nullptr) return Change{&target, Kind::nothing, {}};
    if (!is_set(*set) || set->type() != members.type()) return refuse(wrong_type_);
    auto rest = without(*set, members);
    if (!rest) return Change{&target, Kind::erase, {}};
    return Change{&target, Kind::set, *std::move(rest)};
  }

  // ADD: a missing attribute counts as 0, as an empty set, as an empty list.
  Computed sum_with(const Value* stored, const Value& operand) const {
    if (stored == nullptr) return operand;
    if (stored->type() != operand.type()) return refuse(wrong_type_);
    if (const auto* number = stored->as_number()) return plus(*number, *operand.as_number());
    if (const auto* list = stored->as_list()) return appended(*list, *operand.as_list());
    if (!is_set(*stored)) return refuse(wrong_type_);
    return united(*stored, operand);
  }

  // Recursive through list_append and sums only; the 300 operators and functions of an update bound the depth.
  Computed compute(const SetValue& any) const {
    const auto* value = &any;
    while (const auto* call = std::get_if<IfNotExists>(&value->node)) {
      if (const auto* found = resolve(call->path, before_)) return *found;
      value = call->otherwise.get();
    }
    if (const auto* literal = std::get_if<Value>(&value->node)) return *literal;
    if (const auto* path = std::get_if<Path>(&value->node)) {
      const auto* found = resolve(*path, before_);
      if (found == nullptr) return refuse(Code::missing_attribute);
      return *found;
    }
    if (const auto* call = std::get_if<ListAppend>(&value->node)) return compute(*call);
    if (const auto* sum = std::get_if<Arithmetic>(&value->node)) return compute(*sum);
    return refuse(wrong_type_);  // SET_ADD and SET_DELETE stand alone
  }

  Computed compute(const ListAppend& call) const {
    auto first = compute(*call.first);
    if (!first) return first;
    const auto second = compute(*call.second);
    if (!second) return second;
    auto* list = first.value().as_list();
    const auto* tail = second.value().as_list();
    if (list == nullptr || tail == nullptr) return refuse(wrong_type_);
    return appended(std::move(*list), *tail);
  }

  Computed compute(const Arithmetic& sum) const {
    const auto left = compute(*sum.left);
    if (!left) return left;
    const auto right = compute(*sum.right);
    if (!right) return right;
    const auto* augend = left.value().as_number();
    const auto* addend = right.value().as_number();
    if (augend == nullptr || addend == nullptr) return refuse(wrong_type_);
    return plus(*augend, sum.op == Arithmetic::Operator::plus ? *addend : addend->negated());
  }

  const Item& before_;
  Code wrong_type_;
};

}  // namespace

std::optional<Type> type_by_text(const SetValue& value) {
  const SetValue* deciding = &value;
  while (const auto* call = std::get_if<IfNotExists>(&deciding->node)) deciding = call->otherwise.get();
  if (const auto* literal = std::get_if<Value>(&deciding->node)) return literal->type();
  if (std::holds_alternative<Arithmetic>(deciding->node)) return Type::N;
  if (std::holds_alternative<ListAppend>(deciding->node)) return Type::L;
  return std::nullopt;
}

Result<Change, UpdateError> change_of(const UpdateAction& action, const Item& before, Update::Dialect dialect) {
  const Evaluator evaluator(before, dialect);
  return std::visit([&](const auto& any) { return evaluator.change(any); }, action);
}

}  // namespace fickle::expr
