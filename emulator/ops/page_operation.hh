// What Query and Scan share: their common members, the rules of Select, reading one page and printing it. Not an operation.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/engine/expressions.hh"
#include "emulator/engine/page.hh"
#include "emulator/engine/page_rules.hh"

namespace fickle {

struct PageOperation {
  std::string table_as_given, table;  // the former may be an ARN
  std::string index;                  // IndexName, or empty
  Consistency consistency = Consistency::eventual;
  std::optional<std::int64_t> limit;
  std::optional<std::string> select;
  std::optional<expr::Projection> projection;
  std::optional<expr::Condition> filter;
  std::string_view filter_subject;  // how messages name the filter
  std::optional<Item> start_key;
  ConsumedMode consumed = ConsumedMode::none;

  [[nodiscard]] bool counts_only() const { return select == "COUNT"; }
};

// TableName, IndexName, ConsistentRead, Limit, Select, ReturnConsumedCapacity.
void read_page_members(const boost::json::object& body, PageOperation& page);
// ExclusiveStartKey's values.
void read_start_key(const boost::json::object& body, PageOperation& page);
// FilterExpression and ProjectionExpression, when no legacy member was read in their place.
void compile_page_expressions(Expressions& expressions, PageOperation& page);
// The rules of Select that need no schema. Queries put their refusals into the envelope.
void check_select(const boost::json::object& body, const PageOperation& page, Envelope envelope);

// Select ALL_ATTRIBUTES is not for a global index that does not project all.
void check_all_attributes(const PageOperation& page, const Index* index);

// Checks what depends on the schema, reads and prices the page. `request` says what of the table or index is read, `start_key` and
// `filter` included; filters of a query may not name its key.
enum class FilterRule { may_name_keys, no_keys };
[[nodiscard]] Answer answer_page(std::shared_ptr<const PageOperation> page, Session& session, PageRequest request,
                                 FilterRule rule);

}  // namespace fickle
