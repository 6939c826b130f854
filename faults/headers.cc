#include "faults/headers.hh"

#include "emulator/core/json_print.hh"
#include "emulator/core/text.hh"

namespace fickle {
namespace {

constexpr std::string_view kPunctuation = "!#$%&'*+-.^_`|~";

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPunctuation.find(c) != std::string_view::npos;
  });
}

}  // namespace

HeaderList parse_headers(const Node& node) {
  if (!node.value.is_object()) node.fail("an object from header name to value is needed");
  HeaderList headers;
  for (const auto& member : node.value.get_object()) {
    const std::string_view name = member.key();
    const Node value{member.value(), child_pointer(node.pointer, name)};
    if (!is_token(name)) value.fail("this is no header name");
    if (equals_ignoring_case(name, "content-length") || equals_ignoring_case(name, "transfer-encoding")) {
      value.fail("the transport sets this header");
    }
    std::string text;
    if (value.value.is_string()) {
      text = std::string(value.value.get_string());
    } else if (value.value.is_number()) {
      text = json_text(value.value);
    } else {
      value.fail("a string is needed");
    }
    if (std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; })) {
      value.fail("must be one line");
    }
    headers.add(name, text);
  }
  return headers;
}

}  // namespace fickle
