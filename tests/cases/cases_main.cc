// Runs golden .case files (tests/cases/case_file.hh tells what one looks like): `fickle_cases [FILE or DIRECTORY ...]`, without arguments
// every case under tests/cases. FICKLE_ACCEPT=1 rewrites what is expected. When all run, or with `--coverage`, what no case produced -
// operations, error codes, reply fields - is listed, and fails the run.
// What a control call answers is compared only when the case says it: it may tell the machine's time.
// Bodies that hold values of chance (ids) are the same in every run: the clock is frozen and the seed fixed.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "emulator/core/text.hh"
#include "tests/cases/case_file.hh"
#include "tests/support/coverage.hh"
#include "tests/support/emulator.hh"

namespace {

namespace fs = std::filesystem;
using fickle::Header;
using fickle::HeaderList;
using fickle::HttpReply;
using fickle::test::CaseFile;
using fickle::test::Emulator;
using fickle::test::Exchange;

// The folder that stands in for S3 during one case; a case that names no file has none.
class Buckets {
 public:
  explicit Buckets(const CaseFile& given) {
    if (given.files.empty()) return;
    folder_ = fs::temp_directory_path() / ("fickle_cases." + std::to_string(::getpid()));
    fs::remove_all(*folder_);
    for (const auto& file : given.files) {
      const fs::path path = *folder_ / file.key;
      fs::create_directories(path.parent_path());
      if (path.has_filename()) std::ofstream(path) << file.content;
    }
  }
  Buckets(const Buckets&) = delete;
  Buckets& operator=(const Buckets&) = delete;
  ~Buckets() {
    std::error_code ignored;
    if (folder_) fs::remove_all(*folder_, ignored);
  }

  [[nodiscard]] fickle::Options options() const {
    fickle::Options options;
    if (folder_) options.export_directory = folder_->string();
    return options;
  }

 private:
  std::optional<fs::path> folder_;
};

std::string body_of(const Exchange& exchange, int number) {
  std::string body;
  for (const std::string& line : exchange.body) body += line + "\n";
  return fickle::test::expanded(fickle::test::numbered(std::move(body), number));
}

// "POST /path?query HTTP/1.1"
HttpReply send_http(Emulator& emulator, const Exchange& exchange, int number) {
  const auto words = fickle::split(exchange.target, ' ');
  fickle::HttpRequest request;
  request.method = std::string(words[0]);
  const std::size_t question = words[1].find('?');
  request.path = std::string(words[1].substr(0, question));
  if (question != std::string_view::npos) request.query = std::string(words[1].substr(question + 1));
  for (const Header header : exchange.headers)
    request.headers.add(header.name, fickle::test::expanded(std::string(header.value)));
  request.body = body_of(exchange, number);
  return emulator.raw(std::move(request));
}

HttpReply send_one(Emulator& emulator, const Exchange& exchange, int number) {
  if (exchange.is_http()) return send_http(emulator, exchange, number);
  const std::string body = body_of(exchange, number);
  const std::size_t blank = exchange.target.find(' ');
  if (blank == std::string::npos) return emulator.call(exchange.target, body);
  return emulator.control(exchange.target.substr(0, blank), exchange.target.substr(blank + 1), body);
}

// As often as the case says; the last answer, or the first whose status is another than that of the first one.
HttpReply send(Emulator& emulator, const Exchange& exchange) {
  HttpReply reply = send_one(emulator, exchange, 1);
  const int status = reply.status;
  for (int number = 2; number <= exchange.times && reply.status == status; ++number)
    reply = send_one(emulator, exchange, number);
  return reply;
}

void include(Emulator& emulator, const fs::path& file) {
  for (const Exchange& exchange : fickle::test::read_case(file).exchanges) {
    const HttpReply reply = send(emulator, exchange);
    if (reply.status != 200)
      throw std::runtime_error(file.string() + ": " + exchange.target + " answered " + reply.body);
  }
}

std::string head_of(const HttpReply& reply) {
  std::string head = std::to_string(reply.status);
  if (reply.status == 200) return head;
  const std::size_t type = reply.body.find("\"__type\":\"");
  if (type == std::string::npos) return head;
  const std::size_t start = reply.body.find('#', type) + 1;
  return head + " " + reply.body.substr(start, reply.body.find('"', start) - start);
}

void trim_newlines(std::string& text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
}

// The values that the reply has for the headers that the case names.
HeaderList named_headers(const Exchange& exchange, const HttpReply& reply) {
  HeaderList found;
  for (const Header wanted : exchange.expected_headers) {
    found.add(wanted.name, reply.headers.find(wanted.name).value_or(""));
  }
  return found;
}

std::string text_of(const std::string& head, const HeaderList& headers, const std::string& body) {
  std::string text = head;
  for (const Header header : headers)
    text.append("\n           ").append(header.name).append(": ").append(header.value);
  return text + "\n           " + body;
}

// The number of mismatches.
int run(const fs::path& file, bool accept) {
  CaseFile wanted = fickle::test::read_case(file);
  const Buckets buckets(wanted);
  Emulator emulator(buckets.options());
  int failures = 0;
  for (Exchange& exchange : wanted.exchanges) {
    for (const std::string& line : exchange.before) {
      if (line.starts_with("@ ")) include(emulator, file.parent_path() / line.substr(2));
    }
    HttpReply reply = send(emulator, exchange);
    trim_newlines(reply.body);
    const bool is_control = !exchange.is_http() && exchange.target.find(' ') != std::string::npos;
    if (is_control && reply.status == 200 && exchange.expected_body.empty()) reply.body.clear();
    const HeaderList headers = named_headers(exchange, reply);
    const std::string got = text_of(head_of(reply), headers, reply.body);
    const std::string expected =
        text_of(exchange.expected_head, exchange.expected_headers, fickle::test::expanded(exchange.expected_body));
    if (got == expected) continue;
    if (accept) {
      exchange.expected_head = head_of(reply);
      exchange.expected_headers = headers;
      exchange.expected_body = reply.body;
      continue;
    }
    ++failures;
    std::cout << file.string() << ": > " << exchange.target << "\n  body     " << body_of(exchange, exchange.times)
              << "  expected < " << expected << "\n  got      < " << got << "\n";
  }
  if (accept) fickle::test::write_case(file, wanted);
  if (wanted.exchanges.empty()) {
    std::cout << file.string() << ": no exchange in it\n";
    ++failures;
  }
  return failures;
}

std::vector<fs::path> collect(const std::vector<std::string>& arguments) {
  std::vector<fs::path> files;
  for (const std::string& argument : arguments) {
    if (!fs::is_directory(argument)) {
      files.emplace_back(argument);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(argument)) {
      if (entry.path().extension() == ".case") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_all_produced() {
  const std::vector<std::string> missing = fickle::test::never_produced();
  for (const std::string& line : missing) std::cout << "never produced: " << line << "\n";
  std::cout << missing.size() << " never produced\n";
  return missing.empty();
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  bool coverage = std::erase(arguments, "--coverage") > 0;
  if (arguments.empty()) {
    const char* source = std::getenv("FICKLE_SOURCE");
    arguments.push_back((fs::path(source != nullptr ? source : ".") / "tests/cases").string());
    coverage = true;
  }
  const bool accept = std::getenv("FICKLE_ACCEPT") != nullptr;
  int failures = 0;
  const std::vector<fs::path> files = collect(arguments);
  for (const fs::path& file : files) {
    try {
      failures += run(file, accept);
    } catch (const std::exception& error) {
      std::cout << file.string() << ": " << error.what() << "\n";
      ++failures;
    }
  }
  std::cout << files.size() << " cases, " << failures << " failures\n";
  const bool is_complete = !coverage || is_all_produced();
  return files.empty() || failures > 0 || !is_complete ? 1 : 0;
}
