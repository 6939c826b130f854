#include "emulator/engine/vector_rules.hh"

#include <algorithm>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/vector_entries.hh"

namespace fickle {

namespace {

namespace json = boost::json;

void check_vector(const json::object& index, const std::string& index_name, const std::string& attribute,
                  const Value& value) {
  const List* list = value.as_list();
  if (list == nullptr) throw_index_type(index_name, attribute, Type::L, value.type());
  for (const Value& member : *list) {
    if (!member.is(Type::N)) throw_index_type(index_name, attribute, Type::N, member.type());
  }
  const std::int64_t dimensions = read_integer(index, "Dimensions").value_or(0);
  if (static_cast<std::int64_t>(list->size()) != dimensions) {
    throw_parameter_invalid("Invalid size for parameter " + attribute + ", Expected: " + std::to_string(dimensions) +
                            ", Actual: " + std::to_string(list->size()) + ". IndexName: " + index_name);
  }
}

void check_searched(const Table& table, const std::string& index_name, const SearchAttribute& attribute,
                    const Value& value) {
  const auto& definitions = table.settings.attribute_definitions;
  const auto defined = std::find_if(definitions.begin(), definitions.end(),
                                    [&](const KeyAttribute& one) { return one.name == attribute.name; });
  if (defined != definitions.end() && !value.is(defined->type))
    throw_index_type(index_name, attribute.name, defined->type, value.type());
  if (attribute.is_hash && is_empty_key(value)) throw_empty_index_key(index_name, attribute.name, value);
}

}  // namespace

void check_vectors(const Table& table, const Item* before, const Item& after) {
  const json::array* indexes = vector_indexes_of(table);
  if (indexes == nullptr) return;
  const auto changed = [&](const std::string& attribute) -> const Value* {
    const Value* value = after.find(attribute);
    const Value* old = before == nullptr ? nullptr : before->find(attribute);
    return value != nullptr && old != nullptr && *value == *old ? nullptr : value;
  };
  for (const auto& one : *indexes) {
    const json::object& index = one.as_object();
    const std::string name = read_string(index, "IndexName").value_or("");
    const std::string attribute = vector_attribute_of(index);
    if (const Value* value = changed(attribute)) check_vector(index, name, attribute, *value);
    for (const SearchAttribute& searched : search_schema_of(index)) {
      if (const Value* value = changed(searched.name)) check_searched(table, name, searched, *value);
    }
  }
}

}  // namespace fickle
