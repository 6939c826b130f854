#include "emulator/engine/vector_entries.hh"

#include <algorithm>
#include <charconv>

#include "emulator/api/reader.hh"
#include "emulator/engine/described.hh"
#include "emulator/value/item_size.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::uint64_t kFloatBytes = 4;
constexpr std::uint64_t kWriteBytesLeast = 1024;

// What stands in the index for the item; nothing when it is not in it.
Item entry_of(const Table& table, const json::object& index, const ItemPtr& item) {
  if (!item || !indexed_vector(index, *item)) return {};
  return projected(vector_index_schema(index), table.schema, *item);
}

}  // namespace

const json::array* vector_indexes_of(const Table& table) {
  const json::value* list = find_described(table, "VectorIndexes");
  return list == nullptr ? nullptr : &list->as_array();
}

const json::object* find_vector_index(const Table& table, std::string_view name) {
  const json::array* list = vector_indexes_of(table);
  if (list == nullptr) return nullptr;
  const auto found = std::find_if(list->begin(), list->end(),
                                  [name](const json::value& one) { return one.at("IndexName").as_string() == name; });
  return found == list->end() ? nullptr : &found->as_object();
}

std::string vector_attribute_of(const json::object& index) {
  return read_string(index.at("VectorAttribute").as_object(), "AttributeName").value_or("");
}

std::vector<SearchAttribute> search_schema_of(const json::object& index) {
  std::vector<SearchAttribute> attributes;
  if (const json::array* elements = read_array(index, "SearchSchema")) {
    for (const auto& element : *elements) {
      attributes.push_back({read_string(element.as_object(), "AttributeName").value_or(""),
                            read_string(element.as_object(), "SearchSchemaElementType") == "HASH"});
    }
  }
  return attributes;
}

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
  for (const SearchAttribute& attribute : search_schema_of(index)) {
    if (attribute.is_hash && item.find(attribute.name) == nullptr) return std::nullopt;
  }
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
  for (SearchAttribute& attribute : search_schema_of(index))
    schema.projection.non_key_attributes.push_back(std::move(attribute.name));
  return schema;
}

Bytes vector_entry_size(const Table& table, const json::object& index, const Item& item) {
  Item rest = projected(vector_index_schema(index), table.schema, item);
  const auto dimensions = static_cast<std::uint64_t>(read_integer(index, "Dimensions").value_or(0));
  rest.erase(vector_attribute_of(index));
  return Bytes{dimensions * kFloatBytes} + size_of(rest);
}

std::map<std::string, Bytes> vector_write_sizes(const Table& table, const ItemPtr& before, const ItemPtr& after) {
  std::map<std::string, Bytes> sizes;
  const json::array* indexes = vector_indexes_of(table);
  if (indexes == nullptr) return sizes;
  Bytes sum;
  for (const auto& one : *indexes) {
    const json::object& index = one.as_object();
    const Item now = entry_of(table, index, after);
    if (now == entry_of(table, index, before)) continue;
    const Bytes size = vector_entry_size(table, index, now.size() > 0 ? *after : *before);
    sizes[read_string(index, "IndexName").value_or("")] = size;
    sum = sum + size;
  }
  if (!sizes.empty() && sum.count < kWriteBytesLeast)
    sizes.begin()->second = sizes.begin()->second + Bytes{kWriteBytesLeast - sum.count};
  return sizes;
}

VectorIndexSize size_of_vector_index(const Table& table, const json::object& index) {
  VectorIndexSize sum;
  table.rows.scan({}, {}, Direction::forward, {}, [&](const RowKey&, const ItemPtr& item) {
    if (indexed_vector(index, *item)) {
      ++sum.items;
      sum.size += vector_entry_size(table, index, *item);
    }
    return true;
  });
  return sum;
}

}  // namespace fickle
