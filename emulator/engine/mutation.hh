// Mutation: one write of one item, from any surface (single operations, batches, transactions, PartiQL). Resolving checks it against the
// schema; evaluating is pure and may run twice. Values; const use is thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/engine/table_rules.hh"
#include "emulator/expr/ast.hh"
#include "emulator/expr/eval.hh"

namespace fickle {

struct PutItemChange {
  ItemPtr item;
  PutStyle style = PutStyle::single;
};
struct UpdateItemChange {
  Item key;
  expr::Update update;
  std::vector<expr::Path> targets;
  // UpdateItem sizes an over-long result by an older formula; transactions and PartiQL by the flat size (behaviour reference 2.5).
  bool flat_size = false;
};
struct DeleteItemChange {
  Item key;
};
struct CheckItemChange {  // ConditionCheck: changes nothing
  Item key;
};

struct Mutation {
  std::string table;
  std::variant<PutItemChange, UpdateItemChange, DeleteItemChange, CheckItemChange> change;
  std::optional<expr::Condition> condition;
  bool return_old_on_failure = false;  // ReturnValuesOnConditionCheckFailure: ALL_OLD

  [[nodiscard]] const Item& carried() const;  // the Key or Item that the request carries
};

// Key and schema-dependent checks. The row key. Throws ApiError.
[[nodiscard]] RowKey resolve(const Mutation& mutation, const Table& table);

// No key that the request itself gives, the table's or an index's, may be empty. Throws ApiError.
void check_no_empty_keys(const Mutation& mutation, const Table& table);

struct MutationOutcome {
  enum class Verdict { changed, unchanged, condition_failed } verdict = Verdict::unchanged;
  ItemPtr before;  // null: there was none
  ItemPtr after;   // null: there is none afterwards; equals `before` when the condition failed
};
// What would become of `before`. Throws ApiError for run-time errors of an update (and result checks).
// `condition_holds`: false forces the condition to count as failed (conditionalCheckFailure).
enum class ForcedCondition { none, fails };
[[nodiscard]] MutationOutcome evaluate(const Mutation& mutation, const Table& table, const ItemPtr& before,
                                       ForcedCondition forced = ForcedCondition::none);

// ConditionalCheckFailedException, with the old item when asked for.
[[noreturn]] void throw_condition_failed(const Mutation& mutation, const ItemPtr& before);
// "Item":{...} of a failed condition; empty when there is nothing to show.
[[nodiscard]] std::string old_item_member(const Mutation& mutation, const ItemPtr& before);

}  // namespace fickle
