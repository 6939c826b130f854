// DeleteItem - removes one item by its key. Source: API_DeleteItem; behaviour reference 4; errors: tests/cases/DeleteItem.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/ops/item_write.hh"
#include "emulator/ops/operation_list.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 1> kLegacy = {"Expected"};
constexpr std::array<std::string_view, 1> kExpressions = {"ConditionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy,
                                 .expressions = kExpressions,
                                 .with_values = kExpressions,
                                 .envelope = Envelope::bare,
                                 .envelope_unused = Envelope::detected};

constexpr Field kFields[] = {
    fields::item_table_name,
    fields::key,
    fields::return_consumed_capacity,
    fields::return_values,
    fields::return_item_collection_metrics,
    fields::return_values_on_condition_check_failure,
    fields::conditional_operator,
    fields::expected,
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
  write.mutation.change = DeleteItemChange{read_attributes(body, "Key", Envelope::bare)};
  write.mutation.condition = lowered_expected(body, Envelope::bare);
  Expressions expressions(read_expression_params(body, kRules), kRules);
  if (auto condition = expressions.condition("ConditionExpression", expr::ExpressionKind::condition))
    write.mutation.condition = std::move(condition);
  expressions.check_all_used();
  write.return_values = read_return_values(body);
  if (write.return_values != ReturnValues::none && write.return_values != ReturnValues::all_old) {
    throw_validation("ReturnValues can only be ALL_OLD or NONE");
  }
  return prepared_write(std::move(write));
}

}  // namespace

constinit const Operation delete_item{.name = "DeleteItem",
                                      .groups = static_cast<unsigned>(Group::write),
                                      .fields = kFields,
                                      .reply = kReply,
                                      .prepare = prepare};

}  // namespace fickle
