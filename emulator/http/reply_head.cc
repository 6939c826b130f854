#include "emulator/http/reply_head.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "emulator/core/timetext.hh"

namespace fickle {
namespace {

constexpr std::pair<int, std::string_view> kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

// A body of up to this length will be copied behind its head.
constexpr std::size_t kBodyBehindHead = 32 * 1024;

void append_number(std::string& out, std::size_t number, int base = 10) {
  std::array<char, 20> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, base);
  out.append(digits.data(), end);
}

}  // namespace

const std::string& HttpDate::text(Duration skew) {
  const Instant now = clock_.now() + skew;
  const std::int64_t second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (second_ != second) {
    text_ = format_http_date(now);
    second_ = second;
  }
  return text_;
}

std::string_view reason_phrase(int status) {
  const auto* const found =
      std::find_if(std::begin(kReasons), std::end(kReasons), [status](const auto& row) { return row.first == status; });
  return found == std::end(kReasons) ? std::string_view{} : found->second;
}

std::string format_reply_head(const HttpReply& reply, std::string_view date, BodyFraming framing,
                              std::size_t content_length, Persistence persistence) {
  std::string head;
  head.reserve(512 + std::min(content_length, kBodyBehindHead));
  head.append("HTTP/1.1 ");
  append_number(head, static_cast<std::size_t>(std::clamp(reply.status, 100, 999)));
  head.append(" ")
      .append(reason_phrase(reply.status))
      .append("\r\nServer: Server\r\nDate: ")
      .append(date)
      .append("\r\n");
  for (const Header header : reply.headers) {
    head.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  switch (framing) {
    case BodyFraming::content_length:
      // RFC 9110, 8.6: never with 204; it would be wrong with 304 too, as we do not know what a 200 would have had.
      if (reply.status != 204 && reply.status != 304) {
        head.append("Content-Length: ");
        append_number(head, content_length);
        head.append("\r\n");
      }
      break;
    case BodyFraming::chunked: head.append("Transfer-Encoding: chunked\r\n"); break;
    case BodyFraming::until_close: break;
  }
  head.append(persistence == Persistence::keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return head;
}

std::string format_chunk(std::string_view bytes) {
  std::string chunk;
  chunk.reserve(bytes.size() + 24);
  append_number(chunk, bytes.size(), 16);
  chunk.append("\r\n").append(bytes).append("\r\n");
  return chunk;
}

}  // namespace fickle
