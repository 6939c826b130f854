#include "tests/cases/case_file.hh"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "emulator/core/text.hh"

namespace fickle::test {

namespace {

// "Name: value"; a name without a value is "Name:". Bodies that are not JSON ("healthy: ...") do not begin as names do: X or x-.
std::optional<Header> header_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view name = line.substr(0, colon);
  if (std::isupper(static_cast<unsigned char>(name[0])) == 0 && !name.starts_with("x-")) return std::nullopt;
  const auto is_token = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  if (!std::all_of(name.begin(), name.end(), is_token)) return std::nullopt;
  if (colon + 1 < line.size() && line[colon + 1] != ' ') return std::nullopt;
  return Header{name, line.substr(std::min(colon + 2, line.size()))};
}

void write_headers(std::ofstream& out, const HeaderList& headers) {
  for (const Header header : headers) out << header.name << (header.value.empty() ? ":" : ": ") << header.value << "\n";
}

class CaseReader {
 public:
  void line(const std::string& line) {
    if (line.starts_with("> ")) {
      begin_exchange(line.substr(2));
    } else if (line.starts_with("< ") && !content_.exchanges.empty()) {
      current().expected_head = line.substr(2);
      where_ = Where::expectation;
    } else if (line.starts_with("+ ") && where_ != Where::request) {
      content_.files.push_back({line.substr(2), {}});
      where_ = Where::file;
      between_.push_back(line);
    } else if (line.empty() || line[0] == '#' || line[0] == '@' || where_ == Where::outside) {
      if (where_ != Where::request) where_ = Where::outside;
      between_.push_back(line);
    } else if (where_ == Where::file) {
      content_.files.back().content += line + "\n";
      between_.push_back(line);
    } else if (where_ == Where::request) {
      request_line(line);
    } else {
      expectation_line(line);
    }
  }
  CaseFile take() {
    content_.tail = std::move(between_);
    return std::move(content_);
  }

 private:
  enum class Where { outside, file, request, expectation };

  Exchange& current() { return content_.exchanges.back(); }

  void begin_exchange(std::string target) {
    content_.exchanges.emplace_back();
    current().before = std::move(between_);
    const std::size_t star = target.find(" * ");
    if (star != std::string::npos) {
      current().times = static_cast<int>(parse_integer(target.substr(0, star)).value_or(1));
      target.erase(0, star + 3);
    }
    current().target = std::move(target);
    between_.clear();
    where_ = Where::request;
  }
  void request_line(const std::string& line) {
    const auto header = current().is_http() && current().body.empty() ? header_of(line) : std::nullopt;
    if (header)
      current().headers.add(header->name, header->value);
    else
      current().body.push_back(line);
  }
  void expectation_line(const std::string& line) {
    const auto header = current().is_http() && current().expected_body.empty() ? header_of(line) : std::nullopt;
    if (header)
      current().expected_headers.add(header->name, header->value);
    else
      current().expected_body += line;
  }

  CaseFile content_;
  std::vector<std::string> between_;
  Where where_ = Where::outside;
};

}  // namespace

CaseFile read_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  CaseReader reader;
  std::string line;
  while (std::getline(in, line)) reader.line(line);
  return reader.take();
}

void write_case(const std::filesystem::path& file, const CaseFile& content) {
  std::ofstream out(file);
  for (const Exchange& exchange : content.exchanges) {
    for (const std::string& line : exchange.before) out << line << "\n";
    out << "> ";
    if (exchange.times > 1) out << exchange.times << " * ";
    out << exchange.target << "\n";
    write_headers(out, exchange.headers);
    for (const std::string& line : exchange.body) out << line << "\n";
    out << "< " << exchange.expected_head << "\n";
    write_headers(out, exchange.expected_headers);
    if (!exchange.expected_body.empty()) out << exchange.expected_body << "\n";
  }
  for (const std::string& line : content.tail) out << line << "\n";
}

std::string numbered(std::string text, int number) {
  constexpr std::string_view mark = "%{#}";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.replace(at, mark.size(), std::to_string(number));
  return text;
}

std::string expanded(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t begin = text.find("%{");
    out.append(text.substr(0, begin));
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin + 2);
    // The first "*digits}" ends it: what is repeated may hold braces and asterisks.
    std::size_t star = text.find('*');
    std::size_t end = 0;
    for (; star != std::string_view::npos; star = text.find('*', star + 1)) {
      end = text.find_first_not_of("0123456789", star + 1);
      if (end != std::string_view::npos && end > star + 1 && text[end] == '}') break;
    }
    if (star == std::string_view::npos) throw std::runtime_error("%{ without *count}");
    const auto count = parse_integer(text.substr(star + 1, end - star - 1)).value_or(0);
    for (auto i = count; i > 0; --i) out.append(text.substr(0, star));
    text.remove_prefix(end + 1);
  }
}

}  // namespace fickle::test
