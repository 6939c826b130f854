// The right-hand sides of an update: what they are by their text, and computed from the item as it was. Pure.
#pragma once

#include <optional>

#include "emulator/core/result.hh"
#include "emulator/expr/ast.hh"
#include "emulator/expr/eval.hh"

namespace fickle::expr {

// What an action does to its target.
struct Change {
  enum class Kind {
    set,
    erase,
    nothing,  // but the target's parent has to exist
  };
  const Path* target = nullptr;
  Kind kind = Kind::set;
  Value value;  // of set
};
// The type that the text alone gives: of a literal, a sum, a list_append, and of an if_not_exists its second operand's, whatever the first
// will be (as dynalite's update parser has it). nullopt for a path and for PartiQL's set functions.
[[nodiscard]] std::optional<Type> type_by_text(const SetValue& value);
[[nodiscard]] Result<Change, UpdateError> change_of(const UpdateAction& action, const Item& before,
                                                    Update::Dialect dialect);

}  // namespace fickle::expr
