#include "emulator/api/patterns.hh"

#include <algorithm>

#include "emulator/core/invariant.hh"

namespace fickle {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_name_character(char c) {
  return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
}

template <class Predicate>
bool all_of(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool is_name(std::string_view text) {
  return !text.empty() && all_of(text, is_name_character);
}
bool is_account(std::string_view text) {
  return text.size() == 12 && all_of(text, is_digit);
}
bool is_import_token(std::string_view text) {
  return !text.empty() && text.size() % 16 == 0 && all_of(text, is_hex);
}
bool has_no_dollar(std::string_view text) {
  return !text.empty() && text.find('$') == std::string_view::npos;
}
bool is_delimiter(std::string_view text) {
  return text.size() == 1 && std::string_view(",;:|\t ").find(text[0]) != std::string_view::npos;
}
// Printable ASCII without the double quote and the comma.
bool is_csv_header(std::string_view text) {
  return all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ','; });
}
// Alphanumeric at both ends, at least two characters.
bool is_bucket(std::string_view text) {
  return text.size() >= 2 && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) && is_name(text);
}
// Printable: everything but control characters (beyond ASCII all UTF-8 passes).
bool is_printable(std::string_view text) {
  return !text.empty() && all_of(text, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7F; });
}
bool is_text(std::string_view text) {
  return all_of(text,
                [](char c) { return static_cast<unsigned char>(c) >= ' ' || c == '\r' || c == '\n' || c == '\t'; });
}

struct Pattern {
  std::string_view text;
  bool (*matches)(std::string_view);
};

constexpr Pattern kPatterns[] = {
    {"[a-zA-Z0-9_.-]+", is_name},                                                  // tables, indexes, backups
    {"[0-9]{12}", is_account},                                                     // S3BucketOwner
    {"([0-9a-f]{16})+", is_import_token},                                          // NextToken of ListImports
    {R"(^[^\$]+$)", has_no_dollar},                                                // ClientToken
    {R"([,;:|\t ])", is_delimiter},                                                // Csv.Delimiter
    {R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", is_csv_header},                          // Csv.HeaderList
    {R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)", is_bucket},                         // S3Bucket
    {R"(\p{Print}+)", is_printable},                                               // scaling policy names
    {R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)", is_text},  // AutoScalingRoleArn
};

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  for (const auto& known : kPatterns) {
    if (known.text == pattern) return known.matches(text);
  }
  invariant(false, "a field table names a pattern that patterns.cc does not know");
  return false;
}

}  // namespace fickle
