// SearchVectors - the nearest items by a vector attribute, exactly: every item is compared. Source: API_SearchVectors; developer guide,
// vector search and its troubleshooting; the vector-search notes of aws/agent-toolkit-for-aws. Errors: tests/cases/SearchVectors.
#include <algorithm>
#include <cmath>

#include "emulator/api/common_fields.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/expressions.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/operation_list.hh"
#include "emulator/ops/vector_index.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::int64_t kTopMax = 100;
constexpr double kSearchBytesLeast = 1024;
constexpr std::size_t kFloatBytes = 4;
constexpr double kPrecision = 1e7;  // of components of 32 bits: the same direction is 0 away

constexpr Field kComponent{.shape = Shape::attribute_value};
constexpr Field kFields[] = {
    fields::control_table_name,
    fields::table_index_name,
    fields::return_consumed_capacity,
    fields::expression_attribute_names,
    fields::expression_attribute_values,
    fields::projection_expression,
    {.name = "SearchVector", .shape = Shape::list, .required = true, .min_length = 1, .element = &kComponent},
    {.name = "SearchConditionExpression"},
    {.name = "TopK", .shape = Shape::integer, .required = true, .min_value = 1},
};
constexpr Field kCapacityMembers[] = {{.name = "VectorSearchRequestBytes", .shape = Shape::double_number}};
constexpr Field kResultMembers[] = {
    {.name = "Item", .shape = Shape::attribute_map},
    {.name = "Score", .shape = Shape::double_number},
};
constexpr Field kResult{.shape = Shape::structure, .members = kResultMembers};
constexpr Field kReply[] = {
    {.name = "ConsumedCapacity", .shape = Shape::structure, .members = kCapacityMembers},
    {.name = "SearchResults", .shape = Shape::list, .element = &kResult},
};

constexpr std::string_view kCondition = "SearchConditionExpression";
constexpr std::string_view kExpressions[] = {"ProjectionExpression", kCondition};
constexpr std::string_view kWithValues[] = {kCondition};
constexpr ExpressionRules kRules{.legacy = {}, .expressions = kExpressions, .with_values = kWithValues};

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// DOT_PRODUCT: the greater, the more alike. The others are distances, COSINE from 0 to 2.
double score(const std::string& function, const Vector& a, const Vector& b) {
  if (function == "DOT_PRODUCT") return dot(a, b);
  if (function == "COSINE") {
    const double lengths = std::sqrt(dot(a, a)) * std::sqrt(dot(b, b));
    if (lengths == 0) return 1;
    return std::round((1 - dot(a, b) / lengths) * kPrecision) / kPrecision;
  }
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

struct Search {
  std::string table, index;
  Vector vector;
  std::optional<expr::Condition> condition;
  std::optional<expr::Projection> projection;
  std::size_t top = 1;
  bool consumed = false;
};

// Equalities of an attribute and a value, all of which must hold.
bool is_equality(const expr::Condition& condition) {
  if (const auto* both = std::get_if<expr::And>(&condition.node))
    return std::all_of(both->terms.begin(), both->terms.end(), [](const auto& term) { return is_equality(*term); });
  const auto* comparison = std::get_if<expr::Comparison>(&condition.node);
  return comparison != nullptr && comparison->comparator == expr::Comparator::eq;
}

// The condition may use the attributes of the search schema alone, and has to name its HASH attribute.
void check_condition(const Search& search, const json::object& index) {
  std::vector<std::string> used;
  if (search.condition) {
    for (const expr::Path& path : expr::paths_of(*search.condition)) used.push_back(path.root());
  }
  const json::array none;
  const json::array* given = read_array(index, "SearchSchema");
  for (const auto& element : given == nullptr ? none : *given) {
    const std::string name = read_string(element.as_object(), "AttributeName").value_or("");
    const bool is_hash = read_string(element.as_object(), "SearchSchemaElementType") == "HASH";
    if (is_hash && !search.condition)
      throw_validation("SearchConditionExpression must be provided when SearchSchema has a HASH key");
    if (is_hash && std::find(used.begin(), used.end(), name) == used.end())
      throw_validation("Search condition missed HASH attribute: " + name);
    std::erase(used, name);
  }
  if (!used.empty()) throw_validation("Search condition attribute is not in the search schema: " + used.front());
}

struct Found {
  double score = 0;
  ItemPtr item;
};

Answer run(Session& session, const Search& search) {
  const Table& table = session.item_table(search.table);
  const json::object* index = find_vector_index(table, search.index);
  if (index == nullptr) throw_validation("The table does not have the specified index: " + search.index);
  if (index->at("IndexStatus").as_string() != "ACTIVE")
    throw_validation("Cannot search backfilling vector index: " + search.index);
  const auto dimensions = static_cast<std::size_t>(read_integer(*index, "Dimensions").value_or(0));
  if (search.vector.size() != dimensions) {
    throw_validation("Input search vector dimension " + std::to_string(search.vector.size()) +
                     " does not match vector index dimension " + std::to_string(dimensions));
  }
  check_condition(search, *index);
  const std::string function = read_string(*index, "DistanceFunction").value_or("");
  std::vector<Found> found;
  std::size_t compared = 0;
  table.rows.scan({}, {}, Direction::forward, session.view(Consistency::eventual),
                  [&](const RowKey&, const ItemPtr& item) {
                    const auto vector = indexed_vector(*index, *item);
                    if (!vector) return true;
                    if (search.condition && !expr::evaluate(*search.condition, *item)) return true;
                    ++compared;
                    found.push_back({score(function, search.vector, *vector), item});
                    return true;
                  });
  const bool less_is_more = function != "DOT_PRODUCT";
  std::stable_sort(found.begin(), found.end(), [less_is_more](const Found& a, const Found& b) {
    return less_is_more ? a.score < b.score : a.score > b.score;
  });
  if (found.size() > search.top) found.resize(search.top);
  const double bytes = std::max(static_cast<double>(compared * dimensions * kFloatBytes), kSearchBytesLeast);
  return [found = std::move(found), schema = vector_index_schema(*index), table_schema = table.schema, bytes,
          vector = vector_attribute_of(*index), projection = search.projection,
          consumed = search.consumed](JsonText& out) {
    out.begin_object();
    if (consumed) out.key("ConsumedCapacity").json(json::object{{"VectorSearchRequestBytes", bytes}});
    out.key("SearchResults").begin_array();
    for (const Found& one : found) {
      Item item = projected(schema, table_schema, *one.item);
      if (!projection) item.erase(vector);  // it comes only when it is asked for
      out.begin_object().member("Item", projection ? expr::project(*projection, item) : item);
      out.key("Score").json(one.score).end_object();
    }
    out.end_array().end_object();
  };
}

Prepared prepare(const json::object& body) {
  Search search;
  search.table = table_name_of(body);
  search.index = read_string(body, "IndexName").value_or("");
  const std::int64_t top = read_integer(body, "TopK").value_or(1);
  if (top > kTopMax) {
    throw_validation("Provided TopK value '" + std::to_string(top) +
                     "' is out of valid range. The value must be between 1 and " + std::to_string(kTopMax) +
                     " inclusive");
  }
  search.top = static_cast<std::size_t>(top);
  search.consumed = read_string(body, "ReturnConsumedCapacity").value_or("NONE") != "NONE";
  Expressions expressions(read_expression_params(body, kRules), kRules);
  search.condition = expressions.condition(kCondition, expr::ExpressionKind::filter);
  if (search.condition && !is_equality(*search.condition))
    throw_validation("Invalid SearchConditionExpression: Invalid comparator used in SearchConditionExpression");
  search.projection = expressions.projection();
  expressions.check_all_used();
  List components;
  for (const auto& element : *read_array(body, "SearchVector")) {
    auto value = read_value(element);
    if (!value) throw_value_error(value.error(), Envelope::bare);
    components.push_back(std::move(value).value());
  }
  auto vector = vector_of(components);
  if (!vector) throw_parameter_invalid("Every element of SearchVector must be a number");
  search.vector = std::move(*vector);
  auto shared = std::make_shared<const Search>(std::move(search));
  Prepared prepared =
      on_table(shared->table, Access::read, [shared](Session& session) { return run(session, *shared); });
  prepared.touches.front().index = shared->index;
  return prepared;
}

}  // namespace

constinit const Operation search_vectors{.name = "SearchVectors",
                                         .groups = Group::read | Group::query,
                                         .fields = kFields,
                                         .reply = kReply,
                                         .prepare = prepare,
                                         .simplified =
                                             "exact search over all items instead of an approximate index; what a "
                                             "search examines, and so its bytes, is the service's own"};

}  // namespace fickle
