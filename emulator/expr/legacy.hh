// Legacy parameters lowered to the same AST (behaviour reference 6). Input is plain structs: api reads them from JSON and checks
// shapes and constraints first; the rules of each parameter are checked here, in DynamoDB's order, and reported as facts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/expr/ast.hh"

namespace fickle::expr {

enum class LegacyOperator { EQ, NE, LE, LT, GE, GT, NOT_NULL, NULL_, CONTAINS, NOT_CONTAINS, BEGINS_WITH, IN, BETWEEN };
[[nodiscard]] std::optional<LegacyOperator> legacy_operator(std::string_view name);
[[nodiscard]] std::string_view legacy_name(LegacyOperator op);

// One entry of Expected, KeyConditions, QueryFilter or ScanFilter. Absent members are nullopt.
struct LegacyCondition {
  std::string attribute;
  std::optional<LegacyOperator> comparison;
  std::optional<std::vector<Value>> values;  // AttributeValueList
  std::optional<Value> value;                // Expected only
  std::optional<bool> exists;                // Expected only
};
struct LegacyError {
  enum class Code {
    value_and_list,        // attribute
    exists_and_operator,   // attribute
    operator_needs_value,  // op, attribute
    argument_count,        // op
    mixed_types,
    between_order,
    operand_type,           // op, type
    list_without_operator,  // attribute
    value_required,         // attribute, exists ("true" or "null")
    value_forbidden,        // attribute
    update_needs_value,
    update_delete_type,  // type
    update_add_type,     // type
  };
  Code code{};
  std::string attribute;
  std::string op;
  std::string type;
  std::string exists;
};
enum class Conjunction { all, any };

[[nodiscard]] Result<Condition, LegacyError> lower_expected(const std::vector<LegacyCondition>& entries,
                                                            Conjunction conjunction);
[[nodiscard]] Result<Condition, LegacyError> lower_filter(const std::vector<LegacyCondition>& entries,
                                                          Conjunction conjunction);
// The value checks of KeyConditions; which operators are indexable is the engine's rule (needs the schema), so entries stay entries.
[[nodiscard]] std::optional<LegacyError> check_conditions(const std::vector<LegacyCondition>& entries);

struct AttributeUpdate {
  std::string attribute;
  enum class Action { put, add, remove } action = Action::put;
  std::optional<Value> value;
};
[[nodiscard]] Result<Update, LegacyError> lower_attribute_updates(const std::vector<AttributeUpdate>& updates);

}  // namespace fickle::expr
