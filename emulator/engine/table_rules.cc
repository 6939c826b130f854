#include "emulator/engine/table_rules.hh"

#include <algorithm>
#include <optional>

#include "emulator/api/error.hh"
#include "emulator/engine/vector_rules.hh"
#include "emulator/expr/set_value.hh"

namespace fickle {

namespace {

constexpr std::string_view kSchemaMismatch = "The provided key element does not match the schema";
constexpr std::size_t kHashBytesMax = 2048;
constexpr std::size_t kRangeBytesMax = 1024;

std::size_t key_bytes(const Value& value) {
  if (const auto* text = value.as_string()) return text->size();
  if (const auto* bytes = value.as_binary()) return bytes->size();
  return 1;
}

[[noreturn]] void throw_empty_key(const Value& value, std::string_view attribute) {
  throw_validation(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty " +
      std::string(empty_kind(value)) + " value. Key: " + std::string(attribute));
}

void check_key_value(const Value& value, const KeyAttribute& attribute, KeyRole role) {
  if (is_empty_key(value)) throw_empty_key(value, attribute.name);
  if (const std::string problem = key_size_problem(value, role); !problem.empty()) throw_validation(problem);
}

void check_put_key_attribute(const Item& item, const KeyAttribute& attribute, KeyRole role, PutStyle style) {
  const Value* value = item.find(attribute.name);
  const bool fits = value != nullptr && value->is(attribute.type);
  if (!fits && style == PutStyle::batch) throw_validation(std::string(kSchemaMismatch));
  if (value == nullptr) throw_parameter_invalid("Missing the key " + attribute.name + " in the item");
  if (!fits) {
    throw_parameter_invalid("Type mismatch for key " + attribute.name +
                            " expected: " + std::string(type_name(attribute.type)) +
                            " actual: " + std::string(type_name(value->type())));
  }
  check_key_value(*value, attribute, role);
}

// Index schemas by name: DynamoDB names the alphabetically first offender.
std::vector<const IndexSchema*> indexes_by_name(const Table& table) {
  std::vector<const IndexSchema*> sorted;
  sorted.reserve(table.indexes.size());
  for (const Index& index : table.indexes) {
    if (index.status != IndexStatus::deleting) sorted.push_back(&index.schema);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return sorted;
}

void check_index_type(const IndexSchema& index, const KeyAttribute& attribute, Type type) {
  if (type != attribute.type) throw_index_type(index.name, attribute.name, attribute.type, type);
}

void check_put_index_value(const IndexSchema& index, const KeyAttribute& attribute, const Value& value) {
  if (is_empty_key(value)) throw_empty_index_key(index.name, attribute.name, value);
}

void check_updated_index_value(const Value& value) {
  if (!is_empty_key(value)) return;
  throw_validation(
      "One or more parameter values are not valid. The update expression attempted to update a secondary index key to "
      "a value that is not supported. The AttributeValue for a key attribute cannot contain an empty " +
      std::string(empty_kind(value)) + " value.");
}

// The action of an update that sets or adds to an attribute; none when both are null.
struct Written {
  const expr::SetAction* set = nullptr;
  const expr::AddAction* add = nullptr;
};

Written written_to(const expr::Update& update, std::string_view name) {
  for (const auto& action : update.actions) {
    const Written written{std::get_if<expr::SetAction>(&action), std::get_if<expr::AddAction>(&action)};
    if (written.set == nullptr && written.add == nullptr) continue;
    const expr::Path& target = written.set != nullptr ? written.set->target : written.add->target;
    if (target.is_top_level() && target.root() == name) return written;
  }
  return {};
}

// The type that the expression's text gives the attribute, where it does.
std::optional<Type> written_type(const expr::Update& update, std::string_view name) {
  const Written written = written_to(update, name);
  if (written.add != nullptr) return written.add->operand.type();
  return written.set != nullptr ? expr::type_by_text(written.set->value) : std::nullopt;
}

// The value that the expression's text gives it; nullptr when it gives none.
const Value* written_value(const expr::Update& update, std::string_view name) {
  const Written written = written_to(update, name);
  if (written.add != nullptr) return &written.add->operand;
  return written.set != nullptr ? std::get_if<Value>(&written.set->value.node) : nullptr;
}

void check_index_size(const IndexSchema& index, const KeyAttribute& attribute, const Value& value) {
  const bool is_hash = std::any_of(index.key.hash.begin(), index.key.hash.end(),
                                   [&](const auto& a) { return a.name == attribute.name; });
  const std::size_t most = is_hash ? kHashBytesMax : kRangeBytesMax;
  const std::size_t size = key_bytes(value);
  if (size <= most) return;
  throw_parameter_invalid("Size limit exceeded for Index Key " + attribute.name +
                          " Actual Size: " + std::to_string(size) + " bytes Max Size: " + std::to_string(most) +
                          " bytes IndexName: " + index.name);
}

// Attributes of the table's own key have been checked, but may be longer than the index can have them.
void check_put_index_keys(const IndexSchema& index, const KeySchema& table_key, const Item& item) {
  const auto attributes = index.key.all();
  const bool is_entry = std::all_of(attributes.begin(), attributes.end(),
                                    [&](const auto* attribute) { return item.find(attribute->name) != nullptr; });
  for (const KeyAttribute* attribute : attributes) {
    const Value* value = item.find(attribute->name);
    const bool is_table_key = table_key.find(attribute->name) != nullptr;
    if (value == nullptr || (is_table_key && !is_entry)) continue;
    if (!is_table_key) {
      check_index_type(index, *attribute, value->type());
      check_put_index_value(index, *attribute, *value);
    }
    check_index_size(index, *attribute, *value);
  }
}

}  // namespace

bool is_empty_key(const Value& value) {
  const auto* text = value.as_string();
  const auto* bytes = value.as_binary();
  return (text != nullptr && text->empty()) || (bytes != nullptr && bytes->empty());
}

std::string_view empty_kind(const Value& value) {
  return value.is(Type::B) ? "binary" : "string";
}

std::string key_size_problem(const Value& value, KeyRole role) {
  const std::size_t size = key_bytes(value);
  if (role == KeyRole::hash && size > kHashBytesMax) {
    return "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 "
           "bytes";
  }
  if (role == KeyRole::range && size > kRangeBytesMax) {
    return "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit "
           "of 1024 bytes";
  }
  return {};
}

RowKey check_key(const TableSchema& schema, const Item& key) {
  const std::size_t wanted = schema.key.hash.size() + schema.key.range.size();
  if (key.size() != wanted) throw_validation(std::string(kSchemaMismatch));
  for (const KeyAttribute* attribute : schema.key.all()) {
    const Value* value = key.find(attribute->name);
    if (value == nullptr || !value->is(attribute->type)) throw_validation(std::string(kSchemaMismatch));
  }
  for (const auto& attribute : schema.key.hash) check_key_value(*key.find(attribute.name), attribute, KeyRole::hash);
  for (const auto& attribute : schema.key.range) check_key_value(*key.find(attribute.name), attribute, KeyRole::range);
  return row_key_of(schema.key, key).value();
}

void check_no_empty_key(const TableSchema& schema, const Item& item) {
  for (const KeyAttribute* attribute : schema.key.all()) {
    const Value* value = item.find(attribute->name);
    if (value != nullptr && value->is(attribute->type) && is_empty_key(*value))
      throw_empty_key(*value, attribute->name);
  }
}

void check_no_empty_index_key(const Table& table, const Item& item) {
  for (const IndexSchema* index : indexes_by_name(table)) {
    for (const KeyAttribute* attribute : index->key.all()) {
      const Value* value = item.find(attribute->name);
      if (value != nullptr && value->is(attribute->type)) check_put_index_value(*index, *attribute, *value);
    }
  }
}

RowKey check_put_item(const Table& table, const Item& item, PutStyle style) {
  for (const auto& attribute : table.schema.key.hash) check_put_key_attribute(item, attribute, KeyRole::hash, style);
  for (const auto& attribute : table.schema.key.range) check_put_key_attribute(item, attribute, KeyRole::range, style);
  if (!table.indexes.empty()) {
    for (const IndexSchema* index : indexes_by_name(table)) check_put_index_keys(*index, table.schema.key, item);
  }
  check_vectors(table, nullptr, item);
  return row_key_of(table.schema.key, item).value();
}

void check_updated_index_keys(const Table& table, const Item& before, const Item& after,
                              const std::vector<std::string>& computed) {
  for (const IndexSchema* index : indexes_by_name(table)) {
    for (const KeyAttribute* attribute : index->key.all()) {
      const Value* value = after.find(attribute->name);
      const Value* old = before.find(attribute->name);
      if (value == nullptr || (old != nullptr && *old == *value)) continue;
      if (!value->is(attribute->type) &&
          std::find(computed.begin(), computed.end(), attribute->name) != computed.end()) {
        throw_validation("The update expression attempted to update the secondary index key to unsupported type");
      }
      check_index_type(*index, *attribute, value->type());
      check_updated_index_value(*value);
      check_index_size(*index, *attribute, *value);
    }
  }
}

void check_update_targets(const TableSchema& schema, std::span<const expr::Path> targets) {
  for (const expr::Path& target : targets) {
    if (schema.key.find(target.root()) == nullptr) continue;
    throw_parameter_invalid("Cannot update attribute " + target.root() + ". This attribute is part of the key");
  }
}

void throw_index_type(const std::string& index, const std::string& attribute, Type expected, Type actual) {
  throw_parameter_invalid("Type mismatch for Index Key " + attribute +
                          " Expected: " + std::string(type_name(expected)) +
                          " Actual: " + std::string(type_name(actual)) + " IndexName: " + index);
}

void throw_empty_index_key(const std::string& index, const std::string& attribute, const Value& value) {
  throw_validation(
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The "
      "AttributeValue for a key attribute cannot contain an empty " +
      std::string(empty_kind(value)) + " value. IndexName: " + index + ", IndexKey: " + attribute);
}

void check_written_index_types(const Table& table, const expr::Update& update) {
  if (table.indexes.empty()) return;
  for (const IndexSchema* index : indexes_by_name(table)) {
    for (const KeyAttribute* attribute : index->key.all()) {
      if (const auto type = written_type(update, attribute->name)) check_index_type(*index, *attribute, *type);
    }
  }
}

void check_no_empty_written_index_key(const Table& table, const expr::Update& update) {
  for (const IndexSchema* index : indexes_by_name(table)) {
    for (const KeyAttribute* attribute : index->key.all()) {
      const Value* value = written_value(update, attribute->name);
      if (value != nullptr && value->is(attribute->type)) check_updated_index_value(*value);
    }
  }
}

void check_nested_key_access(const Table& table, std::span<const expr::Path> paths) {
  constexpr std::string_view text =
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
  for (const expr::Path& path : paths) {
    if (path.is_top_level()) continue;
    if (table.schema.key.find(path.root()) != nullptr) throw_validation(std::string(text) + "Key: " + path.root());
    for (const Index& index : table.indexes) {
      if (index.schema.key.find(path.root()) != nullptr)
        throw_validation(std::string(text) + "IndexKey: " + path.root());
    }
  }
}

}  // namespace fickle
