// UpdateItem - changes attributes of one item, or creates it. Source: API_UpdateItem; behaviour reference 4, 5.6, 5.7; errors:
// tests/cases/UpdateItem.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/ops/item_write.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 2> kLegacy = {"AttributeUpdates", "Expected"};
constexpr std::array<std::string_view, 2> kExpressions = {"UpdateExpression", "ConditionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy,
                                 .expressions = kExpressions,
                                 .with_values = kExpressions,
                                 .envelope = Envelope::detected,
                                 .envelope_unused = Envelope::detected};

// The first bad enum is reported, with a missing key (behaviour reference 4.2; dynoxide).
constexpr Field kFields[] = {
    fields::item_table_name_alone,
    fields::key,
    fields::alone(fields::return_values),
    fields::alone(fields::return_consumed_capacity),
    fields::alone(fields::return_item_collection_metrics),
    fields::alone(fields::return_values_on_condition_check_failure),
    fields::conditional_operator,
    fields::expected,
    fields::attribute_updates,
    fields::update_expression,
    fields::condition_expression,
    fields::expression_attribute_names,
    fields::expression_attribute_values,
};

constexpr Field kReply[] = {
    fields::attributes,
    fields::written_capacity,
    fields::item_collection_metrics,
};

Prepared prepare(const boost::json::object& body) {
  ItemWrite write;
  read_common(body, write);
  check_expression_presence(body, kRules);
  UpdateItemChange change;
  change.key = read_attributes(body, "Key", Envelope::detected);
  std::optional<expr::Update> update = lowered_attribute_updates(body, Envelope::detected);
  std::optional<expr::Condition> expected = lowered_expected(body, Envelope::detected);
  Expressions expressions(read_expression_params(body, kRules), kRules);
  if (auto compiled = expressions.update()) update = std::move(compiled);
  std::optional<expr::Condition> condition =
      expressions.condition("ConditionExpression", expr::ExpressionKind::condition);
  expressions.check_all_used();
  if (update) change.update = std::move(*update);
  change.targets = expr::targets_of(change.update);
  write.mutation.condition = condition ? std::move(condition) : std::move(expected);
  write.mutation.change = std::move(change);
  write.return_values = read_return_values(body);
  return prepared_write(std::move(write));
}

}  // namespace

constinit const Operation update_item{.name = "UpdateItem",
                                      .groups = static_cast<unsigned>(Group::write),
                                      .fields = kFields,
                                      .reply = kReply,
                                      .prepare = prepare};

}  // namespace fickle
