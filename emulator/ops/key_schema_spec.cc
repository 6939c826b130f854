#include "emulator/ops/key_schema_spec.hh"

#include <algorithm>
#include <set>

#include "emulator/api/error.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/text.hh"

namespace fickle {

namespace {

namespace json = boost::json;

constexpr std::size_t kIndexKeyParts = 4;

struct KeyElement {
  std::string name;
  std::string type;
};

std::vector<KeyElement> key_elements(const json::object& owner) {
  std::vector<KeyElement> elements;
  if (const json::array* list = read_array(owner, "KeySchema")) {
    for (const auto& element : *list) {
      const json::object& object = element.as_object();
      elements.push_back(
          {read_string(object, "AttributeName").value_or(""), read_string(object, "KeyType").value_or("")});
    }
  }
  return elements;
}

void check_defined(const std::vector<KeyElement>& elements, const Definitions& definitions) {
  std::vector<std::string> missing;
  for (const auto& element : elements) {
    if (definitions.find(element.name) == nullptr) missing.push_back(element.name);
  }
  if (missing.empty()) return;
  std::vector<std::string> keys;
  for (const auto& element : elements) keys.push_back(element.name);
  throw_parameter_invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                          bracketed(keys) + ", AttributeDefinitions: " + bracketed(names_of(definitions)));
}

// One hash and at most one range attribute: tables and local indexes, and global indexes of up to two elements.
void check_single_key(const std::vector<KeyElement>& elements) {
  if (elements.size() > 1 && elements[0].name == elements[1].name) {
    throw_validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (elements[0].type != "HASH")
    throw_validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (elements.size() > 1 && elements[1].type != "RANGE") {
    throw_validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
}

// Up to four of each (behaviour reference 3.4).
void check_multi_key(const std::vector<KeyElement>& elements) {
  std::set<std::string> names;
  std::size_t hash = 0;
  std::size_t range = 0;
  for (const auto& element : elements) {
    if (element.type == "HASH" && range > 0) {
      throw_parameter_invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
    ++(element.type == "HASH" ? hash : range);
  }
  if (hash == 0) throw_validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (hash > kIndexKeyParts)
    throw_parameter_invalid("The KeySchema exceeds the maximum allowed number of HASH key attributes");
  if (range > kIndexKeyParts)
    throw_parameter_invalid("The KeySchema exceeds the maximum allowed number of RANGE key attributes");
  for (const auto& element : elements) {
    if (!names.insert(element.name).second) {
      throw_validation("The KeySchema contains multiple key attributes with the same name");
    }
  }
}

}  // namespace

std::string bracketed(const std::vector<std::string>& names) {
  return "[" + join(names, ", ") + "]";
}

std::vector<std::string> names_of(const Definitions& definitions) {
  std::vector<std::string> names;
  for (const auto& attribute : definitions.list) names.push_back(attribute.name);
  return names;
}

const KeyAttribute* Definitions::find(std::string_view name) const {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const KeyAttribute& attribute) { return attribute.name == name; });
  return found == list.end() ? nullptr : &*found;
}

Definitions read_definitions(const json::object& body) {
  Definitions definitions;
  if (const json::array* list = read_array(body, "AttributeDefinitions")) {
    for (const auto& element : *list) {
      const json::object& object = element.as_object();
      definitions.list.push_back({read_string(object, "AttributeName").value_or(""),
                                  type_of_name(read_string(object, "AttributeType").value_or("S")).value_or(Type::S)});
    }
  }
  return definitions;
}

KeySchema read_key_schema(const json::object& owner, const Definitions& definitions, SchemaKind kind) {
  const std::vector<KeyElement> elements = key_elements(owner);
  if (kind == SchemaKind::table && elements.size() > definitions.list.size()) {
    throw_validation("Invalid KeySchema: Some index key attribute have no definition");
  }
  const bool multi = kind == SchemaKind::global_index &&
                     (elements.size() > 2 || (elements.size() == 2 && elements[0].type == elements[1].type));
  check_defined(elements, definitions);
  if (multi) {
    check_multi_key(elements);
  } else {
    check_single_key(elements);
  }
  KeySchema key;
  for (const auto& element : elements) {
    (element.type == "HASH" ? key.hash : key.range).push_back({element.name, definitions.find(element.name)->type});
  }
  return key;
}

IndexProjection read_projection(const json::object& owner) {
  const json::object* given = read_object(owner, "Projection");
  const auto type = given != nullptr ? read_string(*given, "ProjectionType") : std::nullopt;
  if (!type) throw_parameter_invalid("Unknown ProjectionType: null");
  IndexProjection projection;
  const bool listed = given != nullptr && find_member(*given, "NonKeyAttributes") != nullptr;
  if (*type == "INCLUDE") {
    projection.kind = IndexProjection::Kind::include;
    if (!listed) throw_parameter_invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    projection.non_key_attributes = read_strings(*given, "NonKeyAttributes");
    std::set<std::string> seen;
    for (const std::string& name : projection.non_key_attributes) {
      if (!seen.insert(name).second) throw_parameter_invalid("Duplicate element in NonKeyAttributes: " + name);
    }
    return projection;
  }
  if (listed) throw_parameter_invalid("ProjectionType is " + *type + ", but NonKeyAttributes is specified");
  projection.kind = *type == "ALL" ? IndexProjection::Kind::all : IndexProjection::Kind::keys_only;
  return projection;
}

}  // namespace fickle
