#include "emulator/http/request_head.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>

#include "emulator/core/text.hh"
#include "emulator/service/percent.hh"

namespace fickle {
namespace {

// Classes of characters, one bit each, so that a text is tested without a branch per byte.
constexpr unsigned kToken = 1;   // of a method or a header's name (RFC 9110, 5.6.2)
constexpr unsigned kTarget = 2;  // visible, or beyond ASCII
constexpr unsigned kValue = 4;   // these, blank and tab

constexpr std::array<std::uint8_t, 256> character_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_token = is_letter || (c >= '0' && c <= '9') ||
                          std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    const bool is_target = c > 0x20 && c != 0x7f;
    const bool is_value = is_target || c == ' ' || c == '\t';
    classes[c] =
        static_cast<std::uint8_t>((is_token ? kToken : 0) | (is_target ? kTarget : 0) | (is_value ? kValue : 0));
  }
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = character_classes();

// Whether none of eight characters is a control character, a tab included: each byte's highest bit is set in one of the terms when it is
// below 0x20, or equal to 0x7f.
bool is_visible_word(const char* at) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
  constexpr std::uint64_t kHighBits = kOnes * 0x80U;
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  const std::uint64_t from_delete = word ^ (kOnes * 0x7fU);
  return ((((word - kOnes * 0x20U) & ~word) | ((from_delete - kOnes) & ~from_delete)) & kHighBits) == 0;
}

bool consists_of(unsigned character_class, std::string_view text) {
  unsigned common = character_class;
  for (const char c : text) common &= kClasses[static_cast<unsigned char>(c)];
  return common != 0;
}

bool is_value(std::string_view text) {
  while (text.size() >= 8 && is_visible_word(text.data())) text.remove_prefix(8);
  return consists_of(kValue, text);
}

bool is_token(std::string_view text) {
  return !text.empty() && consists_of(kToken, text);
}

constexpr std::string_view kBlankLine = "\r\n\r\n";

// Reduces `http://host/path?query`, which proxies are sent, to `/path?query`; nullopt when it is no form of target we serve.
std::optional<std::string_view> origin_form(std::string_view target, std::string_view method) {
  if (target.empty()) return std::nullopt;
  if (target.front() == '/') return target;
  if (target == "*") return method == "OPTIONS" ? std::optional(target) : std::nullopt;
  constexpr std::string_view kScheme = "http://";
  if (target.size() <= kScheme.size() || !equals_ignoring_case(target.substr(0, kScheme.size()), kScheme))
    return std::nullopt;
  const std::size_t path = target.find_first_of("/?", kScheme.size());
  if (path == std::string_view::npos) return "/";
  return target.substr(path);
}

std::optional<Refusal> parse_request_line(std::string_view line, RequestHead& head) {
  const std::size_t method_end = line.find(' ');
  if (method_end == std::string_view::npos) return Refusal::bad_request;
  const std::size_t target_end = line.find(' ', method_end + 1);
  if (target_end == std::string_view::npos) return Refusal::bad_request;
  const std::string_view method = line.substr(0, method_end);
  const std::string_view raw_target = line.substr(method_end + 1, target_end - method_end - 1);
  const std::string_view version = line.substr(target_end + 1);

  if (!is_token(method)) return Refusal::bad_request;
  if (!consists_of(kTarget, raw_target)) return Refusal::bad_request;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    const bool is_other_http = version.size() == 8 && version.substr(0, 5) == "HTTP/" && version[6] == '.';
    return is_other_http ? Refusal::version_not_supported : Refusal::bad_request;
  }
  const auto target = origin_form(raw_target, method);
  if (!target) return Refusal::bad_request;
  const std::string_view without_fragment = target->substr(0, target->find('#'));
  const std::size_t question = without_fragment.find('?');
  auto path = percent_decode(without_fragment.substr(0, question), Plus::literal, BadEscape::refused);
  if (!path) return Refusal::bad_request;

  head.request.method = method;
  head.request.path = path->empty() ? "/" : std::move(*path);
  if (question != std::string_view::npos) head.request.query = without_fragment.substr(question + 1);
  head.is_http_1_0 = version == "HTTP/1.0";
  head.keep_alive = !head.is_http_1_0;
  return std::nullopt;
}

// What the headers say about framing and the connection, gathered while they are read.
struct FramingHeaders {
  std::optional<std::uint64_t> content_length;
  bool has_transfer_encoding = false;
};

std::optional<Refusal> note_content_length(std::string_view value, FramingHeaders& framing) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error == std::errc::result_out_of_range) return Refusal::body_too_large;
  if (error != std::errc{} || end != value.data() + value.size()) return Refusal::bad_request;
  if (framing.content_length && *framing.content_length != length) return Refusal::bad_request;
  framing.content_length = length;
  return std::nullopt;
}

bool lists(std::string_view value, std::string_view option) {
  for (const std::string_view part : split(value, ',')) {
    if (equals_ignoring_case(trim(part), option)) return true;
  }
  return false;
}

std::optional<Refusal> note_header(std::string_view name, std::string_view value, RequestHead& head,
                                   FramingHeaders& framing) {
  switch (name.size()) {  // the lengths of the five names that matter here
    case 6:
      if (!equals_ignoring_case(name, "Expect")) break;
      if (!equals_ignoring_case(value, "100-continue")) return Refusal::expectation_failed;
      head.expects_continue = true;
      break;
    case 10:
      if (!equals_ignoring_case(name, "Connection")) break;
      if (lists(value, "close")) head.keep_alive = false;
      if (head.is_http_1_0 && lists(value, "keep-alive")) head.keep_alive = true;
      break;
    case 14:
      if (equals_ignoring_case(name, "Content-Length")) return note_content_length(value, framing);
      break;
    case 17:
      if (!equals_ignoring_case(name, "Transfer-Encoding")) break;
      if (framing.has_transfer_encoding || head.is_http_1_0) return Refusal::bad_request;
      if (!equals_ignoring_case(value, "chunked")) return Refusal::not_implemented;
      framing.has_transfer_encoding = true;
      break;
    default: break;
  }
  return std::nullopt;
}

}  // namespace

Result<std::optional<std::size_t>, Refusal> HeadScanner::scan(std::string_view bytes) {
  const auto refuse = [] { return Refused{Refusal::bad_request}; };
  const std::optional<std::size_t> incomplete;
  if (bytes.empty()) return incomplete;
  if (!is_token(bytes.substr(0, 1))) return refuse();

  if (line_end_ == 0) {
    const std::size_t line_feed = bytes.find('\n', scanned_);
    const std::size_t line_length = line_feed == std::string_view::npos ? bytes.size() : line_feed + 1;
    if (line_length > max_ + 2) return refuse();
    if (line_feed == std::string_view::npos) {
      scanned_ = bytes.size();
      return incomplete;
    }
    if (line_feed == 0 || bytes[line_feed - 1] != '\r') return refuse();
    line_end_ = line_feed + 1;
    scanned_ = line_feed - 1;  // a head without headers: the line's own CRLF begins the blank line
  }
  const std::size_t from = std::max(line_end_ - 2, scanned_ >= 3 ? scanned_ - 3 : 0);
  const std::size_t found = bytes.find(kBlankLine, from);
  const std::size_t end = found == std::string_view::npos ? bytes.size() : found + kBlankLine.size();
  if (end - line_end_ > max_ + 2) return refuse();
  scanned_ = bytes.size();
  if (found == std::string_view::npos) return incomplete;
  return std::optional(end);
}

Result<RequestHead, Refusal> parse_request_head(std::string_view head_text) {
  RequestHead head;
  FramingHeaders framing;
  std::size_t line_end = head_text.find("\r\n");
  if (line_end == std::string_view::npos) return Refused{Refusal::bad_request};
  if (const auto refusal = parse_request_line(head_text.substr(0, line_end), head)) return Refused{*refusal};
  head.request.headers.reserve(16, head_text.size());

  for (std::size_t at = line_end + 2;; at = line_end + 2) {
    line_end = head_text.find("\r\n", at);
    if (line_end == std::string_view::npos) return Refused{Refusal::bad_request};
    if (line_end == at) break;
    const std::string_view line = head_text.substr(at, line_end - at);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return Refused{Refusal::bad_request};
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (!is_token(name) || !is_value(value)) return Refused{Refusal::bad_request};
    if (const auto refusal = note_header(name, value, head, framing)) return Refused{*refusal};
    head.request.headers.add(name, value);
  }
  // Both at once is how requests are smuggled past proxies (RFC 9112, 6.1).
  if (framing.has_transfer_encoding && framing.content_length) return Refused{Refusal::bad_request};
  head.request.is_chunked = framing.has_transfer_encoding;
  head.content_length = framing.content_length.value_or(0);
  return head;
}

}  // namespace fickle
