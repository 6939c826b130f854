#include "emulator/ops/vector_index.hh"

#include <algorithm>
#include <set>

#include "emulator/api/reader.hh"
#include "emulator/engine/described.hh"
#include "emulator/engine/vector_entries.hh"
#include "emulator/ops/control.hh"
#include "emulator/ops/key_schema_spec.hh"
#include "emulator/store/lifecycle.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kMember = "VectorIndexes";

constexpr std::size_t kIndexesMax = 5;
constexpr std::size_t kFiltersMax = 18;
constexpr std::int64_t kDimensionsMax = 4096;

VectorIndexChange creation(const json::object& given) {
  static_cast<void>(read_projection(given));
  std::size_t hashes = 0;
  if (const json::array* schema = read_array(given, "SearchSchema")) {
    std::set<std::string> names;
    for (const auto& element : *schema) {
      const std::string name = read_string(element.as_object(), "AttributeName").value_or("");
      if (read_string(element.as_object(), "SearchSchemaElementType") == "HASH") ++hashes;
      if (!names.insert(name).second) throw_parameter_invalid("Duplicate attribute in SearchSchema: " + name);
    }
  }
  if (hashes > 1) throw_parameter_invalid("The SearchSchema exceeds the maximum allowed number of HASH attributes");
  if (search_schema_of(given).size() - hashes > kFiltersMax)
    throw_parameter_invalid("The SearchSchema exceeds the maximum allowed number of INLINE_FILTER attributes");
  if (read_integer(given, "Dimensions").value_or(0) > kDimensionsMax)
    throw_parameter_invalid("Dimensions exceeds the maximum of " + std::to_string(kDimensionsMax));
  return {true, read_string(given, "IndexName").value_or(""), given};
}

json::object as_asked(const json::object& given) {
  json::object out;
  for (const std::string_view member :
       {"IndexName", "SearchSchema", "Projection", "VectorAttribute", "Dimensions", "DistanceFunction"}) {
    if (const json::value* value = find_member(given, member)) out[member] = *value;
  }
  out["Dimensions"] = read_integer(given, "Dimensions").value_or(0);
  return out;
}

json::object description_of(const Table& table, const json::object& given) {
  json::object out = as_asked(given);
  out["IndexStatus"] = "ACTIVE";
  out["IndexArn"] = table.settings.arn + "/index/" + read_string(given, "IndexName").value_or("");
  return out;
}

bool has_name(const json::value& index, std::string_view name) {
  return index.at("IndexName").as_string() == name;
}

}  // namespace

std::vector<VectorIndexChange> read_vector_indexes(const json::object& body, std::string_view member) {
  std::vector<VectorIndexChange> changes;
  std::set<std::string> names;
  if (const json::array* list = read_array(body, member)) {
    for (const auto& element : *list) {
      changes.push_back(creation(element.as_object()));
      if (!names.insert(changes.back().name).second)
        throw_parameter_invalid("Duplicate index name: " + changes.back().name);
    }
  }
  return changes;
}

std::vector<VectorIndexChange> read_vector_changes(const json::object& body) {
  std::vector<VectorIndexChange> changes;
  const json::array* list = read_array(body, "VectorIndexUpdates");
  if (list == nullptr) return changes;
  for (const auto& element : *list) {
    const json::object* create = read_object(element.as_object(), "Create");
    const json::object* remove = read_object(element.as_object(), "Delete");
    if ((create == nullptr) == (remove == nullptr)) {
      throw_parameter_invalid("Exactly one of VectorIndexUpdate.Create, VectorIndexUpdate.Delete must be specified");
    }
    changes.push_back(create != nullptr ? creation(*create)
                                        : VectorIndexChange{false, read_string(*remove, "IndexName").value_or(""), {}});
  }
  return changes;
}

void check_vector_creations(const std::vector<VectorIndexChange>& changes, std::size_t present, BillingMode billing,
                            std::span<const KeyAttribute> definitions) {
  for (const VectorIndexChange& change : changes) {
    if (!change.create) continue;
    for (const SearchAttribute& searched : search_schema_of(change.body)) {
      const auto names = [&searched](const KeyAttribute& one) { return one.name == searched.name; };
      if (std::none_of(definitions.begin(), definitions.end(), names))
        throw_parameter_invalid("One element in SearchSchema is not defined in attribute definitions");
    }
    if (billing == BillingMode::provisioned)
      throw_parameter_invalid("Vector indexes are not supported when BillingMode is PROVISIONED");
    if (++present > kIndexesMax)
      throw_parameter_invalid("VectorIndex count exceeds the per-table limit of " + std::to_string(kIndexesMax));
  }
}

void check_vector_changes(const Table& table, const std::vector<VectorIndexChange>& changes, BillingMode billing,
                          std::vector<KeyAttribute> definitions) {
  for (const VectorIndexChange& change : changes) {
    const bool exists = find_vector_index(table, change.name) != nullptr;
    if (change.create && (exists || table.find_index(change.name) != nullptr))
      throw_validation("Attempting to create an index which already exists");
    if (!change.create && !exists) throw ApiError("ResourceNotFoundException", "Requested resource not found");
  }
  const json::array* present = vector_indexes_of(table);
  if (present != nullptr && billing == BillingMode::provisioned && table.settings.billing != billing)
    throw_parameter_invalid("BillingMode cannot be PROVISIONED while the table has vector indexes");
  const auto& old = table.settings.attribute_definitions;
  definitions.insert(definitions.end(), old.begin(), old.end());
  check_vector_creations(changes, present == nullptr ? 0 : present->size(), billing, definitions);
}

std::size_t online_vector_changes(const Table& table) {
  const json::array* list = vector_indexes_of(table);
  if (list == nullptr) return 0;
  return static_cast<std::size_t>(std::count_if(list->begin(), list->end(), [](const json::value& index) {
    return index.at("IndexStatus").as_string() != "ACTIVE";
  }));
}

namespace {

// The list, and what of the table follows from it, after something was added or taken away.
void settle_list(Table& table) {
  json::object& described = described_more(table);
  table.settings.searched_attributes.clear();
  const json::array none;
  const json::array* list = vector_indexes_of(table);
  for (const auto& index : list == nullptr ? none : *list) {
    for (SearchAttribute& attribute : search_schema_of(index.as_object()))
      table.settings.searched_attributes.push_back(std::move(attribute.name));
  }
  if (list != nullptr && list->empty()) described.erase(kMember);
  store::prune_definitions(table);
}

json::array& list_of(Table& table) {
  json::value& member = described_more(table)[kMember];
  if (!member.is_array()) member = json::array{};
  return member.as_array();
}

void erase(Table& table, const std::string& name) {
  json::array& list = list_of(table);
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return has_name(one, name); });
  if (found != list.end()) list.erase(found);
  settle_list(table);
}

json::object* find(Table& table, const std::string& name) {
  for (auto& index : list_of(table)) {
    if (has_name(index, name)) return &index.as_object();
  }
  return nullptr;
}

void create(Session& session, Table& table, const VectorIndexChange& change, VectorsOf owner) {
  json::object& index = list_of(table).emplace_back(description_of(table, change.body)).as_object();
  const Models& models = session.universe().models;
  const Duration wait = owner == VectorsOf::new_table ? models.lifecycle_create : models.lifecycle_backfill;
  if (wait <= Duration{0}) return;
  index["IndexStatus"] = "CREATING";
  if (owner == VectorsOf::present_table) index["Backfilling"] = true;
  after(session, wait,
        [table_name = table.schema.name, id = table.settings.id, name = change.name](Universe& universe, Instant) {
          Table* grown = same_table(universe, table_name, id);
          json::object* made = grown == nullptr ? nullptr : find(*grown, name);
          if (made == nullptr) return;
          (*made)["IndexStatus"] = "ACTIVE";
          made->erase("Backfilling");
        });
}

void remove(Session& session, Table& table, const std::string& name) {
  if (json::object* index = find(table, name)) (*index)["IndexStatus"] = "DELETING";
  after(session, session.universe().models.lifecycle_update,
        [table_name = table.schema.name, id = table.settings.id, name](Universe& universe, Instant) {
          if (Table* shrunk = same_table(universe, table_name, id)) erase(*shrunk, name);
        });
}

}  // namespace

void apply_vector_changes(Session& session, Table& table, const std::vector<VectorIndexChange>& changes,
                          VectorsOf owner) {
  for (const VectorIndexChange& change : changes) {
    if (change.create) {
      create(session, table, change, owner);
    } else {
      remove(session, table, change.name);
    }
  }
  if (!changes.empty()) settle_list(table);
}

void show_vector_changes(json::object& description, const json::object& old,
                         const std::vector<VectorIndexChange>& changes) {
  if (changes.empty()) return;
  const auto list_of = [](const json::object& from) {
    const json::value* member = from.if_contains(kMember);
    return member == nullptr ? json::array{} : member->as_array();
  };
  const auto find = [](json::array& list, const std::string& name) {
    return std::find_if(list.begin(), list.end(), [&](const auto& one) { return has_name(one, name); });
  };
  json::array list = list_of(description);
  json::array before = list_of(old);
  for (const VectorIndexChange& change : changes) {
    auto index = find(list, change.name);
    if (index == list.end()) index = list.insert(list.end(), *find(before, change.name));
    json::object& shown = index->as_object();
    shown["IndexStatus"] = change.create ? "CREATING" : "DELETING";
    if (change.create) shown["Backfilling"] = false;
  }
  description[kMember] = std::move(list);
}

json::array vector_indexes_as_asked(const Table& table) {
  json::array list;
  if (const json::array* indexes = vector_indexes_of(table)) {
    for (const auto& index : *indexes) list.push_back(as_asked(index.as_object()));
  }
  return list;
}

}  // namespace fickle
