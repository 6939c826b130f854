// What a WHERE clause says of top-level attributes, as far as keys go. Pure, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "emulator/expr/ast.hh"
#include "emulator/partiql/statement.hh"
#include "emulator/store/schema.hh"

namespace fickle::partiql {

// The conditions that must all hold: the terms of an AND, or the one condition itself; none when there is no clause.
[[nodiscard]] std::vector<const expr::Condition*> terms_of(const std::optional<expr::Condition>& where);
[[nodiscard]] std::vector<const expr::Condition*> terms_of(const expr::Condition& condition);

// `attribute = value`; nullptr when the condition is something else, or of another attribute.
struct Equality {
  const std::string* attribute = nullptr;
  const Value* value = nullptr;
};
[[nodiscard]] std::optional<Equality> equality_of(const expr::Condition& condition);

// The attributes that the clause sets equal to a value; of several values for one attribute the first.
[[nodiscard]] Item equalities_of(const std::optional<expr::Condition>& where);
// The whole key, when every attribute of it is among them.
[[nodiscard]] std::optional<Item> key_of(const std::optional<expr::Condition>& where, const KeySchema& key);
// Whether the clause says more than equalities of `key`'s attributes.
[[nodiscard]] bool says_more_than_key(const std::optional<expr::Condition>& where, const KeySchema& key);

// Conditions on one attribute of a sort key that narrow a read; nullopt for those that do not.
[[nodiscard]] std::optional<expr::KeyTerm> range_term(const expr::Condition& condition);

}  // namespace fickle::partiql
