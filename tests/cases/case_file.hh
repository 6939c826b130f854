// A golden .case file as data: reading and writing it. A case is text:
//
//   # why this case is here
//   # source: where the fact comes from
//   + exports/data/1.json           a file in the folder that stands in for S3, bucket first; its lines follow. "+ exports/" is an empty bucket
//   {"Item":{...}}
//   @ ../tables/music.case          runs that file's requests first (they must answer 200)
//   > PutItem                       a request: an operation, a method and path of the control API, or "POST /path HTTP/1.1"
//   {"TableName":"Music", ...}      its body, on as many lines as it likes; "Name: value" lines before it are headers
//   < 400 ValidationException       what is expected: the status, the error's code (none for 200)
//   Content-Type: application/json  headers that matter, none is "Name:" alone (of an HTTP/1.1 request only)
//   {"__type":"...","message":"..."}   and the body, byte for byte
//
//   > 50 * CreateTable              the same request fifty times, %{#} in its body being 1 to 50; all answer with the status that is
//                                   expected, and the last one with the body
//
// %{ab*3} in a body stands for ababab, so that limits can be told and not only shown.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/service/http_message.hh"

namespace fickle::test {

// One request and what is expected of its answer. Bodies are kept as written; expanded() gives their meaning.
struct Exchange {
  std::vector<std::string> before;  // comments, blank lines, files and includes ahead of the request
  std::string target;
  int times = 1;
  HeaderList headers;
  std::vector<std::string> body;  // lines
  std::string expected_head;
  HeaderList expected_headers;
  std::string expected_body;

  [[nodiscard]] bool is_http() const { return target.ends_with(" HTTP/1.1"); }
};

// Of the folder that stands in for S3, there from the start.
struct StoredFile {
  std::string key;
  std::string content;
};

struct CaseFile {
  std::vector<StoredFile> files;
  std::vector<Exchange> exchanges;
  std::vector<std::string> tail;
};

// Throws std::runtime_error when the file cannot be read.
[[nodiscard]] CaseFile read_case(const std::filesystem::path& file);
void write_case(const std::filesystem::path& file, const CaseFile& content);

// The text with every %{#} as a number.
[[nodiscard]] std::string numbered(std::string text, int number);
// The text with every %{...*n} written out.
[[nodiscard]] std::string expanded(std::string_view text);

}  // namespace fickle::test
