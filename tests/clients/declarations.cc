// Prints, as JSON, what every operation declares: the members of requests and replies with their shapes, enums and bounds, and the errors it
// can answer. tests/clients/js/model.mjs compares that with the API model of an SDK.
#include <boost/json.hpp>
#include <iostream>
#include <limits>

#include "emulator/api/error_models.hh"
#include "emulator/core/text.hh"
#include "emulator/ops/operation.hh"

namespace {

namespace json = boost::json;
using fickle::Field;
using fickle::Shape;

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::string: return "string";
    case Shape::boolean: return "boolean";
    case Shape::integer:
    case Shape::long_integer:
    case Shape::double_number: return "number";
    case Shape::timestamp: return "timestamp";
    case Shape::blob: return "blob";
    case Shape::structure: return "structure";
    case Shape::list: return "list";
    case Shape::map:
    case Shape::attribute_map: return "map";
    case Shape::attribute_value: return "union";
  }
  return {};
}

// "[TOTAL, NONE]"
json::array words_of(std::string_view printed) {
  json::array words;
  for (const std::string_view word : fickle::split(printed.substr(1, printed.size() - 2), ','))
    words.push_back(json::string(fickle::trim(word)));
  return words;
}

json::object describe(const Field& field);

json::array describe_all(std::span<const Field> fields) {
  json::array list;
  for (const Field& field : fields) list.push_back(describe(field));
  return list;
}

template <typename Number>
void add_bound(json::object& out, std::string_view name, Number value, Number none) {
  if (value != none) out[name] = value;
}

json::object describe(const Field& field) {
  using Limits = std::numeric_limits<std::int64_t>;
  json::object out{{"name", field.name}, {"shape", shape_name(field.shape)}};
  if (field.required) out["required"] = true;
  if (!field.enum_set.empty()) out["enum"] = words_of(field.enum_set);
  if (!field.pattern.empty()) out["pattern"] = field.pattern;
  add_bound(out, "minLength", field.min_length, std::int64_t{0});
  add_bound(out, "maxLength", field.max_length, Limits::max());
  add_bound(out, "minValue", field.min_value, Limits::min());
  add_bound(out, "maxValue", field.max_value, Limits::max());
  add_bound(out, "maxKeyLength", field.max_key_length, Limits::max());
  if (!field.members.empty()) out["members"] = describe_all(field.members);
  if (field.element != nullptr) out["element"] = describe(*field.element);
  if (field.key != nullptr) out["key"] = describe(*field.key);
  return out;
}

json::array errors_of(std::string_view operation) {
  for (const auto& row : fickle::operation_errors()) {
    if (row.operation != operation) continue;
    json::array codes;
    for (const std::string_view code : fickle::split(row.codes, ' ')) codes.push_back(json::string(code));
    return codes;
  }
  return {};
}

}  // namespace

int main() {
  json::object all;
  for (const fickle::Operation* operation : fickle::operations()) {
    all[operation->name] = json::object{{"streams", operation->streams},
                                        {"request", describe_all(operation->fields)},
                                        {"reply", describe_all(operation->reply)},
                                        {"errors", errors_of(operation->name)}};
  }
  std::cout << all << "\n";
}
