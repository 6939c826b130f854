// Evaluating bound expressions on an item (nullptr or empty = no item). Pure.
#pragma once

#include <string>
#include <vector>

#include "emulator/core/result.hh"
#include "emulator/expr/ast.hh"

namespace fickle::expr {

[[nodiscard]] const Value* resolve(const Path& path,
                                   const Item& item);  // nullptr when missing or of the wrong structure

// DynamoDB's condition semantics (behaviour reference 5.4). Wrong types in the item never raise an error.
[[nodiscard]] bool evaluate(const Condition& condition, const Item& item);
[[nodiscard]] bool matches(const KeyTerm& term, const Value& value);

// The structure rebuilt around the selected leaves; lists compacted in index order.
[[nodiscard]] Item project(const Projection& projection, const Item& item);

// Every path that the condition reads, for checks against the schema (key attributes in filters, nested access to keys).
[[nodiscard]] std::vector<Path> paths_of(const Condition& condition);
[[nodiscard]] std::vector<Path> paths_of(const Update& update);  // targets and operands
[[nodiscard]] std::vector<Path> targets_of(const Update& update);

struct UpdateError {
  enum class Code {
    invalid_path,       // "The document path provided in the update expression is invalid for update"
    missing_attribute,  // "The provided expression refers to an attribute that does not exist in the item"
    incorrect_type,     // "An operand in the update expression has an incorrect data type"
    legacy_type,        // "Type mismatch for attribute to update"
    overflow,
    underflow,
    too_deep,
  };
  Code code{};
};
// The item after the update. `before` is the stored item, or the Key attributes alone when `existed` is false. All right-hand sides see
// `before`. Does not know keys, sizes or index types: the engine checks these.
enum class ItemExisted { no, yes };
[[nodiscard]] Result<Item, UpdateError> apply(const Update& update, const Item& before, ItemExisted existed);

// ReturnValues UPDATED_OLD / UPDATED_NEW: the fragments of `item` at the update's targets (behaviour reference 4.3).
[[nodiscard]] Item fragment(const std::vector<Path>& targets, const Item& item);

}  // namespace fickle::expr
