// GetItem - reads one item by its key. Source: API_GetItem; behaviour reference 4; errors: tests/cases/GetItem.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/capacity_gate.hh"
#include "emulator/engine/consumed.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/engine/legacy_projection.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 1> kLegacy = {"AttributesToGet"};
constexpr std::array<std::string_view, 1> kExpressions = {"ProjectionExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy, .expressions = kExpressions, .with_values = {}};

constexpr Field kFields[] = {
    fields::key,
    fields::item_table_name,
    fields::return_consumed_capacity,
    fields::attributes_to_get,
    fields::consistent_read,
    fields::projection_expression,
    fields::expression_attribute_names,
};

constexpr Field kReply[] = {
    fields::found_item,
    fields::table_capacity,
};

struct Get {
  std::string table_as_given, table;
  Item key;
  std::optional<expr::Projection> projection;
  Consistency consistency = Consistency::eventual;
  ConsumedMode consumed = ConsumedMode::none;
};

Answer run(const std::shared_ptr<const Get>& get, Session& session) {
  Table& table = session.item_table(get->table);
  const RowKey key = check_key(table.schema, get->key);
  if (get->projection) check_nested_key_access(table, get->projection->paths);
  ItemPtr item = session.read_row(table, key, get->consistency);
  const HalfUnits cost = read_units(item ? size_of(*item) : Bytes{}, get->consistency);
  admit_read(session, table, key, cost);
  return [get, item = std::move(item), cost](JsonText& out) {
    out.begin_object();
    if (item && get->projection) out.member("Item", expr::project(*get->projection, *item));
    if (item && !get->projection) out.member("Item", *item);
    if (get->consumed != ConsumedMode::none) {
      print_consumed(out, get->consumed,
                     {.table = get->table_as_given, .own = cost, .global = {}, .local = {}, .vectors = {}});
    }
    out.end_object();
  };
}

Prepared prepare(const boost::json::object& body) {
  auto get = std::make_shared<Get>();
  get->table_as_given = read_string(body, "TableName").value_or("");
  get->table = plain_table_name(get->table_as_given);
  check_expression_presence(body, kRules);
  get->key = read_attributes(body, "Key", Envelope::bare);
  get->projection = legacy_projection(body);
  Expressions expressions(read_expression_params(body, kRules), kRules);
  if (auto projection = expressions.projection()) get->projection = std::move(projection);
  expressions.check_all_used();
  get->consistency = read_bool(body, "ConsistentRead").value_or(false) ? Consistency::strong : Consistency::eventual;
  get->consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
  Touch touch{.table = get->table, .index = {}, .carried = ItemPtr(get, &get->key)};
  return {.touches = {std::move(touch)},
          .groups = 0,
          .consistent_read = get->consistency == Consistency::strong,
          .token = {},
          .settle = {},
          .execute = [get = std::shared_ptr<const Get>(get)](Session& session) { return run(get, session); }};
}

}  // namespace

constinit const Operation get_item{.name = "GetItem",
                                   .groups = static_cast<unsigned>(Group::read),
                                   .fields = kFields,
                                   .reply = kReply,
                                   .prepare = prepare};

}  // namespace fickle
