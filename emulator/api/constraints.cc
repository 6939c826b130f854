#include "emulator/api/constraints.hh"

#include <boost/json.hpp>
#include <limits>

#include "emulator/api/error.hh"
#include "emulator/api/java_text.hh"
#include "emulator/api/patterns.hh"
#include "emulator/api/reader.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostReported = 10;
constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLongestArn = 1024;

// A step of the way to a value: a member, the n-th element of a list, or the entry of a map. Lives on the stack of the walk, so that
// a request without violations builds no text.
struct Step {
  enum class Kind { member, element, entry } kind = Kind::member;
  const Step* parent = nullptr;
  const Field* field = nullptr;  // member
  std::size_t position = 0;      // element, from 1
  std::string_view key = {};     // entry
};

enum class Spelling { lower_first, as_written };

std::string path_of(const Step& step, Spelling spelling) {
  std::string path = step.parent == nullptr ? std::string() : path_of(*step.parent, spelling) + ".";
  switch (step.kind) {
    case Step::Kind::member:
      if (!step.field->printed_as.empty()) return path.append(step.field->printed_as);
      if (spelling == Spelling::as_written) return path.append(step.field->name);
      return path.append(lower_first(step.field->name));
    case Step::Kind::element: return path.append(std::to_string(step.position)).append(".member");
    case Step::Kind::entry: return path.append(step.key).append(".member");
  }
  return path;
}

std::string at_least(std::string_view what, std::int64_t bound) {
  return std::string("Member must have ")
      .append(what)
      .append(" greater than or equal to ")
      .append(std::to_string(bound));
}
std::string at_most(std::string_view what, std::int64_t bound) {
  return std::string("Member must have ").append(what).append(" less than or equal to ").append(std::to_string(bound));
}
std::string match(std::string_view pattern) {
  return std::string("Member must satisfy regular expression pattern: ").append(pattern);
}

// Whether `word` is an element of "[A, B, C]".
bool in_enum_set(std::string_view set, std::string_view word) {
  set = set.substr(1, set.size() - 2);
  while (true) {
    const auto end = std::min(set.find(", "), set.size());
    if (set.substr(0, end) == word) return true;
    if (end == set.size()) return false;
    set.remove_prefix(end + 2);
  }
}

// How a name breaks its pattern or its lengths. Where one character is enough, an empty name is only too short; an ARN may stand for a
// name where the field says so.
bool breaks_pattern(std::string_view text, const Field& field) {
  if (field.pattern.empty() || (text.empty() && field.min_length == 1) ||
      (field.arn_allowed && text.starts_with("arn:")))
    return false;
  return !matches_pattern(field.pattern, text);
}
std::int64_t longest(std::string_view text, const Field& field) {
  return field.arn_allowed && text.starts_with("arn:") ? kLongestArn : field.max_length;
}

// What a text of a list or a key of a map must be, all of it: "longest, shortest, pattern".
std::string all_constraints(std::string_view text, const Field& rule) {
  std::vector<std::string> parts;
  if (!rule.enum_set.empty()) parts.push_back("Member must satisfy enum value set: " + std::string(rule.enum_set));
  if (rule.max_length != kNoBound) parts.push_back(at_most("length", longest(text, rule)));
  if (rule.max_length != kNoBound || rule.min_length > 0) parts.push_back(at_least("length", rule.min_length));
  if (!rule.pattern.empty()) parts.push_back(match(rule.pattern));
  return join(parts, ", ");
}

class Walk {
 public:
  // `value` is nullptr when the member is absent.
  void check_member(const json::object& body, const Field& field, const Step* parent);
  [[nodiscard]] bool full() const { return found_.size() >= kMostReported; }
  [[nodiscard]] std::vector<std::string> take() { return std::move(found_); }

 private:
  void check(const json::value& value, const Field& field, const Step& step);
  void check_text(const json::value& value, const Field& field, const Step& step);
  void check_list(const json::value& value, const Field& field, const Step& step);
  void check_texts(const json::array& list, const json::value& value, const Field& field, const Step& step);
  void check_map(const json::value& value, const Field& field, const Step& step);
  void check_keys(const json::value& value, const Field& field, const Step& step);
  void check_entry_list(const json::value& map, const Field& field, const Step& step, const json::array& list,
                        const Step& entry);
  // Returns whether the size is within the field's bounds.
  void check_size(std::size_t size, const json::value& value, const Field& field, const Step& step);
  void report(const json::value* value, const Field& field, const Step& step, std::string_view constraint,
              Spelling spelling = Spelling::lower_first);

  std::vector<std::string> found_;
};

void Walk::report(const json::value* value, const Field& field, const Step& step, std::string_view constraint,
                  Spelling spelling) {
  if (full()) return;
  std::string text = "Value ";
  if (value == nullptr)
    text += "null ";
  else if (!field.hide_value)
    text.append("'").append(java_text(*value, field)).append("' ");
  text.append("at '").append(path_of(step, spelling)).append("' failed to satisfy constraint: ").append(constraint);
  found_.push_back(std::move(text));
}

void Walk::check_member(const json::object& body, const Field& field, const Step* parent) {
  const Step step{.kind = Step::Kind::member, .parent = parent, .field = &field};
  if (const auto* value = find_member(body, field.name))
    check(*value, field, step);
  else if (field.required)
    report(nullptr, field, step, "Member must not be null");
}

void Walk::check_text(const json::value& value, const Field& field, const Step& step) {
  const std::string_view text = value.as_string();
  if (!field.enum_set.empty() && !in_enum_set(field.enum_set, text)) {
    report(&value, field, step, std::string("Member must satisfy enum value set: ").append(field.enum_set));
  }
  const bool breaks = breaks_pattern(text, field);
  if (breaks && !field.length_first) report(&value, field, step, match(field.pattern));
  const auto length = static_cast<std::int64_t>(text.size());
  if (length < field.min_length) report(&value, field, step, at_least("length", field.min_length));
  if (length > longest(text, field)) report(&value, field, step, at_most("length", longest(text, field)));
  if (breaks && field.length_first) report(&value, field, step, match(field.pattern));
}

void Walk::check_size(std::size_t size, const json::value& value, const Field& field, const Step& step) {
  const auto length = static_cast<std::int64_t>(size);
  if (length < field.min_length) report(&value, field, step, at_least("length", field.min_length));
  if (length > field.max_length) {
    report(&value, field, step, at_most("length", field.max_length),
           field.long_path_as_written ? Spelling::as_written : Spelling::lower_first);
  }
}

void Walk::check_list(const json::value& value, const Field& field, const Step& step) {
  const auto& list = value.as_array();
  check_size(list.size(), value, field, step);
  if (field.element->shape == Shape::string) {
    check_texts(list, value, field, step);
    return;
  }
  std::size_t position = 0;
  for (const auto& element : list) {
    if (full()) return;
    check(element, *field.element, Step{.kind = Step::Kind::element, .parent = &step, .position = ++position});
  }
}

// Texts of a list are told of together: "Member must satisfy constraint: [...]" of the list, once.
void Walk::check_texts(const json::array& list, const json::value& value, const Field& field, const Step& step) {
  const Field& rule = *field.element;
  for (const auto& element : list) {
    const std::string_view text = element.as_string();
    const auto length = static_cast<std::int64_t>(text.size());
    const bool known = rule.enum_set.empty() || in_enum_set(rule.enum_set, text);
    if (known && length >= rule.min_length && length <= longest(text, rule) && !breaks_pattern(text, rule)) continue;
    report(&value, field, step, "Member must satisfy constraint: [" + all_constraints(text, rule) + "]");
    return;
  }
}

// "Map keys must satisfy constraint: [longest, shortest, pattern]", once per map, if any key breaks one of them.
void Walk::check_keys(const json::value& value, const Field& field, const Step& step) {
  if (field.key == nullptr && field.max_key_length == kNoBound) return;
  const Field plain{.max_length = field.max_key_length};
  const Field& rule = field.key == nullptr ? plain : *field.key;
  for (const auto& entry : value.as_object()) {
    const std::string_view key = entry.key();
    const auto length = static_cast<std::int64_t>(key.size());
    if (length >= rule.min_length && length <= longest(key, rule) && !breaks_pattern(key, rule)) continue;
    report(&value, field, step, "Map keys must satisfy constraint: [" + all_constraints(key, rule) + "]");
    return;
  }
}

// A list as the value of a map (BatchWriteItem's RequestItems): too long is a violation of the map, empty one of the entry.
void Walk::check_entry_list(const json::value& map, const Field& field, const Step& step, const json::array& list,
                            const Step& entry) {
  const Field& rule = *field.element;
  const auto length = static_cast<std::int64_t>(list.size());
  if (length > rule.max_length) {
    report(&map, field, step,
           "Map value must satisfy constraint: [" + at_most("length", rule.max_length) + ", " +
               at_least("length", rule.min_length) + "]");
  }
  if (length < rule.min_length) {
    const Field hidden{.shape = Shape::list, .hide_value = true};
    report(&map, hidden, entry, at_least("length", rule.min_length));
  }
  std::size_t position = 0;
  for (const auto& element : list) {
    if (full()) return;
    check(element, *rule.element, Step{.kind = Step::Kind::element, .parent = &entry, .position = ++position});
  }
}

void Walk::check_map(const json::value& value, const Field& field, const Step& step) {
  const auto& map = value.as_object();
  check_size(map.size(), value, field, step);
  check_keys(value, field, step);
  if (field.shape == Shape::attribute_map) return;
  const Field& element = *field.element;
  for (const auto& entry : map) {
    if (full()) return;
    const Step below{.kind = Step::Kind::entry, .parent = &step, .key = entry.key()};
    if (element.shape == Shape::list) {
      check_entry_list(value, field, step, entry.value().as_array(), below);
    } else if (element.shape == Shape::string && element.max_length != kNoBound) {
      const auto length = static_cast<std::int64_t>(entry.value().as_string().size());
      if (length >= element.min_length && length <= element.max_length) continue;
      report(&value, field, step,
             "Map value must satisfy constraint: [" + at_most("length", element.max_length) + ", " +
                 at_least("length", element.min_length) + "]");
      return;
    } else {
      check(entry.value(), element, below);
    }
  }
}

void Walk::check(const json::value& value, const Field& field, const Step& step) {
  switch (field.shape) {
    case Shape::string: check_text(value, field, step); return;
    case Shape::integer:
    case Shape::long_integer: {
      const auto number = integer_of(value, field.shape);
      if (number < field.min_value) report(&value, field, step, at_least("value", field.min_value));
      if (number > field.max_value) report(&value, field, step, at_most("value", field.max_value));
      return;
    }
    case Shape::structure:
      for (const auto& member : field.members) check_member(value.as_object(), member, &step);
      return;
    case Shape::list: check_list(value, field, step); return;
    case Shape::map:
    case Shape::attribute_map: check_map(value, field, step); return;
    case Shape::boolean:
    case Shape::double_number:
    case Shape::timestamp:
    case Shape::blob:
    case Shape::attribute_value: return;
  }
}

}  // namespace

std::vector<std::string> violations(const json::object& body, std::span<const Field> fields) {
  Walk walk;
  for (const auto& field : fields) walk.check_member(body, field, nullptr);
  return walk.take();
}

void throw_violations(const std::vector<std::string>& violations) {
  std::string message = std::to_string(violations.size());
  message.append(violations.size() == 1 ? " validation error detected: " : " validation errors detected: ");
  throw_validation(message + join(violations, "; "));
}

void check_constraints(const json::object& body, std::span<const Field> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& field = fields[i];
    if (field.required && !field.missing_text.empty() && find_member(body, field.name) == nullptr) {
      throw_validation(std::string(field.missing_text));
    }
    if (!field.alone) continue;
    const auto found = violations(body, fields.subspan(i, 1));
    if (found.empty()) continue;
    auto all = violations(body, fields.first(i));  // of those before it that do not stand alone: the others had none
    all.insert(all.end(), found.begin(), found.end());
    throw_violations(all);
  }
  Walk walk;
  for (const auto& field : fields) {
    if (!field.alone) walk.check_member(body, field, nullptr);
  }
  const auto found = walk.take();
  if (!found.empty()) throw_violations(found);
}

}  // namespace fickle
