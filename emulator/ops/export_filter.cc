#include "emulator/ops/export_filter.hh"

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/page_rules.hh"

namespace fickle {

namespace {

constexpr std::string_view kFilter = "FilterExpression";
constexpr std::string_view kExpressions[] = {"ProjectionExpression", kFilter, "KeyConditionExpression"};
constexpr std::string_view kWithValues[] = {kFilter, "KeyConditionExpression"};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kExpressions, .with_values = kWithValues};

// Beside a key condition the filter is for the other attributes, as in a query.
void check_keys(const expr::Condition& filter, const KeySchema& key) {
  for (const expr::Path& path : expr::paths_of(filter)) {
    if (key.find(path.root()) == nullptr) continue;
    throw_validation("Filter Expression can only contain non-primary key attributes: Primary key attribute: " +
                     std::string(path.root()));
  }
}

}  // namespace

ExportFilter read_export_filter(const boost::json::object& body) {
  const boost::json::object* given = read_object(body, "FilterSpecification");
  if (given == nullptr) return {};
  Expressions expressions(read_expression_params(*given, kRules), kRules);
  ExportFilter filter;
  filter.key = expressions.key_condition();
  filter.filter = expressions.condition(kFilter, expr::ExpressionKind::filter);
  filter.projection = expressions.projection();
  expressions.check_key_form();
  expressions.check_all_used();
  return filter;
}

ExportSelection::ExportSelection(const ExportFilter& filter, const Table& table) : filter_(filter), table_(table) {
  if (!filter.key) return;
  bounds_ = expr::bounds_of(check_key_condition(*filter.key, table, nullptr));
  if (filter.filter) check_keys(*filter.filter, table.schema.key);
}

bool ExportSelection::takes(const Item& item) const {
  if (bounds_) {
    const auto key = row_key_of(table_.schema.key, item);
    if (!key || *key < bounds_->low || (!bounds_->high.empty() && *key >= bounds_->high)) return false;
  }
  return !filter_.filter || expr::evaluate(*filter_.filter, item);
}

Item ExportSelection::shown(const Item& item) const {
  return filter_.projection ? expr::project(*filter_.projection, item) : item;
}

}  // namespace fickle
