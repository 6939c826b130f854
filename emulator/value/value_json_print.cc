// Printing DynamoDB JSON, straight into the answer's text.
#include <array>

#include "emulator/core/base64.hh"
#include "emulator/core/text.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

// In the order of Type.
constexpr std::array<std::string_view, 10> kOpenings{R"({"S":)",    R"({"N":)",  R"({"B":)",  R"({"BOOL":)",
                                                     R"({"NULL":)", R"({"SS":)", R"({"NS":)", R"({"BS":)",
                                                     R"({"L":)",    R"({"M":)"};

// ["a","b"], each member printed by `print`.
template <class Members, class Print>
void append_array(std::string& out, const Members& members, Print print) {
  out.push_back('[');
  bool first = true;
  for (const auto& member : members) {
    if (!first) out.push_back(',');
    first = false;
    print(member);
  }
  out.push_back(']');
}

void append_quoted_base64(std::string& out, std::string_view bytes) {
  out.push_back('"');
  append_base64(out, bytes);
  out.push_back('"');
}

void append_quoted_number(std::string& out, const Number& number) {
  out.push_back('"');
  number.append_to(out);
  out.push_back('"');
}

// What follows {"S": and the like.
struct Printer {
  std::string& out;

  void operator()(const std::string& text) const { append_json_string(out, text); }
  void operator()(const Number& number) const { append_quoted_number(out, number); }
  void operator()(const Binary& binary) const { append_quoted_base64(out, binary.bytes); }
  void operator()(bool flag) const { out.append(flag ? "true" : "false"); }
  void operator()(Null /*null*/) const { out.append("true"); }
  void operator()(const StringSet& set) const {
    append_array(out, set.members, [this](const std::string& member) { append_json_string(out, member); });
  }
  void operator()(const NumberSet& set) const {
    append_array(out, set.members, [this](const Number& member) { append_quoted_number(out, member); });
  }
  void operator()(const BinarySet& set) const {
    append_array(out, set.members, [this](const std::string& member) { append_quoted_base64(out, member); });
  }
  void operator()(const List& list) const {
    append_array(out, list, [this](const Value& element) { append_json(out, element); });
  }
  void operator()(const Map& map) const { append_json(out, map); }
};

}  // namespace

void append_json(std::string& out, const Value& value) {
  out.append(kOpenings[static_cast<std::size_t>(value.type())]);
  std::visit(Printer{out}, value.storage());
  out.push_back('}');
}

void append_json(std::string& out, const Item& item) {
  out.push_back('{');
  bool first = true;
  for (const Attribute& attribute : item) {
    if (!first) out.push_back(',');
    first = false;
    append_json_string(out, attribute.name);
    out.push_back(':');
    append_json(out, attribute.value);
  }
  out.push_back('}');
}

}  // namespace fickle
