// Scan - all items of a table or index, or of one segment of it, a page at a time. Source: API_Scan; behaviour reference 7; errors:
// tests/cases/Scan.
#include <array>

#include "emulator/api/common_fields.hh"
#include "emulator/api/error.hh"
#include "emulator/api/expression_presence.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/legacy.hh"
#include "emulator/engine/legacy_projection.hh"
#include "emulator/engine/start_key_rules.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/page_operation.hh"

namespace fickle {

namespace {

constexpr std::array<std::string_view, 3> kLegacy = {"AttributesToGet", "ScanFilter", "ConditionalOperator"};
constexpr std::array<std::string_view, 2> kExpressions = {"ProjectionExpression", "FilterExpression"};
constexpr std::array<std::string_view, 1> kWithValues = {"FilterExpression"};
constexpr ExpressionRules kRules{.legacy = kLegacy, .expressions = kExpressions, .with_values = kWithValues};

// In the order of reported errors (behaviour reference 7.1, 13.3).
constexpr Field kFields[] = {
    fields::item_table_name,
    fields::index_name,
    fields::return_consumed_capacity,
    fields::select,
    fields::limit,
    fields::segment,
    fields::total_segments,
    fields::conditional_operator,
    fields::scan_filter,
    fields::attributes_to_get,
    fields::exclusive_start_key,
    fields::consistent_read,
    fields::filter_expression,
    fields::projection_expression,
    fields::expression_attribute_names,
    fields::expression_attribute_values,
};

constexpr Field kReply[] = {
    fields::items, fields::count, fields::scanned_count, fields::last_evaluated_key, fields::consumed_capacity,
};

struct Scan {
  PageOperation page;
  std::optional<std::int64_t> segment;
  std::int64_t total_segments = 1;
};

void read_segment(const boost::json::object& body, Scan& scan) {
  scan.segment = read_integer(body, "Segment");
  const auto total = read_integer(body, "TotalSegments");
  if (scan.segment && !total) {
    throw_validation(
        "The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
  }
  if (!scan.segment && total) {
    throw_validation(
        "The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
  }
  scan.total_segments = total.value_or(1);
  if (scan.segment && *scan.segment >= scan.total_segments) {
    throw_validation("The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: " +
                     std::to_string(*scan.segment) +
                     " is not less than TotalSegments: " + std::to_string(scan.total_segments));
  }
}

void check_start_in_segment(const Scan& scan, const SegmentBounds& bounds, const Table& table, const Index* index) {
  const RowKey start = start_row_key(table, index, *scan.page.start_key);
  if (start >= bounds.low && (bounds.high.empty() || start < bounds.high)) return;
  throw_validation(
      "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
      "Segment. TotalSegments: " +
      std::to_string(scan.total_segments) + " Segment: " + std::to_string(scan.segment.value_or(0)));
}

Answer run(const std::shared_ptr<const Scan>& scan, Session& session) {
  const PageOperation& page = scan->page;
  Table& table = session.item_table(page.table);
  Index* index = index_to_read(table, page.index, page.consistency, "Scan");
  SegmentBounds bounds = segment_bounds(scan->segment.value_or(0), scan->total_segments);
  if (page.start_key && index != nullptr) check_scan_start_index(*page.start_key, table, *index);
  check_all_attributes(page, index);
  if (page.start_key) {
    check_start_key(*page.start_key, table, index, StartOf::scan);
    check_start_in_segment(*scan, bounds, table, index);
  }
  session.let_rivals_act(table, Item{});
  PageRequest request;
  request.table = &table;
  request.index = index;
  request.low = std::move(bounds.low);
  request.high = std::move(bounds.high);
  return answer_page({scan, &scan->page}, session, std::move(request), FilterRule::may_name_keys);
}

Prepared prepare(const boost::json::object& body) {
  auto scan = std::make_shared<Scan>();
  PageOperation& page = scan->page;
  read_page_members(body, page);
  check_expression_presence(body, kRules);
  page.projection = legacy_projection(body);
  page.filter = lowered_filter(body, "ScanFilter");
  page.filter_subject = "ScanFilter";
  read_start_key(body, page);
  read_segment(body, *scan);
  Expressions expressions(read_expression_params(body, kRules), kRules);
  compile_page_expressions(expressions, page);
  expressions.check_all_used();
  check_select(body, page, Envelope::bare);
  return {.touches = {{.table = page.table, .index = page.index, .carried = nullptr}},
          .groups = 0,
          .consistent_read = page.consistency == Consistency::strong,
          .token = {},
          .settle = {},
          .execute = [scan = std::shared_ptr<const Scan>(scan)](Session& session) { return run(scan, session); }};
}

}  // namespace

constinit const Operation scan_operation{
    .name = "Scan", .groups = Group::read | Group::query, .fields = kFields, .reply = kReply, .prepare = prepare};

}  // namespace fickle
