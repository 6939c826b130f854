// Runs golden .case files: `fickle_cases [FILE or DIRECTORY ...]`, without arguments every case under tests/cases. FICKLE_ACCEPT=1 rewrites what
// is expected; `--coverage` lists what no case produced - operations, error codes, reply fields - and fails when there is any. A case is text:
//
//   # why this case is here
//   # source: where the fact comes from
//   @ ../tables/music.case          runs that file's requests first (they must answer 200)
//   > PutItem                       a request: an operation, or a method and path of the control API
//   {"TableName":"Music", ...}      its body, on as many lines as it likes
//   < 400 ValidationException       what is expected: the status, the error's code (none for 200)
//   {"__type":"...","message":"..."}   and the body, byte for byte
//
// What a control call answers is compared only when the case says it: it may tell the machine's time.
// Bodies that hold values of chance (ids) are the same in every run: the clock is frozen and the seed fixed.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/coverage.hh"
#include "tests/support/emulator.hh"

namespace {

namespace fs = std::filesystem;
using fickle::HttpReply;
using fickle::test::Emulator;

struct Exchange {
  std::vector<std::string> before;  // comments, blank lines and includes ahead of the request
  std::string target;
  std::string body;
  std::string expected_head;
  std::string expected_body;
  std::vector<std::string> request_lines;
};

struct Case {
  std::vector<Exchange> exchanges;
  std::vector<std::string> tail;
};

Case parse(const fs::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  Case parsed;
  std::vector<std::string> before;
  Exchange* current = nullptr;
  enum class Where { outside, request, expectation } where = Where::outside;
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with("> ")) {
      parsed.exchanges.push_back({.before = std::move(before),
                                  .target = line.substr(2),
                                  .body = {},
                                  .expected_head = {},
                                  .expected_body = {},
                                  .request_lines = {}});
      before.clear();
      current = &parsed.exchanges.back();
      where = Where::request;
    } else if (line.starts_with("< ") && current != nullptr) {
      current->expected_head = line.substr(2);
      where = Where::expectation;
    } else if (where == Where::request && !line.empty() && line[0] != '#') {
      current->request_lines.push_back(line);
      current->body += line + "\n";
    } else if (where == Where::expectation && !line.empty() && line[0] != '#' && line[0] != '@') {
      current->expected_body += line;
    } else {
      where = where == Where::request ? Where::request : Where::outside;
      before.push_back(line);
    }
  }
  parsed.tail = std::move(before);
  return parsed;
}

HttpReply send(Emulator& emulator, const Exchange& exchange) {
  const std::size_t blank = exchange.target.find(' ');
  if (blank != std::string::npos)
    return emulator.control(exchange.target.substr(0, blank), exchange.target.substr(blank + 1), exchange.body);
  return emulator.call(exchange.target, exchange.body);
}

void include(Emulator& emulator, const fs::path& file) {
  for (const Exchange& exchange : parse(file).exchanges) {
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

void write(const fs::path& file, const Case& accepted) {
  std::ofstream out(file);
  for (const Exchange& exchange : accepted.exchanges) {
    for (const std::string& line : exchange.before) out << line << "\n";
    out << "> " << exchange.target << "\n";
    for (const std::string& line : exchange.request_lines) out << line << "\n";
    out << "< " << exchange.expected_head << "\n";
    if (!exchange.expected_body.empty()) out << exchange.expected_body << "\n";
  }
  for (const std::string& line : accepted.tail) out << line << "\n";
}

// The number of mismatches.
int run(const fs::path& file, bool accept) {
  Case wanted = parse(file);
  Emulator emulator;
  int failures = 0;
  for (Exchange& exchange : wanted.exchanges) {
    for (const std::string& line : exchange.before) {
      if (line.starts_with("@ ")) include(emulator, file.parent_path() / line.substr(2));
    }
    HttpReply reply = send(emulator, exchange);
    trim_newlines(reply.body);
    const std::string head = head_of(reply);
    const bool is_control = exchange.target.find(' ') != std::string::npos;
    if (is_control && head == "200" && exchange.expected_body.empty()) reply.body.clear();
    if (accept) {
      exchange.expected_head = head;
      exchange.expected_body = reply.body;
    } else if (head != exchange.expected_head || reply.body != exchange.expected_body) {
      ++failures;
      std::cout << file.string() << ": > " << exchange.target << "\n  body     " << exchange.body << "  expected < "
                << exchange.expected_head << "\n           " << exchange.expected_body << "\n  got      < " << head
                << "\n           " << reply.body << "\n";
    }
  }
  if (accept) write(file, wanted);
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

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool coverage = std::erase(arguments, "--coverage") > 0;
  if (arguments.empty()) {
    const char* source = std::getenv("FICKLE_SOURCE");
    arguments.push_back((fs::path(source != nullptr ? source : ".") / "tests/cases").string());
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
  if (coverage) {
    const std::vector<std::string> missing = fickle::test::never_produced();
    for (const std::string& line : missing) std::cout << "never produced: " << line << "\n";
    std::cout << missing.size() << " never produced\n";
    if (!missing.empty()) return 1;
  }
  return files.empty() || failures > 0 ? 1 : 0;
}
