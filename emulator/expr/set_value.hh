// The right-hand sides of an update, computed from the item as it was. Pure.
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
[[nodiscard]] Result<Change, UpdateError> change_of(const UpdateAction& action, const Item& before,
                                                    Update::Dialect dialect);

}  // namespace fickle::expr
