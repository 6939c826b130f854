#include "emulator/core/json_parse.hh"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace fickle {
namespace {

namespace json = boost::json;
using boost::json::error_code;
using boost::json::string_view;

// Builds the value as boost::json::parser's own handler does, but for doubles: Boost 1.81 computes these with rounding
// errors, from_chars gives the nearest.
class Builder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();  // NOLINT: names given by basic_parser
  static constexpr std::size_t max_array_size = json::array::max_size();    // NOLINT
  static constexpr std::size_t max_key_size = json::string::max_size();     // NOLINT
  static constexpr std::size_t max_string_size = json::string::max_size();  // NOLINT

  Builder(json::storage_ptr storage, JsonNumbers numbers) : numbers_(numbers) { stack_.reset(std::move(storage)); }

  [[nodiscard]] json::value release() { return stack_.release(); }

  bool on_document_begin(error_code& /*ec*/) { return true; }
  bool on_document_end(error_code& /*ec*/) { return true; }
  bool on_object_begin(error_code& /*ec*/) { return true; }
  bool on_object_end(std::size_t count, error_code& /*ec*/) {
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(error_code& /*ec*/) { return true; }
  bool on_array_end(std::size_t count, error_code& /*ec*/) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(string_view part, std::size_t /*size*/, error_code& /*ec*/) {
    stack_.push_chars(part);
    return true;
  }
  bool on_key(string_view rest, std::size_t /*size*/, error_code& /*ec*/) {
    stack_.push_key(rest);
    return true;
  }
  bool on_string_part(string_view part, std::size_t /*size*/, error_code& /*ec*/) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(string_view rest, std::size_t /*size*/, error_code& /*ec*/) {
    stack_.push_string(rest);
    return true;
  }
  bool on_number_part(string_view /*part*/, error_code& /*ec*/) { return true; }
  bool on_int64(std::int64_t value, string_view /*text*/, error_code& /*ec*/) {
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, string_view /*text*/, error_code& /*ec*/) {
    stack_.push_uint64(value);
    return true;
  }
  // `text` is the whole number: the parser is given the whole document at once.
  bool on_double(double rounded, string_view text, error_code& ec) {
    if (numbers_ == JsonNumbers::keep_text && !is_exact(text)) {
      stack_.push_key(kExactNumber);
      stack_.push_string(text);
      stack_.push_object(1);
      return true;
    }
    double value = rounded;
    std::from_chars(text.data(), text.data() + text.size(), value);  // out of range: stays 0 or infinite
    if (!std::isfinite(value)) {
      ec = json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(value);
    return true;
  }
  bool on_bool(bool value, error_code& /*ec*/) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(error_code& /*ec*/) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(string_view /*part*/, error_code& /*ec*/) { return true; }
  bool on_comment(string_view /*rest*/, error_code& /*ec*/) { return true; }

 private:
  // 15 digits survive a double; with an exponent they may be printed as others.
  static bool is_exact(std::string_view text) {
    constexpr std::ptrdiff_t kDigitsMax = 15;
    return text.find_first_of("eE") == std::string_view::npos &&
           std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) <= kDigitsMax;
  }

  json::value_stack stack_;
  JsonNumbers numbers_;
};

JsonError error_at(std::string_view text, std::size_t position, std::string what) {
  const std::string_view before = text.substr(0, position);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  return {line, position - line_start + 1, std::move(what)};
}

}  // namespace

Result<json::value, JsonError> parse_json(std::string_view text, JsonDialect dialect, std::size_t max_depth,
                                          json::storage_ptr storage, JsonNumbers numbers) {
  json::parse_options options;
  options.max_depth = max_depth;
  options.allow_comments = dialect == JsonDialect::relaxed;
  options.allow_trailing_commas = dialect == JsonDialect::relaxed;
  json::basic_parser<Builder> parser(options, std::move(storage), numbers);
  error_code ec;
  const std::size_t end = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && end < text.size()) ec = json::error::extra_data;
  if (ec) return Refused{error_at(text, end, ec.message())};
  return parser.handler().release();
}

}  // namespace fickle
