#include "emulator/engine/page_rules.hh"

#include <algorithm>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"
#include "emulator/engine/start_key_rules.hh"
#include "emulator/engine/table_rules.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/expr/eval.hh"

namespace fickle {

namespace {

constexpr std::string_view kInvalidStart = "The provided starting key is invalid";
constexpr std::string_view kSchemaMismatch = "The provided key element does not match the schema";

expr::KeyShape shape_of(const KeySchema& key) {
  expr::KeyShape shape;
  for (const auto& attribute : key.hash) shape.hash.push_back({attribute.name, attribute.type});
  for (const auto& attribute : key.range) shape.range.push_back({attribute.name, attribute.type});
  return shape;
}

[[noreturn]] void refuse(const expr::KeyRangeError& error) {
  using Code = expr::KeyRangeError::Code;
  switch (error.code) {
    case Code::too_many_conditions:
      throw_validation("The number of query conditions (" + std::to_string(error.count) +
                       ") exceeds the number of key attributes defined in the schema (" + std::to_string(error.limit) +
                       ")");
    case Code::missing_element: throw_validation("Query condition missed key schema element: " + error.attribute);
    case Code::type_mismatch: throw_parameter_invalid("Condition parameter type does not match schema type");
    case Code::hash_not_equality: throw_validation("Query key condition not supported");
    case Code::hash_needs_equality:
      throw_validation("Query key condition not supported: each HASH key attribute needs an equality condition: " +
                       error.attribute);
    case Code::range_needs_equality:
      throw_validation(
          "Query key condition not supported: RANGE key attributes are used from left to right, all but the last with "
          "an equality condition: " +
          error.attribute);
  }
  throw_validation("Query key condition not supported");
}

// No key value of a condition may be empty or longer than a key.
void check_condition_value(const Value& value, const std::string& attribute, KeyRole role, const Index* index) {
  if (is_empty_key(value)) {
    const std::string cannot =
        "The AttributeValue for a key attribute cannot contain an empty " + std::string(empty_kind(value)) + " value. ";
    throw_validation(index == nullptr
                         ? "One or more parameter values are not valid. " + cannot + "Key: " + attribute
                         : "One or more parameter values are not valid. A value specified for a secondary index key is "
                           "not supported. " +
                               cannot + "IndexName: " + index->schema.name + ", IndexKey: " + attribute);
  }
  if (const std::string problem = key_size_problem(value, role); !problem.empty()) throw_validation(problem);
}

expr::KeyRange split(const expr::KeyCondition& condition, const Table& table, const Index* index) {
  auto range = expr::split_key_condition(condition, shape_of(read_key(table, index)));
  if (!range) refuse(range.error());
  return std::move(range).value();
}

void check_values(const expr::KeyRange& range, const Table& table, const Index* index) {
  const KeySchema& key = read_key(table, index);
  for (std::size_t i = 0; i < range.hash.size(); ++i) {
    check_condition_value(range.hash[i], key.hash[i].name, KeyRole::hash, index);
  }
  for (const expr::KeyTerm& term : range.range) {
    check_condition_value(term.operand, term.attribute, KeyRole::range, index);
    if (term.op == expr::KeyTerm::Operator::between)
      check_condition_value(term.upper, term.attribute, KeyRole::range, index);
  }
}

// The operators of KeyConditions that an index can serve; nullopt for the others.
std::optional<expr::KeyTerm::Operator> indexable(expr::LegacyOperator op) {
  using From = expr::LegacyOperator;
  using To = expr::KeyTerm::Operator;
  switch (op) {
    case From::EQ: return To::eq;
    case From::LE: return To::le;
    case From::LT: return To::lt;
    case From::GE: return To::ge;
    case From::GT: return To::gt;
    case From::BEGINS_WITH: return To::begins_with;
    case From::BETWEEN: return To::between;
    case From::NE:
    case From::NOT_NULL:
    case From::NULL_:
    case From::CONTAINS:
    case From::NOT_CONTAINS:
    case From::IN: return std::nullopt;
  }
  return std::nullopt;
}

// The names that a start key must have.
std::set<std::string_view> start_names(const Table& table, const Index* index) {
  std::set<std::string_view> names;
  for (const KeyAttribute* attribute : table.schema.key.all()) names.insert(attribute->name);
  if (index != nullptr) {
    for (const KeyAttribute* attribute : index->schema.key.all()) names.insert(attribute->name);
  }
  return names;
}

// One attribute of the key that is read.
void check_start_attribute(const Item& start_key, const KeyAttribute& attribute) {
  const Value* value = start_key.find(attribute.name);
  if (value == nullptr) throw_validation(std::string(kInvalidStart));
  if (!value->is(attribute.type)) throw_validation(std::string(kSchemaMismatch));
}

void check_start_values(const Item& start_key, const KeySchema& key) {
  const auto check = [&](const KeyAttribute& attribute, KeyRole role) {
    check_condition_value(*start_key.find(attribute.name), attribute.name, role, nullptr);
  };
  for (const auto& attribute : key.hash) check(attribute, KeyRole::hash);
  for (const auto& attribute : key.range) check(attribute, KeyRole::range);
}

// {p=AttributeValue: {S:x}}, as the service prints a key.
std::string java_text_of(const Item& key) {
  std::string text = "{";
  for (const Attribute& attribute : key) {
    if (text.size() > 1) text += ", ";
    text += attribute.name + "=AttributeValue: {" + std::string(type_name(attribute.value.type())) + ":";
    if (const auto* string = attribute.value.as_string()) text += *string;
    if (const auto* number = attribute.value.as_number()) text += number->to_string();
    if (const auto* bytes = attribute.value.as_binary()) text += base64_encode(*bytes);
    text += "}";
  }
  return text + "}";
}

// "[a, b]": the attributes that the index does not project, each once; empty when it projects all.
std::string not_projected(std::span<const expr::Path> paths, const Table& table, const Index& index) {
  std::vector<std::string> names;
  for (const expr::Path& path : paths) {
    const bool known = std::find(names.begin(), names.end(), path.root()) != names.end();
    if (!known && !is_projected(index.schema, table.schema, path.root())) names.push_back(path.root());
  }
  return names.empty() ? std::string() : "[" + join(names, ", ") + "]";
}

}  // namespace

Index* index_to_read(Table& table, std::string_view name, Consistency consistency, std::string_view operation) {
  if (name.empty()) return nullptr;
  Index* index = table.find_index(name);
  if (index == nullptr && find_vector_index(table, name) != nullptr)
    throw_validation(std::string(operation) + " operation not supported on this index type.");
  if (index == nullptr || index->status == IndexStatus::deleting) {
    throw_validation("The table does not have the specified index: " + std::string(name));
  }
  if (index->status == IndexStatus::creating) {
    throw_validation("Cannot read from backfilling global secondary index: " + std::string(name));
  }
  if (index->schema.kind == IndexSchema::Kind::global && consistency == Consistency::strong) {
    throw_validation("Consistent reads are not supported on global secondary indexes");
  }
  return index;
}

const KeySchema& read_key(const Table& table, const Index* index) {
  return index != nullptr ? index->schema.key : table.schema.key;
}

expr::KeyRange check_key_condition(const expr::KeyCondition& condition, const Table& table, const Index* index) {
  expr::KeyRange range = split(condition, table, index);
  check_values(range, table, index);
  return range;
}

expr::KeyRange check_key_conditions(const std::vector<expr::LegacyCondition>& conditions, const Table& table,
                                    const Index* index) {
  using Code = expr::KeyRangeError::Code;
  expr::KeyCondition terms;
  bool all_indexable = true;
  for (const expr::LegacyCondition& condition : conditions) {
    const auto op = indexable(*condition.comparison);
    expr::KeyTerm term{
        .op = op.value_or(expr::KeyTerm::Operator::eq), .attribute = condition.attribute, .operand = {}, .upper = {}};
    if (op) term.operand = condition.values->at(0);
    if (op == expr::KeyTerm::Operator::between) term.upper = condition.values->at(1);
    all_indexable = all_indexable && op.has_value();
    terms.terms.push_back(std::move(term));
  }
  // Missing elements come before operators that no index can serve, these before types.
  auto range = expr::split_key_condition(terms, shape_of(read_key(table, index)));
  const bool is_about_elements =
      !range && (range.error().code == Code::too_many_conditions || range.error().code == Code::missing_element);
  if (!all_indexable && !is_about_elements) {
    throw_validation("Attempted conditional constraint is not an indexable operation");
  }
  if (!range) refuse(range.error());
  check_values(range.value(), table, index);
  return std::move(range).value();
}

void check_query_start_hash(const Item& start_key, const Table& table, const Index* index) {
  if (start_key.size() != start_names(table, index).size()) throw_validation(std::string(kInvalidStart));
  for (const KeyAttribute& attribute : read_key(table, index).hash) check_start_attribute(start_key, attribute);
}

void check_scan_start_index(const Item& start_key, const Table& table, const Index& index) {
  if (start_key.size() != start_names(table, &index).size()) throw_validation(std::string(kInvalidStart));
  for (const KeyAttribute* attribute : index.schema.key.all()) check_start_attribute(start_key, *attribute);
}

void check_start_key(const Item& start_key, const Table& table, const Index* index, StartOf of) {
  const std::string invalid(kInvalidStart);
  const std::string mismatch = invalid + ": " + std::string(kSchemaMismatch);
  if (start_key.size() != start_names(table, index).size()) {
    throw_validation(of == StartOf::scan && index == nullptr ? mismatch : invalid);
  }
  if (of == StartOf::query || index != nullptr) {
    for (const KeyAttribute* attribute : read_key(table, index).all()) check_start_attribute(start_key, *attribute);
  }
  for (const KeyAttribute* attribute : table.schema.key.all()) {
    const Value* value = start_key.find(attribute->name);
    if (value == nullptr || !value->is(attribute->type)) throw_validation(mismatch);
  }
  if (index != nullptr) check_start_values(start_key, index->schema.key);
  check_start_values(start_key, table.schema.key);
  // All parts of an index key together may be too long where none is by itself.
  if (index != nullptr && !index_row_key_of(index->schema, table.schema, start_key)) throw_validation(invalid);
}

void check_start_in_range(const Item& start_key, const expr::KeyRange& range, const Universe& universe,
                          const Table& table, const Index* index) {
  const KeySchema& key = read_key(table, index);
  bool same_hash = true;
  for (std::size_t i = 0; i < key.hash.size(); ++i) {
    same_hash = same_hash && *start_key.find(key.hash[i].name) == range.hash[i];
  }
  if (range.range.empty()) {
    if (!same_hash)
      throw_validation("The provided starting key is outside query boundaries based on provided conditions");
    if (finds_one_row(table, index) &&
        !starts_with_key(universe, table, index, start_row_key(table, index, start_key))) {
      throw_validation("The provided exclusive start key is invalid: ExclusiveStartKey: " + java_text_of(start_key));
    }
    return;
  }
  for (const expr::KeyTerm& term : range.range) {
    if (!expr::matches(term, *start_key.find(term.attribute)))
      throw_validation("The provided starting key does not match the range key predicate");
  }
  if (!same_hash) throw_validation("The query can return at most one row and cannot be restarted");
}

bool finds_one_row(const Table& table, const Index* index) {
  return index == nullptr && !table.schema.has_range();
}

void check_filter_keys(std::span<const expr::Path> paths, const KeySchema& key, std::string_view subject) {
  for (const KeyAttribute* attribute : key.all()) {
    const bool named =
        std::any_of(paths.begin(), paths.end(), [&](const expr::Path& path) { return path.root() == attribute->name; });
    if (!named) continue;
    throw_validation(std::string(subject) +
                     " can only contain non-primary key attributes: Primary key attribute: " + attribute->name);
  }
}

void check_filter_projected(std::span<const expr::Path> paths, const Table& table, const Index& index) {
  const std::string missing = not_projected(paths, table, index);
  if (missing.empty()) return;
  throw_parameter_invalid("Secondary index " + index.schema.name +
                          " does not project one or more filter attributes: " + missing);
}

bool all_projected(std::span<const expr::Path> paths, const Table& table, const Index& index) {
  return std::all_of(paths.begin(), paths.end(),
                     [&](const expr::Path& path) { return is_projected(index.schema, table.schema, path.root()); });
}

void check_projected(std::span<const expr::Path> paths, const Table& table, const Index& index) {
  const std::string missing = not_projected(paths, table, index);
  if (missing.empty()) return;
  throw_parameter_invalid("Global secondary index " + index.schema.name + " does not project " + missing);
}

}  // namespace fickle
