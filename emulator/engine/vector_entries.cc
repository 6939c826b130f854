#include "emulator/engine/vector_entries.hh"

#include <charconv>

#include "emulator/api/reader.hh"

namespace fickle {

namespace {

namespace json = boost::json;

std::string vector_attribute_of(const json::object& index) {
  return read_string(index.at("VectorAttribute").as_object(), "AttributeName").value_or("");
}

}  // namespace

std::optional<Vector> vector_of(const List& list) {
  Vector vector;
  for (const Value& member : list) {
    const Number* number = member.as_number();
    if (number == nullptr) return std::nullopt;
    const std::string text = number->to_string();
    double component = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), component);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    vector.push_back(static_cast<double>(static_cast<float>(component)));
  }
  return vector;
}

std::optional<Vector> indexed_vector(const json::object& index, const Item& item) {
  const Value* value = item.find(vector_attribute_of(index));
  const List* list = value == nullptr ? nullptr : value->as_list();
  if (list == nullptr) return std::nullopt;
  auto vector = vector_of(*list);
  const auto dimensions = static_cast<std::size_t>(read_integer(index, "Dimensions").value_or(0));
  if (vector && vector->size() != dimensions) return std::nullopt;
  return vector;
}

IndexSchema vector_index_schema(const json::object& index) {
  IndexSchema schema;
  const json::object& projection = index.at("Projection").as_object();
  const std::string type = read_string(projection, "ProjectionType").value_or("ALL");
  schema.projection.kind = type == "ALL"         ? IndexProjection::Kind::all
                           : type == "KEYS_ONLY" ? IndexProjection::Kind::keys_only
                                                 : IndexProjection::Kind::include;
  schema.projection.non_key_attributes = read_strings(projection, "NonKeyAttributes");
  if (schema.projection.kind == IndexProjection::Kind::all) return schema;
  schema.projection.kind = IndexProjection::Kind::include;
  schema.projection.non_key_attributes.push_back(vector_attribute_of(index));
  if (const json::array* elements = read_array(index, "SearchSchema")) {
    for (const auto& element : *elements)
      schema.projection.non_key_attributes.push_back(read_string(element.as_object(), "AttributeName").value_or(""));
  }
  return schema;
}

VectorIndexSize size_of_vector_index(const Table& table, const json::object& index) {
  const IndexSchema schema = vector_index_schema(index);
  VectorIndexSize sum;
  table.rows.scan({}, {}, Direction::forward, {}, [&](const RowKey&, const ItemPtr& item) {
    if (indexed_vector(index, *item)) {
      ++sum.items;
      sum.size += projected_size(schema, table.schema, *item);
    }
    return true;
  });
  return sum;
}

}  // namespace fickle
