// FilterSpecification of ExportTableToPointInTime: which items are exported, and what of them. Its expressions are compiled with the
// request and bound to the table's keys when the export runs. Immutable values. Source: API_FilterSpecification as the SDKs document it;
// texts as Query's, nobody has observed the service.
#pragma once

#include <boost/json.hpp>
#include <optional>

#include "emulator/api/common_fields.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/expr/key_range.hh"
#include "emulator/store/table.hh"

namespace fickle {

namespace fields {

inline constexpr Field kFilterSpecificationMembers[] = {
    filter_expression,          projection_expression,       key_condition_expression,
    expression_attribute_names, expression_attribute_values,
};
inline constexpr Field filter_specification{.name = "FilterSpecification",
                                            .shape = Shape::structure,
                                            .type_name = "com.amazonaws.dynamodb.v20120810.FilterSpecification",
                                            .members = kFilterSpecificationMembers};

}  // namespace fields

struct ExportFilter {
  std::optional<expr::KeyCondition> key;
  std::optional<expr::Condition> filter;
  std::optional<expr::Projection> projection;
};

// Of the request's body; everything passes when it has none. Throws ApiError.
[[nodiscard]] ExportFilter read_export_filter(const boost::json::object& body);

// A filter and the table it is for. Throws ApiError when the two do not go together.
class ExportSelection {
 public:
  ExportSelection(const ExportFilter& filter, const Table& table);

  [[nodiscard]] bool takes(const Item& item) const;
  [[nodiscard]] Item shown(const Item& item) const;

 private:
  const ExportFilter& filter_;
  const Table& table_;
  std::optional<expr::KeyBounds> bounds_;
};

}  // namespace fickle
