#include "emulator/ops/vector_index.hh"

#include <algorithm>
#include <set>

#include "emulator/api/reader.hh"
#include "emulator/ops/key_schema_spec.hh"
#include "emulator/ops/make_table.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::string_view kMember = "VectorIndexes";

const json::array* indexes_of(const Table& table) {
  const json::value* described = table.settings.more.if_contains("describe");
  if (described == nullptr) return nullptr;
  const json::value* list = described->as_object().if_contains(kMember);
  return list == nullptr ? nullptr : &list->as_array();
}

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

void check_vector_changes(const Table& table, const std::vector<VectorIndexChange>& changes) {
  for (const VectorIndexChange& change : changes) {
    const bool exists = find_vector_index(table, change.name) != nullptr;
    if (change.create && (exists || table.find_index(change.name) != nullptr))
      throw_validation("Attempting to create an index which already exists");
    if (!change.create && !exists) throw ApiError("ResourceNotFoundException", "Requested resource not found");
  }
}

void apply_vector_changes(Session&, Table& table, const std::vector<VectorIndexChange>& changes) {
  if (changes.empty()) return;
  json::object& described = described_more(table);
  json::value& member = described[kMember];
  if (!member.is_array()) member = json::array{};
  json::array& list = member.as_array();
  for (const VectorIndexChange& change : changes) {
    if (change.create) {
      list.push_back(description_of(table, change.body));
    } else {
      list.erase(std::find_if(list.begin(), list.end(), [&](const auto& one) { return has_name(one, change.name); }));
    }
  }
  if (list.empty()) described.erase(kMember);
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
  if (const json::array* indexes = indexes_of(table)) {
    for (const auto& index : *indexes) list.push_back(as_asked(index.as_object()));
  }
  return list;
}

const json::object* find_vector_index(const Table& table, std::string_view name) {
  const json::array* list = indexes_of(table);
  if (list == nullptr) return nullptr;
  const auto found = std::find_if(list->begin(), list->end(), [name](const auto& one) { return has_name(one, name); });
  return found == list->end() ? nullptr : &found->as_object();
}

}  // namespace fickle
