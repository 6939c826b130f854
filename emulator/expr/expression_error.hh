// What can be wrong with an expression, as facts; api/expression_words.cc writes the English (behaviour reference 5).
#pragma once

#include <cstddef>
#include <string>

namespace fickle::expr {

enum class ExpressionKind { condition, filter, key_condition, projection, update };

struct ExpressionError {
  enum class Code {
    empty,     // ""
    too_long,  // count
    syntax,    // token, near
    redundant_parentheses,
    unknown_function,     // name
    misplaced_function,   // name
    reserved_word,        // name
    undefined_name,       // name
    undefined_value,      // name
    operand_count,        // name, count
    same_operands,        // name (operator), first (path)
    path_required,        // name
    operand_type,         // name, type: "operator or function: {name}, operand type: {type}"
    update_operand_type,  // name (ADD, DELETE), type (long name): "operator: {name}, operand type: {type}"
    between_types,        // first, second: "{T:value}" texts without the "AttributeValue: " words
    between_order,        // first, second
    attribute_type_name,  // name
    too_many_operators,   // count
    in_operands,          // count: "The IN operator is provided with too many operands; number of operands: {count}"
    path_too_deep,        // count
    index_out_of_range,   // name (digits)
    overlapping_paths,    // first, second
    conflicting_paths,    // first, second
    repeated_section,     // name: SET, REMOVE, ADD, DELETE
    key_operator,         // name: "Invalid operator used in KeyConditionExpression: {name}"
    key_nested_operation,
    key_first_operand,  // name: BETWEEN, begins_with
    key_several_attributes,
    key_no_attribute,
    key_nested_attribute,
    key_repeated_attribute,
  };
  Code code{};
  std::string name;    // also token
  std::string near{};  // syntax
  std::string first{};
  std::string second{};
  std::string type{};
  std::size_t count = 0;
};

}  // namespace fickle::expr
