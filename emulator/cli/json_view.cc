#include "emulator/cli/json_view.hh"

#include "emulator/core/json_print.hh"

namespace fickle::cli {

namespace json = boost::json;

namespace {
bool continues_a_character(char letter) {
  return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U;
}
}  // namespace

std::string shown(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_null()) return {};
  if (const json::array* list = value.if_array()) {
    std::string out;
    for (const json::value& element : *list) out += (out.empty() ? "" : " ") + shown(element);
    return out;
  }
  return json_text(value);
}

std::string shown(const json::object& owner, std::string_view member) {
  const json::value* value = owner.if_contains(member);
  return value == nullptr ? std::string() : shown(*value);
}

const json::array& list_in(const json::value& owner, std::string_view member) {
  static const json::array kNone;
  const json::object* object = owner.if_object();
  const json::value* value = object == nullptr ? nullptr : object->if_contains(member);
  const json::array* list = value == nullptr ? nullptr : value->if_array();
  return list == nullptr ? kNone : *list;
}

const json::object& object_in(const json::value& value) {
  static const json::object kNone;
  const json::object* object = value.if_object();
  return object == nullptr ? kNone : *object;
}

const json::object& object_in(const json::value& owner, std::string_view member) {
  static const json::object kNone;
  const json::value* value = object_in(owner).if_contains(member);
  return value == nullptr ? kNone : object_in(*value);
}

long long number_in(const json::object& owner, std::string_view member) {
  const json::value* value = owner.if_contains(member);
  if (value == nullptr) return 0;
  json::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  return error ? 0 : static_cast<long long>(number);
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool control = static_cast<unsigned char>(letter) < 0x20;
    if (control && (out.empty() || out.back() == ' ')) continue;
    out += control ? ' ' : letter;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string shortened(std::string_view text, std::size_t width) {
  std::size_t characters = 0;
  std::size_t cut = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues_a_character(text[i])) continue;
    if (++characters == width - 2) cut = i;  // room for three points in place of what follows
    if (characters > width) return std::string(text.substr(0, cut)) + "...";
  }
  return std::string(text);
}

}  // namespace fickle::cli
