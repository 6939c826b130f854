#include "emulator/ops/page_operation.hh"

#include <boost/json.hpp>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/api/table_name.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/expr/eval.hh"

namespace fickle {

namespace {

// Which errors of a start key's values are said as they are; the others say whose they are.
bool is_bare(ValueError::Kind kind) {
  using Kind = ValueError::Kind;
  switch (kind) {
    case Kind::number:
    case Kind::empty_number_set:
    case Kind::duplicate_strings:
    case Kind::duplicate_numbers:
    case Kind::duplicate_binaries: return true;
    case Kind::empty:
    case Kind::null_false:
    case Kind::empty_string_set:
    case Kind::empty_binary_set:
    case Kind::several_types:
    case Kind::too_deep:
    case Kind::empty_name:
    case Kind::long_name: return false;
  }
  return false;
}

std::vector<expr::Path> filter_paths(const PageOperation& page) {
  return page.filter ? expr::paths_of(*page.filter) : std::vector<expr::Path>{};
}

// What a read of the index wants beyond the entries.
EntryParts parts_of(const PageOperation& page, const Table& table, const Index& index) {
  if (index.schema.kind == IndexSchema::Kind::global) return EntryParts::projected;
  if (page.select == "ALL_ATTRIBUTES") return EntryParts::whole;
  const bool fetches = page.projection && !all_projected(page.projection->paths, table, index);
  return fetches ? EntryParts::whole : EntryParts::projected;
}

void check_schema(const PageOperation& page, const Table& table, const Index* index, FilterRule rule) {
  if (page.projection) check_nested_key_access(table, page.projection->paths);
  const auto paths = filter_paths(page);
  if (rule == FilterRule::no_keys) check_filter_keys(paths, read_key(table, index), page.filter_subject);
  check_all_attributes(page, index);
  const bool global = index != nullptr && index->schema.kind == IndexSchema::Kind::global;
  check_nested_key_access(table, paths);
  if (global && page.projection) check_projected(page.projection->paths, table, *index);
  if (rule == FilterRule::no_keys && index != nullptr) check_filter_projected(paths, table, *index);
}

void print(JsonText& out, const PageOperation& operation, const Page& page) {
  out.begin_object();
  if (!operation.counts_only()) {
    out.key("Items").begin_array();
    for (const ItemPtr& item : page.items) {
      if (operation.projection) {
        out.item(expr::project(*operation.projection, *item));
      } else {
        out.item(*item);
      }
    }
    out.end_array();
  }
  out.member_integer("Count", static_cast<std::int64_t>(page.items.size()));
  out.member_integer("ScannedCount", page.scanned);
  if (page.last_evaluated_key) out.member("LastEvaluatedKey", *page.last_evaluated_key);
  print_consumed(out, operation.consumed, page.consumption);
  out.end_object();
}

}  // namespace

void read_page_members(const boost::json::object& body, PageOperation& page) {
  page.table_as_given = read_string(body, "TableName").value_or("");
  page.table = plain_table_name(page.table_as_given);
  page.index = read_string(body, "IndexName").value_or("");
  page.consistency = read_bool(body, "ConsistentRead").value_or(false) ? Consistency::strong : Consistency::eventual;
  page.limit = read_integer(body, "Limit");
  page.select = read_string(body, "Select");
  page.consumed = consumed_mode(read_string(body, "ReturnConsumedCapacity"));
}

void read_start_key(const boost::json::object& body, PageOperation& page) {
  const auto* attributes = read_object(body, "ExclusiveStartKey");
  if (attributes == nullptr) return;
  auto item = read_item(*attributes);
  if (!item) {
    const std::string_view prefix = is_bare(item.error().kind) ? "" : "The provided starting key is invalid: ";
    throw_validation(std::string(prefix) + words(item.error()));
  }
  page.start_key = std::move(item).value();
}

void compile_page_expressions(Expressions& expressions, PageOperation& page) {
  if (auto filter = expressions.condition("FilterExpression", expr::ExpressionKind::filter)) {
    page.filter = std::move(filter);
    page.filter_subject = "Filter Expression";
  }
  if (auto projection = expressions.projection()) page.projection = std::move(projection);
}

void check_select(const boost::json::object& body, const PageOperation& page, Envelope envelope) {
  if (!page.select) return;
  const std::string& select = *page.select;
  if (select == "SPECIFIC_ATTRIBUTES") {
    if (page.projection) return;
    throw_enveloped("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                    envelope);
  }
  if (page.projection) {
    const bool legacy = find_member(body, "AttributesToGet") != nullptr;
    throw_enveloped("Cannot specify the " + std::string(legacy ? "AttributesToGet" : "ProjectionExpression") +
                        " when choosing to get " + (select == "COUNT" ? "only the Count" : select),
                    envelope);
  }
  if (select == "ALL_PROJECTED_ATTRIBUTES" && page.index.empty()) {
    throw_enveloped("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName", envelope);
  }
}

void check_all_attributes(const PageOperation& page, const Index* index) {
  if (index == nullptr || index->schema.kind != IndexSchema::Kind::global) return;
  if (page.select != "ALL_ATTRIBUTES" || index->schema.projection.kind == IndexProjection::Kind::all) return;
  throw_parameter_invalid("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                          index->schema.name + " because its projection type is not ALL");
}

Answer answer_page(std::shared_ptr<const PageOperation> page, Session& session, PageRequest request, FilterRule rule) {
  check_schema(*page, *request.table, request.index, rule);
  request.start_key = page->start_key ? &*page->start_key : nullptr;
  request.limit = page->limit;
  request.consistency = page->consistency;
  request.filter = page->filter ? &*page->filter : nullptr;
  if (request.index != nullptr) request.parts = parts_of(*page, *request.table, *request.index);
  auto result = std::make_shared<Page>(read_page(session, request));
  result->consumption.table = page->table_as_given;
  return [page = std::move(page), result = std::move(result)](JsonText& out) { print(out, *page, *result); };
}

}  // namespace fickle
