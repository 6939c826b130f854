// PutItem - creates or replaces one item. Source: API_PutItem; behaviour reference 4; errors: tests/cases/PutItem.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/ops/item_write.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 1> kLegacy = {"Expected"};
constexpr std::array<std::string_view, 1> kExpressions = {"ConditionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy,
                                 .expressions = kExpressions,
                                 .with_values = kExpressions,
                                 .envelope = Envelope::detected,
                                 .envelope_unused = Envelope::detected};

// In the order of reported errors (behaviour reference 4.2, 13.3).
constexpr Field kFields[] = {
    fields::item_table_name_alone,          fields::item,
    fields::return_consumed_capacity,       fields::return_values,
    fields::return_item_collection_metrics, fields::return_values_on_condition_check_failure,
    fields::conditional_operator,           fields::expected,
    fields::condition_expression,           fields::expression_attribute_names,
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
  auto item = std::make_shared<const Item>(read_attributes(body, "Item", Envelope::detected));
  Expressions expressions(read_expression_params(body, kRules), kRules);
  write.mutation.condition = expressions.condition("ConditionExpression", expr::ExpressionKind::condition);
  expressions.check_all_used();
  write.return_values = read_return_values(body);
  if (write.return_values != ReturnValues::none && write.return_values != ReturnValues::all_old) {
    throw_enveloped("ReturnValues can only be ALL_OLD or NONE", Envelope::detected);
  }
  if (size_of(*item) > kItemSizeLimit) throw_validation("Item size has exceeded the maximum allowed size");
  if (auto expected = lowered_expected(body, Envelope::detected)) write.mutation.condition = std::move(expected);
  write.mutation.change = PutItemChange{.item = std::move(item)};
  return prepared_write(std::move(write));
}

}  // namespace

constinit const Operation put_item{.name = "PutItem",
                                   .groups = static_cast<unsigned>(Group::write),
                                   .fields = kFields,
                                   .reply = kReply,
                                   .prepare = prepare};

}  // namespace fickle
