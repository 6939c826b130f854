#include "emulator/service/http_message.hh"

#include "emulator/service/percent.hh"

namespace fickle {
namespace {

std::string decode_form(std::string_view text) {
  return percent_decode(text, Plus::blank, BadEscape::literal).value_or(std::string(text));
}

}  // namespace

std::optional<std::string> HttpRequest::query_parameter(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = rest.find('&');
    const std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const std::size_t equals = pair.find('=');
    if (decode_form(pair.substr(0, equals)) != name) continue;
    return equals == std::string_view::npos ? std::string{} : decode_form(pair.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace fickle
