#include "emulator/cli/companions.hh"

#include <algorithm>

#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

constexpr std::string_view kMember = "itemsFrom";
constexpr std::string_view kBlanks = " \t\r\n";

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (letter != '\r' && letter != '\n') out += letter;
  }
  return out + '"';
}

}  // namespace

std::vector<std::string> companions_of(std::string_view document) {
  std::vector<std::string> names;
  for (std::size_t at = document.find(kMember); at != std::string_view::npos; at = document.find(kMember, at)) {
    at += kMember.size();
    std::string_view rest = document.substr(at);
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    if (!rest.starts_with(':')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    const bool in_quotes = rest.starts_with('"') || rest.starts_with('\'');
    const std::string_view end = in_quotes ? rest.substr(0, 1) : std::string_view("\r\n,}#");
    if (in_quotes) rest.remove_prefix(1);
    const std::string name(trim(rest.substr(0, rest.find_first_of(end))));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

Form form_of(const std::vector<std::pair<std::string, std::string_view>>& files) {
  std::string boundary = "fickledb";
  const auto stands_in_a_file = [&files](const std::string& text) {
    return std::any_of(files.begin(), files.end(),
                       [&text](const auto& file) { return file.second.find(text) != std::string_view::npos; });
  };
  for (int n = 0; stands_in_a_file("--" + boundary); ++n) boundary = "fickledb-" + std::to_string(n);
  Form form{"multipart/form-data; boundary=" + boundary, {}};
  for (const auto& [name, bytes] : files) {
    form.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=" + quoted(name);
    form.body += "\r\n\r\n";
    form.body += bytes;
    form.body += "\r\n";
  }
  form.body += "--" + boundary + "--\r\n";
  return form;
}

}  // namespace fickle::cli
